import { DeploymentService } from '@chronos/proto/chronos/v1/deployment_service_pb.js';
import { EntanglementService } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { JudgementService } from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import { MigrationService } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { MissionControlService } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { VerdictService } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { createClient, type Interceptor } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-web';

/** A call that has no answer by then may be waiting for a connection; the kill never waits. */
const patienceMs = 1_000;

let giveWay = () => {};

/**
 * What to do when a call may wait behind streams: browsers hold six connections to one origin over all windows, and as many windows that watch
 * hold them all.
 */
export function onCallWaits(act: () => void): void {
  giveWay = act;
}

const urgent: Interceptor = (next) => async (request) => {
  const answer = next(request);
  const kills = request.method === MigrationService.method.killMigration;
  // The call is sent first, so that what is given back is its own: it has priority over streams.
  const waits = setTimeout(() => giveWay(), kills ? 0 : patienceMs);
  try {
    return await answer;
  } finally {
    clearTimeout(waits);
  }
};

/** `low`: waits behind all that has the usual priority, also of other windows. */
const withPriority =
  (priority: RequestPriority): typeof fetch =>
  (input, init) =>
    fetch(input, { ...init, priority });

const base = { baseUrl: location.origin, useBinaryFormat: true };
const calls = createConnectTransport({ ...base, fetch: withPriority('high'), interceptors: [urgent] });
const streams = createConnectTransport({ ...base, fetch: withPriority('low') });

/** The API, from whoever served this page; the session's cookie goes along by itself. */
export const api = {
  migrations: createClient(MigrationService, calls),
  deployments: createClient(DeploymentService, calls),
  judgements: createClient(JudgementService, calls),
  verdicts: createClient(VerdictService, calls),
  missionControl: createClient(MissionControlService, calls),
  entanglement: createClient(EntanglementService, calls),
};

/** All that a tab watches travels on this one stream. */
export const { watch } = createClient(MissionControlService, streams);
