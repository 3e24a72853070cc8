import type { MessageInitShape } from '@bufbuild/protobuf';
import type {
  RouteMatchSchema,
  RouteSchema,
} from '@chronos/envoy/api/envoy/config/route/v3/route_components_pb.js';
import { FractionalPercent_DenominatorType } from '@chronos/envoy/api/envoy/type/v3/percent_pb.js';
import type { GroupIr, MigrationIr, TcpGroupIr, UniverseName } from '../ir.ts';
import type { Init } from './messages.ts';
import { gatePath, PROBE_HEADER, probeKey, probePath } from './names.ts';
import { headerIs } from './route-match.ts';

type RouteInit = MessageInitShape<typeof RouteSchema>;

/**
 * Tells whoever knows the secret whether clients of a group can reach modern, by the runtime the proxy itself decides with. A kill is proven when
 * it answers `legacy`. Services never see it.
 */
export function probeRoutes(migration: MigrationIr, group: Pick<GroupIr, 'name' | 'mode'>): RouteInit[] {
  const match = secretPath(migration, probePath(group.name));
  if (group.mode !== 'mirrored') return [answer(match, group.mode === 'sealed' ? 'modern' : 'legacy')];
  return [answer(reachesModern(migration, group, match), 'modern'), answer(match, 'legacy')];
}

/**
 * Whether live connections of a TCP group may stand on modern; see `modernGate`. Not 503 when they may not: that is what an overloaded proxy
 * says of itself.
 */
export function gateRoutes(migration: MigrationIr, group: TcpGroupIr): RouteInit[] {
  if (group.mode !== 'mirrored') return [];
  const match = secretPath(migration, gatePath(group.name));
  return [gate(reachesModern(migration, group, match), 200), gate(match, 403)];
}

type MatchInit = Init<typeof RouteMatchSchema>;

function secretPath({ probeSecret }: MigrationIr, path: string): MatchInit {
  return {
    pathSpecifier: { case: 'path', value: path },
    headers: [headerIs(PROBE_HEADER, probeSecret)],
  };
}

function reachesModern({ name }: MigrationIr, group: Pick<GroupIr, 'name'>, match: MatchInit): MatchInit {
  return {
    ...match,
    runtimeFraction: {
      runtimeKey: probeKey(name, group.name),
      defaultValue: { numerator: 0, denominator: FractionalPercent_DenominatorType.HUNDRED },
    },
  };
}

function gate(match: MatchInit, status: number): RouteInit {
  return { name: 'gate', match, action: { case: 'directResponse', value: { status } } };
}

function answer(match: MatchInit, universe: UniverseName): RouteInit {
  return {
    name: 'probe',
    match,
    action: {
      case: 'directResponse',
      value: { status: 200, body: { specifier: { case: 'inlineString', value: universe } } },
    },
  };
}
