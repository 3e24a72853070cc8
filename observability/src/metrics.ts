/** What every process' metrics have in common: its registry, what Node tells of itself, and the way they are served. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { observeEventLoopDelay } from './event-loop-delay.ts';

export interface MetricsServer {
  readonly host: string;
  readonly port: number;
  close(): void;
}

/** Where metrics are served, on every process. */
const metricsPath = '/metrics';

/** What is needed of a request and its response: HTTP/1 and HTTP/2 have both. */
interface Asked {
  readonly url?: string | undefined;
  readonly method?: string | undefined;
}
interface Answer {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(text: string): unknown;
}

/**
 * A registry with the metrics that each process has: CPU, memory, garbage collection, handles (`process_*`, `nodejs_*` of prom-client) and
 * `chronos_event_loop_delay_seconds`.
 */
export function processRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  // These start anew with each scrape, so that two scrapers spoil each other's; the histogram says the same and adds up.
  for (const name of registry.getMetricsAsArray().map((metric) => metric.name))
    if (name.startsWith('nodejs_eventloop_lag_')) registry.removeSingleMetric(name);
  observeEventLoopDelay(registry);
  return registry;
}

/** Answers GET /metrics; false: the request is for someone else. For a server that has other things on its port. */
export function metricsHandler(registry: Registry): (request: Asked, response: Answer) => boolean {
  return (request, response) => {
    if (request.url?.split('?', 1)[0] !== metricsPath) return false;
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    registry.metrics().then(
      (text) => {
        response.setHeader('content-type', registry.contentType);
        response.end(request.method === 'HEAD' ? '' : text);
      },
      () => {
        response.statusCode = 500;
        response.end('');
      },
    );
    return true;
  };
}

/**
 * Serves /metrics, and nothing else, until closed. Port 0 takes a free one.
 * @throws Error when the address cannot be bound
 */
export async function serveMetrics(
  registry: Registry,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<MetricsServer> {
  const handle = metricsHandler(registry);
  const server = createServer((request, response) => {
    if (!handle(request, response)) response.writeHead(404).end();
  });
  server.listen(port, host);
  await once(server, 'listening');
  const bound = server.address() as AddressInfo;
  return {
    host: bound.address,
    port: bound.port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * The label's value itself, or `other` once there are `valuesMax` of them: what clients choose must not become a time series each. One a
 * label.
 */
export function boundedLabel(valuesMax: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= valuesMax) return 'other';
    known.add(value);
    return value;
  };
}
