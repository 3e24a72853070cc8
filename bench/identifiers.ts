import { Agent, request } from 'node:http';
import { IdentifiersService } from '@chronos/proto/chronos/v1/identifiers_service_pb.js';
import { createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { type ChronosRun, chronosRun } from '../test/harness/chronos-run.ts';
import { until } from '../test/harness/until.ts';
import { quantile, table } from './table.ts';

const name = 'hop';
const id = 'ID-4711';
const bodyBytes = 1_024;
const ways = ['plain', 'translated'] as const;
type Way = (typeof ways)[number];

/** One request of each kind: its id stands in the path, or within a body of 1 KiB. */
const kinds = {
  path: (way: Way) => ({ method: 'GET', path: `/${way}/${id}`, body: '' }),
  body: (way: Way) => ({
    method: 'POST',
    path: `/${way}/pay`,
    body: JSON.stringify({ order: id, note: 'x'.repeat(bodyBytes - 40) }),
  }),
} as const;
type Kind = keyof typeof kinds;

export interface HopFigures {
  readonly pairs: number;
  readonly kinds: Readonly<Record<Kind, KindFigures>>;
}

interface KindFigures {
  readonly plain_p50_ms: number;
  readonly translated_p50_ms: number;
  readonly translated_p99_ms: number;
  /** Of the differences within each pair of requests. */
  readonly paired_p50_ms: number;
  readonly failed: number;
}

/** Two groups of one migration, alike but that the second stands under `answering`. */
const migration = `
name: ${name}
listen: "@LISTEN@"
customer: { header: x-customer }
legacy:
  builds:
    - { name: old, command: [node, "@ROOT@/test/universes/service.mjs"] }
modern:
  builds:
    - { name: new, command: [node, "@ROOT@/test/universes/service.mjs"] }
routes:
  - { name: translated, match: [{ prefix: /translated }] }
  - { name: plain, match: [{ prefix: / }] }
identifiers:
  bijections:
    - name: orders
      made:
        - { route: POST /plain/made, at: body.echo }
      used:
        - { route: GET /plain/*, at: path.2 }
        - { route: GET /translated/*, at: path.2 }
        - { route: POST /plain/pay, at: body.order }
        - { route: POST /translated/pay, at: body.order }
  answering: [translated]
policy:
  auto_start: true
  manual: true
  ladder: [{ percent: 100, confidence: 99.9999, dwell: 3600s }]
`;

/**
 * What the hop costs on which requests are translated on their way to the universe that answers: one client, which sends each request to a group with the hop
 * and to one without, in turn. Legacy answers; copies of both go to modern, translated.
 */
export async function benchIdentifiers(options: {
  readonly pairs: number;
  readonly onKind: (kind: string) => void;
}): Promise<HopFigures> {
  const run = await chronosRun({ migration });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    await run.mirrored(name, `/plain/${id}`);
    await learned(run);
    const ask = (what: Parameters<typeof timed>[2]) => timed(run, agent, what);
    const measured = {} as Record<Kind, KindFigures>;
    for (const kind of Object.keys(kinds) as Kind[]) {
      options.onKind(kind);
      const times: Record<Way, number[]> = { plain: [], translated: [] };
      let failed = 0;
      // The first tenth compiles the code of what is meant to run for weeks.
      const warmUp = Math.ceil(options.pairs / 10);
      for (let pair = -warmUp; pair < options.pairs; pair += 1) {
        for (const way of pair % 2 === 0 ? ways : ways.toReversed()) {
          const { ms, status } = await ask(kinds[kind](way));
          if (pair >= 0) times[way].push(ms);
          if (status >= 300) failed += 1;
        }
      }
      const differences = times.translated.map((ms, at) => ms - (times.plain[at] ?? 0));
      measured[kind] = {
        plain_p50_ms: rounded(quantile(times.plain, 0.5)),
        translated_p50_ms: rounded(quantile(times.translated, 0.5)),
        translated_p99_ms: rounded(quantile(times.translated, 0.99)),
        paired_p50_ms: rounded(quantile(differences, 0.5)),
        failed,
      };
    }
    return { pairs: options.pairs, kinds: measured };
  } finally {
    agent.destroy();
    await run.stop();
  }
}

/** Resolves once the pair of the id is known: both universes have answered one request that shows it. */
async function learned(run: ChronosRun): Promise<void> {
  const client = createClient(
    IdentifiersService,
    createConnectTransport({ baseUrl: run.apiUrl, httpVersion: '1.1' }),
  );
  await until(
    'the pair is learned',
    async () => {
      await fetch(`http://${run.listen}/plain/made`, { method: 'POST', body: id });
      const { bijections } = await client.listIdentifiers({ migration: name });
      return (bijections[0]?.pairs ?? 0n) > 0n;
    },
    { withinMs: 60_000, look: run.output },
  );
}

function timed(
  run: ChronosRun,
  agent: Agent,
  { method, path, body }: { readonly method: string; readonly path: string; readonly body: string },
): Promise<{ readonly ms: number; readonly status: number }> {
  const [host = '', port = ''] = run.listen.split(':');
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const done = Promise.withResolvers<{ ms: number; status: number }>();
  const startedMs = performance.now();
  const sent = request({ host, port, agent, method, path, headers }, (response) => {
    response.resume();
    response.on('end', () =>
      done.resolve({ ms: performance.now() - startedMs, status: response.statusCode ?? 0 }),
    );
  });
  sent.on('error', done.reject);
  sent.end(body);
  return done.promise;
}

function rounded(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}

export function identifiersTable({ pairs, kinds: measured }: HopFigures): string {
  return table(
    [
      `answering hop (${pairs} pairs)`,
      'without p50 ms',
      'with p50 ms',
      'with p99 ms',
      'paired p50 ms',
      'failed',
    ],
    Object.entries(measured).map(([kind, one]) => [
      `id in the ${kind}`,
      one.plain_p50_ms,
      one.translated_p50_ms,
      one.translated_p99_ms,
      one.paired_p50_ms,
      one.failed,
    ]),
  );
}
