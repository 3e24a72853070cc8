import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  RouteMatchSchema,
  RouteSchema,
} from '@chronos/envoy/api/envoy/config/route/v3/route_components_pb.js';
import { FractionalPercent_DenominatorType } from '@chronos/envoy/api/envoy/type/v3/percent_pb.js';
import type { GroupIr, MigrationIr, UniverseName } from '../ir.ts';
import { PROBE_HEADER, probeKey, probePath } from './names.ts';
import { headerIs } from './route-match.ts';

type RouteInit = MessageInitShape<typeof RouteSchema>;

/**
 * Tells whoever knows the secret whether clients of a group can reach modern, by the runtime the proxy itself decides with. A kill is proven when
 * it answers `legacy`. Services never see it.
 */
export function probeRoutes(migration: MigrationIr, group: GroupIr): RouteInit[] {
  const match: MessageInitShape<typeof RouteMatchSchema> = {
    pathSpecifier: { case: 'path', value: probePath(group.name) },
    headers: [headerIs(PROBE_HEADER, migration.probeSecret)],
  };
  if (group.mode !== 'mirrored') return [answer(match, group.mode === 'sealed' ? 'modern' : 'legacy')];
  const reachesModern = {
    runtimeKey: probeKey(migration.name, group.name),
    defaultValue: { numerator: 0, denominator: FractionalPercent_DenominatorType.HUNDRED },
  };
  return [answer({ ...match, runtimeFraction: reachesModern }, 'modern'), answer(match, 'legacy')];
}

function answer(match: MessageInitShape<typeof RouteMatchSchema>, universe: UniverseName): RouteInit {
  return {
    name: 'probe',
    match,
    action: {
      case: 'directResponse',
      value: { status: 200, body: { specifier: { case: 'inlineString', value: universe } } },
    },
  };
}
