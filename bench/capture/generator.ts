// A load at a constant rate, in a process of its own: `node generator.ts PORT RATE SECONDS BODY_BYTES [traced|untraced]`. Open loop: a late answer
// never delays the next request, and latency counts from the moment a request was due. Each request says whether it is traced, where the last
// word is given. Prints one line of JSON.
import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { jsonBody } from './json-body.ts';

const [port, rate, seconds, bodyBytes] = process.argv.slice(2).map(Number) as [
  number,
  number,
  number,
  number,
];
const tracing = process.argv[6];
const total = Math.round(rate * seconds);
const inFlightMax = 128;
const body = jsonBody(bodyBytes);
const agent = new Agent({ keepAlive: true, maxSockets: inFlightMax });
const latenciesMs: number[] = [];
let failed = 0;
const done = Promise.withResolvers<void>();

function ended(): void {
  if (latenciesMs.length + failed === total) done.resolve();
}

function send(dueAtMs: number): void {
  const sent = request(
    {
      host: '127.0.0.1',
      port,
      agent,
      method: 'POST',
      path: '/bench',
      headers: { 'content-length': body.length, 'content-type': 'application/json', ...traceContext() },
    },
    (response) => {
      response.resume();
      response.on('end', () => {
        if ((response.statusCode ?? 0) < 300) latenciesMs.push(performance.now() - dueAtMs);
        else failed += 1;
        ended();
      });
    },
  );
  sent.on('error', () => {
    failed += 1;
    ended();
  });
  sent.end(body);
}

/** W3C's, its last flag says whether to record. */
function traceContext(): { traceparent?: string } {
  if (tracing === undefined) return {};
  const flags = tracing === 'traced' ? '01' : '00';
  return { traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-${flags}` };
}

const startedAtMs = performance.now();
let next = 0;
const timer = setInterval(() => {
  const due = Math.min(total, Math.floor(((performance.now() - startedAtMs) * rate) / 1000) + 1);
  for (; next < due; next += 1) send(startedAtMs + (next * 1000) / rate);
  if (next === total) clearInterval(timer);
}, 1);

await done.promise;
agent.destroy();
latenciesMs.sort((a, b) => a - b);
const percentile = (p: number) =>
  latenciesMs[Math.min(latenciesMs.length - 1, Math.floor(latenciesMs.length * p))];
process.stdout.write(
  `${JSON.stringify({ requests: total, failed, p50Ms: percentile(0.5), p99Ms: percentile(0.99) })}\n`,
);
