import { openLog, warnings } from '../log.ts';
import { metricsHandler } from '../metrics.ts';
import { readSpans } from './core/otlp.ts';
import { TailSampler } from './core/tail.ts';
import { relayMetrics } from './metrics.ts';
import { receiveGrpc, receiveHttp, type TakeExport } from './receive.ts';
import { ZipkinSender } from './send.ts';
import { HELP, readSettings } from './settings.ts';

const tickMs = 250;
/** A receiver that does not answer must not keep the process from ending. */
const stopMs = 1_500;

if (process.argv.includes('--help')) {
  process.stdout.write(HELP);
  process.exit(0);
}
const settings = readSettings(process.env);
if ('errors' in settings) {
  process.stderr.write(`${settings.errors.join('\n')}\n\n${HELP}`);
  process.exit(2);
}

const metrics = relayMetrics(() => ({ traces: tail.heldTraces, chars: tail.heldChars }));
const sender = new ZipkinSender({
  url: settings.zipkinUrl,
  count: metrics.sent,
  log: warnings(openLog('traces')),
});
const tail: TailSampler = new TailSampler({
  ...settings,
  keep: (spans) => sender.add(spans),
  count: metrics.decided,
});
const take: TakeExport = (request) => {
  const spans = readSpans(request);
  metrics.received(spans.length);
  for (const span of spans) tail.take(span, Date.now());
};
const metricsPage = metricsHandler(metrics.registry);
const grpc = await receiveGrpc(settings.grpc.host, settings.grpc.port, take);
const http = await receiveHttp(settings.http.host, settings.http.port, take, (request, response) => {
  if (request.url !== '/healthz') return metricsPage(request, response);
  response.writeHead(200).end('ok\n');
  return true;
});
const ticking = setInterval(() => tail.tick(Date.now()), tickMs);

const stop = async () => {
  setTimeout(() => process.exit(1), stopMs).unref();
  clearInterval(ticking);
  grpc.close();
  http.close();
  tail.flush();
  await sender.close();
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

process.stdout.write(`ready traces ${settings.http.host}:${http.port} ${settings.grpc.host}:${grpc.port}\n`);
