import { metricsHandler } from '@chronos/observability/metrics.ts';
import {
  DeploymentService,
  file_chronos_v1_deployment_service,
} from '@chronos/proto/chronos/v1/deployment_service_pb.js';
import {
  EntanglementService,
  file_chronos_v1_entanglement_service,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import {
  file_chronos_v1_identifiers_service,
  IdentifiersService,
} from '@chronos/proto/chronos/v1/identifiers_service_pb.js';
import {
  file_chronos_v1_judgement_service,
  JudgementService,
} from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import {
  file_chronos_v1_migration_service,
  MigrationService,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import {
  file_chronos_v1_mission_control_service,
  MissionControlService,
} from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { file_chronos_v1_proxy_service, ProxyService } from '@chronos/proto/chronos/v1/proxy_service_pb.js';
import {
  file_chronos_v1_verdict_service,
  VerdictService,
} from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { type RpcServer, serve } from '@chronos/rpc-server/serve.ts';
import type { ConnectRouter } from '@connectrpc/connect';
import type { Registry } from 'prom-client';
import type { Engine } from '../engine/engine.ts';
import type { Access } from '../mission-control/access.ts';
import { refuseForeign } from '../mission-control/gate.ts';
import type { MissionControl } from '../mission-control/mission-control.ts';
import { servePage } from '../mission-control/page-server.ts';
import { type StreamParts, serveStream } from '../mission-control/stream-server.ts';
import type { ProxyStatus } from '../xds/proxy-status.ts';
import { authorising } from './authorising.ts';
import { deploymentService } from './deployment-service.ts';
import { entanglementService } from './entanglement-service.ts';
import { identifiersService } from './identifiers-service.ts';
import { errorBoundary, shownError, validating, validator } from './interceptors.ts';
import { judgementService } from './judgement-service.ts';
import { migrationService } from './migration-service.ts';
import { missionControlService } from './mission-control-service.ts';
import { proxyService } from './proxy-service.ts';
import type { VerdictFeed } from './verdict-feed.ts';
import { verdictService } from './verdict-service.ts';

/** Sixteen descriptor sets of 4 MiB, and the migration. */
const requestBytesMax = 68 * 1024 * 1024;

export interface ApiParts {
  readonly engine: Engine;
  readonly feed: VerdictFeed;
  readonly proxies: () => readonly ProxyStatus[];
  readonly missionControl: MissionControl;
  /** Where services/entanglement is; undefined where no databases are entangled. */
  readonly entanglementAddress?: string | undefined;
}

/** All services of package chronos.v1 that the control plane has. */
export function routes(parts: ApiParts): (router: ConnectRouter, draining: AbortSignal) => void {
  return (router, draining) => {
    const { topics } = parts.missionControl;
    router.service(MigrationService, migrationService(parts.engine, topics, draining));
    router.service(VerdictService, verdictService(parts.engine, parts.feed, draining));
    router.service(DeploymentService, deploymentService(parts.engine));
    router.service(JudgementService, judgementService(parts.engine));
    router.service(ProxyService, proxyService(parts.proxies));
    router.service(IdentifiersService, identifiersService(parts.engine));
    router.service(
      EntanglementService,
      entanglementService(parts.engine, parts.entanglementAddress, draining),
    );
    router.service(
      MissionControlService,
      missionControlService(parts.engine, parts.missionControl, draining),
    );
  };
}

/** What every call passes, outermost first. */
export function interceptors(access: Access, log: (line: string) => void) {
  return [errorBoundary(log), authorising(access), validating()];
}

/** Serves the API, the page and /metrics on one port. */
export function serveApi(listen: string, parts: ApiParts, registry: Registry): Promise<RpcServer> {
  const { engine, missionControl } = parts;
  const { access } = missionControl;
  const metrics = metricsHandler(registry);
  const validate = validator();
  const draining = new AbortController();
  const streams: StreamParts = {
    topics: missionControl.topics,
    admit(request, { method }, message) {
      access.admit(`${method.parent.typeName}/${method.name}`, {
        get: (name) => String(request.headers[name] ?? ''),
      });
      validate(method.input, message);
    },
    shown: (method, error) => shownError(method, error, engine.log),
    draining: draining.signal,
  };
  return serve({
    listen,
    routes: (router, stopping) => {
      stopping.addEventListener('abort', () => draining.abort());
      routes(parts)(router, stopping);
    },
    files: [
      file_chronos_v1_migration_service,
      file_chronos_v1_verdict_service,
      file_chronos_v1_deployment_service,
      file_chronos_v1_judgement_service,
      file_chronos_v1_proxy_service,
      file_chronos_v1_entanglement_service,
      file_chronos_v1_identifiers_service,
      file_chronos_v1_mission_control_service,
    ],
    interceptors: interceptors(access, engine.log),
    maxRequestBytes: requestBytesMax,
    first: (request, response) =>
      refuseForeign(request, response, access.tokensRequired) || serveStream(streams, request, response),
    http: (request, response) =>
      metrics(request, response) || servePage(missionControl.files, request, response),
  });
}
