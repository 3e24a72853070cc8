import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { metricsHandler } from '@chronos/observability/metrics.ts';
import type { Registry } from 'prom-client';
import type { UniverseCapture } from './capture/universe-capture.ts';
import type { Address } from './env.ts';

/** How a capture stands, as JSON says it. */
export interface CaptureReport {
  readonly migration: string;
  readonly universe: string;
  readonly slot: string;
  readonly state: string;
  readonly problems: readonly { readonly code: string; readonly message: string; readonly remedy: string }[];
  readonly warnings: readonly string[];
  readonly completeSince: string | null;
  readonly retainedBytes: number | null;
}

export function reportOf({ status, options }: UniverseCapture): CaptureReport {
  const { completeSinceUs } = status;
  return {
    migration: options.wanted.migration,
    universe: options.universe,
    slot: options.wanted.slot,
    state: status.state,
    problems: status.problems.map(({ code, message, remedy }) => ({ code, message, remedy })),
    warnings: status.warnings,
    completeSince:
      completeSinceUs === undefined ? null : new Date(Number(completeSinceUs / 1000n)).toISOString(),
    retainedBytes: status.retainedBytes ?? null,
  };
}

/** Serves GET /metrics, and GET /captures: how each universe's capture stands. Read-only, without secrets. */
export async function serveStatus(
  { host, port }: Address,
  registry: Registry,
  captures: () => readonly CaptureReport[],
): Promise<{ readonly port: number; close(): void }> {
  const metrics = metricsHandler(registry);
  const server = createServer((request, response) => {
    if (metrics(request, response)) return;
    if (request.method === 'GET' && request.url === '/captures')
      response.writeHead(200, { 'content-type': 'application/json' }).end(`${JSON.stringify(captures())}\n`);
    else response.writeHead(404).end();
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
