import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import {
  type LineClient,
  startTcpScene,
  type TcpScene,
} from '../control-plane/testdata/translate/tcp-scene.ts';
import { quantile, table } from './table.ts';

export interface TcpFigures {
  /** A line to a service and its answer back, one after the other. */
  round_trip_us: { direct: Figures; time_rift: Figures };
  /** Weight zero written until every client on modern saw its connection closed. */
  kill_to_closed_ms: Figures & { connections: number; kills: number };
  /** Longest that a client's upload stood still behind a shadow that had stopped reading. */
  stuck_shadow_pause_ms: { uploads: number; bytes: number; max: number };
}

interface Figures {
  p50: number;
  max: number;
}

/** Raw TCP through a real Envoy, mirrored and captured, with all parts on this machine. */
export async function benchTcp(options: {
  lines: number;
  kills: number;
  connections: number;
  uploads: number;
  uploadBytes: number;
}): Promise<TcpFigures> {
  return {
    round_trip_us: await withScene((scene) => roundTrips(scene, options.lines)),
    kill_to_closed_ms: await withScene((scene) => kills(scene, options)),
    stuck_shadow_pause_ms: await withScene((scene) => stuckShadow(scene, options)),
  };
}

async function withScene<T>(work: (scene: TcpScene) => Promise<T>): Promise<T> {
  const scene = await startTcpScene();
  try {
    return await work(scene);
  } finally {
    await scene.dispose();
  }
}

async function roundTrips(scene: TcpScene, lines: number): Promise<TcpFigures['round_trip_us']> {
  const direct = connect(scene.legacy.port, '127.0.0.1');
  await once(direct, 'connect');
  const through = await scene.open();
  const times = { direct: [] as number[], time_rift: [] as number[] };
  // In turn, so that whatever else the machine does falls on both.
  for (let n = 0; n < lines; n += 1) {
    times.direct.push(await timed(() => exchange(direct)));
    times.time_rift.push(await timed(() => exchange(through.socket)));
  }
  direct.destroy();
  return { direct: figures(times.direct, 1_000), time_rift: figures(times.time_rift, 1_000) };
}

async function exchange(socket: Socket): Promise<void> {
  socket.write('BAL 100\n');
  await once(socket, 'data', { signal: AbortSignal.timeout(10_000) });
}

async function kills(
  scene: TcpScene,
  options: { kills: number; connections: number },
): Promise<TcpFigures['kill_to_closed_ms']> {
  const times: number[] = [];
  for (let kill = 0; kill < options.kills; kill += 1) {
    await scene.move({ modernWeightBp: 10_000 });
    const clients: LineClient[] = [];
    for (let n = 0; n < options.connections; n += 1) {
      clients.push(await scene.openOnModern());
    }
    const closed = timed(() => Promise.all(clients.map((client) => client.over)));
    await scene.move({ modernWeightBp: 0 });
    times.push(await closed);
  }
  return { ...figures(times, 1), connections: options.connections, kills: options.kills };
}

async function stuckShadow(
  scene: TcpScene,
  { uploads, uploadBytes }: { uploads: number; uploadBytes: number },
): Promise<TcpFigures['stuck_shadow_pause_ms']> {
  scene.modern.behaviour = 'deaf';
  const chunk = Buffer.alloc(1_000_000);
  let max = 0;
  for (let upload = 0; upload < uploads; upload += 1) {
    const { socket } = await scene.open();
    for (let sent = 0; sent < uploadBytes; sent += chunk.length) {
      if (socket.write(chunk)) continue;
      const pause = timed(() => once(socket, 'drain', { signal: AbortSignal.timeout(30_000) }));
      max = Math.max(max, await pause);
    }
    socket.destroy();
  }
  return { uploads, bytes: uploadBytes, max: rounded(max) };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function figures(ms: readonly number[], scale: number): Figures {
  return { p50: rounded(quantile(ms, 0.5) * scale), max: rounded(quantile(ms, 1) * scale) };
}

const rounded = (value: number) => Math.round(value * 10) / 10;

export function tcpTable({ round_trip_us, kill_to_closed_ms, stuck_shadow_pause_ms }: TcpFigures): string {
  const { kills, connections, p50, max } = kill_to_closed_ms;
  return table(
    ['TCP, mirrored and captured', 'p50', 'max'],
    [
      ['a line and its answer, directly: µs', round_trip_us.direct.p50, round_trip_us.direct.max],
      [
        'a line and its answer, through the Time Rift: µs',
        round_trip_us.time_rift.p50,
        round_trip_us.time_rift.max,
      ],
      [`weight zero → all ${connections} connections on modern closed, ${kills} times: ms`, p50, max],
      [
        `pause of an upload of ${stuck_shadow_pause_ms.bytes / 1e6} MB behind a stuck shadow, ${stuck_shadow_pause_ms.uploads} times: ms`,
        '',
        stuck_shadow_pause_ms.max,
      ],
    ],
  );
}
