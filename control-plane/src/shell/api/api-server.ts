import { metricsHandler } from '@chronos/observability/metrics.ts';
import {
  DeploymentService,
  file_chronos_v1_deployment_service,
} from '@chronos/proto/chronos/v1/deployment_service_pb.js';
import {
  file_chronos_v1_judgement_service,
  JudgementService,
} from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import {
  file_chronos_v1_migration_service,
  MigrationService,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { file_chronos_v1_proxy_service, ProxyService } from '@chronos/proto/chronos/v1/proxy_service_pb.js';
import {
  file_chronos_v1_verdict_service,
  VerdictService,
} from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { type RpcServer, serve } from '@chronos/rpc-server/serve.ts';
import type { ConnectRouter } from '@connectrpc/connect';
import type { Registry } from 'prom-client';
import type { Engine } from '../engine/engine.ts';
import type { ProxyStatus } from '../xds/proxy-status.ts';
import { deploymentService } from './deployment-service.ts';
import { errorBoundary, validating } from './interceptors.ts';
import { judgementService } from './judgement-service.ts';
import { migrationService } from './migration-service.ts';
import { proxyService } from './proxy-service.ts';
import type { VerdictFeed } from './verdict-feed.ts';
import { verdictService } from './verdict-service.ts';

/** Sixteen descriptor sets of 4 MiB, and the migration. */
const requestBytesMax = 68 * 1024 * 1024;

export interface ApiParts {
  readonly engine: Engine;
  readonly feed: VerdictFeed;
  readonly proxies: () => readonly ProxyStatus[];
}

/** All services of package chronos.v1 that the control plane has. */
export function routes(parts: ApiParts): (router: ConnectRouter, draining: AbortSignal) => void {
  return (router, draining) => {
    router.service(MigrationService, migrationService(parts.engine, draining));
    router.service(VerdictService, verdictService(parts.engine, parts.feed, draining));
    router.service(DeploymentService, deploymentService(parts.engine));
    router.service(JudgementService, judgementService(parts.engine));
    router.service(ProxyService, proxyService(parts.proxies));
  };
}

/** What every call passes, outermost first. */
export function interceptors(log: (line: string) => void) {
  return [errorBoundary(log), validating()];
}

/** Serves the API and /metrics on one port. */
export function serveApi(listen: string, parts: ApiParts, registry: Registry): Promise<RpcServer> {
  return serve({
    listen,
    routes: routes(parts),
    files: [
      file_chronos_v1_migration_service,
      file_chronos_v1_verdict_service,
      file_chronos_v1_deployment_service,
      file_chronos_v1_judgement_service,
      file_chronos_v1_proxy_service,
    ],
    interceptors: interceptors(parts.engine.log),
    maxRequestBytes: requestBytesMax,
    http: metricsHandler(registry),
  });
}
