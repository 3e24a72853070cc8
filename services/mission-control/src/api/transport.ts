import { DeploymentService } from '@chronos/proto/chronos/v1/deployment_service_pb.js';
import { JudgementService } from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import { MigrationService } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { MissionControlService } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { VerdictService } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-web';

/**
 * Calls are more urgent than streams: browsers hold six connections to one origin over all tabs, and a kill must not wait behind a tab that
 * only wants to watch.
 */
const urgentFetch: typeof fetch = (input, init) => fetch(input, { ...init, priority: 'high' });

const transport = createConnectTransport({
  baseUrl: location.origin,
  useBinaryFormat: true,
  fetch: urgentFetch,
});

/** The API, from whoever served this page; the session's cookie goes along by itself. */
export const api = {
  migrations: createClient(MigrationService, transport),
  deployments: createClient(DeploymentService, transport),
  judgements: createClient(JudgementService, transport),
  verdicts: createClient(VerdictService, transport),
  missionControl: createClient(MissionControlService, transport),
};
