import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { freePorts } from '@chronos/local/free-port.ts';

const root = resolve(import.meta.dirname, '../..');
/** Shorter than the product's, so that what a block of requests costs is spent when it is read. */
const holdMs = 2_000;
const exportMs = 500;

export interface Collector {
  readonly pid: number;
  /** For `chronos run`, so that all its parts send their spans here. */
  readonly env: Readonly<Record<string, string>>;
  /** Spans that were worth keeping, as they came to the end of their way. */
  keptSpans(): number;
  stop(): void;
}

/** The relay of the product, and behind it something that counts what it passes on, in place of Zipkin. */
export async function startCollector(): Promise<Collector> {
  let kept = 0;
  const sink = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const spans: unknown = JSON.parse(Buffer.concat(parts).toString());
    if (Array.isArray(spans)) kept += spans.length;
    response.writeHead(202).end();
  });
  const [sinkPort = 0, httpPort = 0, grpcPort = 0] = await freePorts(3);
  sink.listen(sinkPort, '127.0.0.1');
  await once(sink, 'listening');
  const relay = spawn(process.execPath, [resolve(root, 'observability/src/relay/main.ts')], {
    cwd: root,
    env: {
      ...process.env,
      ZIPKIN_URL: `http://127.0.0.1:${sinkPort}`,
      OTLP_HTTP_LISTEN: `127.0.0.1:${httpPort}`,
      OTLP_GRPC_LISTEN: `127.0.0.1:${grpcPort}`,
      CHRONOS_TRACE_HOLD_MS: String(holdMs),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // Should the benchmark end early, nothing stays behind.
  const end = () => relay.kill('SIGKILL');
  process.once('exit', end);
  await firstLine(relay);
  return {
    pid: relay.pid!,
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${httpPort}`,
      OTLP_ADDRESS: `127.0.0.1:${grpcPort}`,
      OTEL_BSP_SCHEDULE_DELAY: String(exportMs),
    },
    keptSpans: () => kept,
    stop() {
      process.off('exit', end);
      end();
      sink.close();
      sink.closeAllConnections();
    },
  };
}

async function firstLine(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit').then(([code]): never => {
    throw new Error(`the relay ended with ${code}`);
  });
  ended.catch(() => {});
  await Promise.race([once(createInterface({ input: child.stdout! }), 'line'), ended]);
}
