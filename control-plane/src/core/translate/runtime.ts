import { create, type JsonObject } from '@bufbuild/protobuf';
import { type Runtime, RuntimeSchema } from '@chronos/envoy/api/envoy/service/runtime/v3/rtds_pb.js';
import { type DataPlane, type GroupIr, type MigrationIr, type TcpGroupIr, TOTAL_WEIGHT_BP } from '../ir.ts';
import {
  anonymousKeyPrefix,
  firstCluster,
  probeKey,
  RUNTIME_LAYER,
  tcpScope,
  translatedFirstCluster,
  weightKeyPrefix,
} from './names.ts';
import { type NamedResource, resource } from './resource.ts';

/**
 * The weights of all groups, in one runtime layer. A proxy takes a layer as a whole, so a weight and its probe cannot disagree, and a change of
 * weight touches no route: nothing is rebuilt, nothing is drained.
 */
export function runtimeLayer(ir: DataPlane): NamedResource<Runtime> {
  const layer: JsonObject = {};
  for (const migration of ir.migrations) {
    for (const group of migration.groups) {
      if (group.mode !== 'legacy-only') Object.assign(layer, groupWeights(migration, weighed(group)));
    }
    for (const group of migration.tcp) {
      if (group.mode !== 'legacy-only') Object.assign(layer, tcpWeights(migration, weighed(group)));
    }
  }
  return resource(RUNTIME_LAYER, create(RuntimeSchema, { name: RUNTIME_LAYER, layer }));
}

/** A sealed group keeps its weights: the layer can reach a proxy before the routes that no longer ask for them. */
function weighed<Group extends GroupIr | TcpGroupIr>(group: Group): Group {
  return group.mode === 'sealed' ? { ...group, modernWeightBp: TOTAL_WEIGHT_BP } : group;
}

function groupWeights(
  { name }: MigrationIr,
  { name: group, modernWeightBp, translated }: GroupIr,
): JsonObject {
  const first = translated ? translatedFirstCluster : firstCluster;
  // Without a customer there is nothing to be sticky by: such requests move with the hot-swap, all at once.
  const anonymousBp = modernWeightBp === TOTAL_WEIGHT_BP ? TOTAL_WEIGHT_BP : 0;
  return {
    ...split(weightKeyPrefix(name, group), name, modernWeightBp, first),
    ...split(anonymousKeyPrefix(name, group), name, anonymousBp, first),
    ...probe(name, group, modernWeightBp),
  };
}

function tcpWeights({ name }: MigrationIr, { name: group, modernWeightBp }: TcpGroupIr): JsonObject {
  return {
    ...split(weightKeyPrefix(name, group), tcpScope(name, group), modernWeightBp),
    ...probe(name, group, modernWeightBp),
  };
}

/** All or nothing: a probe that answered by chance would prove no kill. */
function probe(migration: string, group: string, modernBp: number): JsonObject {
  return { [probeKey(migration, group)]: modernBp > 0 ? 100 : 0 };
}

function split(prefix: string, scope: string, modernBp: number, first = firstCluster): JsonObject {
  return {
    [`${prefix}.${first(scope, 'modern')}`]: modernBp,
    [`${prefix}.${first(scope, 'legacy')}`]: TOTAL_WEIGHT_BP - modernBp,
  };
}
