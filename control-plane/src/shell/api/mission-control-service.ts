import { readFileSync } from 'node:fs';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { MissionControlService } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import type { ServiceImpl } from '@connectrpc/connect';
import type { Engine } from '../engine/engine.ts';
import { capsuleManifest } from '../mission-control/capsule-manifest.ts';
import type { MissionControl } from '../mission-control/mission-control.ts';
import { sessions } from './sessions.ts';
import { watches } from './watches.ts';

/** MissionControlService: the watches, and what the page asks besides. */
export function missionControlService(
  engine: Engine,
  { access, replays, topics, startedAtMs, traceAddress = '' }: MissionControl,
  draining: AbortSignal,
): ServiceImpl<typeof MissionControlService> {
  return {
    ...watches(topics, draining),
    ...sessions(access),
    replayRequest: ({ requestId }) => replays.replay(requestId),
    getCapsule: ({ migration }) => capsuleManifest(engine.world.require(migration)),
    getVersion: () => ({
      version,
      startedAt: timestampFromMs(startedAtMs),
      leading: engine.isLeading(),
      now: timestampFromMs(engine.nowMs()),
      traceAddress,
    }),
  };
}

const version: string = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
).version;
