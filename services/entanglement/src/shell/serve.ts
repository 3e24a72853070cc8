import { metricsHandler } from '@chronos/observability/metrics.ts';
import {
  ArchiveService,
  file_chronos_v1_archive_service,
} from '@chronos/proto/chronos/v1/archive_service_pb.js';
import {
  EntanglementService,
  file_chronos_v1_entanglement_service,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { type RpcServer, serve } from '@chronos/rpc-server/serve.ts';
import type { ServiceImpl } from '@connectrpc/connect';
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
    warnings: [...status.standing, ...status.warnings],
    completeSince:
      completeSinceUs === undefined ? null : new Date(Number(completeSinceUs / 1000n)).toISOString(),
    retainedBytes: status.retainedBytes ?? null,
  };
}

/**
 * Serves EntanglementService (which the control plane's API passes on), GET /metrics, and GET /captures: how each universe's capture stands, without
 * secrets. Only the archive asks for a token: the rest belongs on loopback or in a network of its own.
 */
export function serveStatus(
  { host, port }: Address,
  registry: Registry,
  captures: () => readonly CaptureReport[],
  service: ServiceImpl<typeof EntanglementService>,
  archive: ServiceImpl<typeof ArchiveService>,
): Promise<RpcServer> {
  const metrics = metricsHandler(registry);
  return serve({
    listen: `${host.includes(':') ? `[${host}]` : host}:${port}`,
    routes: (router) => router.service(EntanglementService, service).service(ArchiveService, archive),
    files: [file_chronos_v1_entanglement_service, file_chronos_v1_archive_service],
    http(request, response) {
      if (metrics(request, response)) return true;
      if (request.method !== 'GET' || request.url !== '/captures') return false;
      response.setHeader('content-type', 'application/json');
      response.end(`${JSON.stringify(captures())}\n`);
      return true;
    },
  });
}
