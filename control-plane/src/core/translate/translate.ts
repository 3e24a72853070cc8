import type { Cluster } from '@chronos/envoy/api/envoy/config/cluster/v3/cluster_pb.js';
import type { ClusterLoadAssignment } from '@chronos/envoy/api/envoy/config/endpoint/v3/endpoint_pb.js';
import type { Listener } from '@chronos/envoy/api/envoy/config/listener/v3/listener_pb.js';
import type { RouteConfiguration } from '@chronos/envoy/api/envoy/config/route/v3/route_pb.js';
import type { Runtime } from '@chronos/envoy/api/envoy/service/runtime/v3/rtds_pb.js';
import type { DataPlane, MigrationIr, UniverseName } from '../ir.ts';
import { validateIr } from '../ir-validate.ts';
import { answeringHop } from './answering-hop.ts';
import { type Copies, clusters } from './cluster.ts';
import { endpoints } from './endpoint.ts';
import { listener } from './listener.ts';
import { mirrorProblems } from './mirror-check.ts';
import type { NamedResource } from './resource.ts';
import { routes } from './route.ts';
import { runtimeLayer } from './runtime.ts';
import { supportClusters } from './support-clusters.ts';
import { tcpResources } from './tcp/resources.ts';

/** Everything that one group of proxies runs, by kind. */
export interface ResourceSet {
  readonly clusters: readonly NamedResource<Cluster>[];
  readonly endpoints: readonly NamedResource<ClusterLoadAssignment>[];
  readonly listeners: readonly NamedResource<Listener>[];
  readonly routes: readonly NamedResource<RouteConfiguration>[];
  readonly runtimes: readonly NamedResource<Runtime>[];
}

/** A data plane that must not reach a proxy. */
export class TranslationError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the data plane is not valid:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
    this.name = 'TranslationError';
    this.problems = problems;
  }
}

/**
 * Envoy's resources for a data plane; whole or not at all.
 * @throws TranslationError with every problem found.
 */
export function translate(ir: DataPlane): ResourceSet {
  const problems = validateIr(ir);
  if (problems.length > 0) throw new TranslationError(problems);
  const resources = resourceSet(ir);
  const cycles = mirrorProblems(resources.clusters.map(({ message }) => message));
  if (cycles.length > 0) throw new TranslationError(cycles);
  return resources;
}

function resourceSet(ir: DataPlane): ResourceSet {
  const tcp = ir.migrations.map((migration) => tcpResources(ir, migration));
  const hops = ir.migrations.flatMap(answeringHops);
  return {
    clusters: [
      ...supportClusters(ir),
      ...ir.migrations.flatMap((migration) =>
        clusters(migration, universesOf(migration), copiesOf(migration)),
      ),
      ...hops.flatMap((resources) => resources.clusters),
      ...tcp.flatMap((resources) => resources.clusters),
    ],
    endpoints: [
      ...ir.migrations.flatMap((migration) => endpoints(migration.name, migration, universesOf(migration))),
      ...tcp.flatMap((resources) => resources.endpoints),
    ],
    listeners: [
      ...ir.migrations.map((migration) => listener(ir, migration)),
      ...hops.flatMap((resources) => resources.listeners),
      ...tcp.flatMap((resources) => resources.listeners),
    ],
    routes: [...ir.migrations.map(routes), ...tcp.flatMap((resources) => resources.routes)],
    runtimes: [runtimeLayer(ir)],
  };
}

const isMirrored = (group: MigrationIr['groups'][number]) => group.mode === 'mirrored';

function copiesOf(migration: MigrationIr): Copies {
  if (migration.groups.some(isMirrored)) return 'made';
  return isParting(migration) ? 'under-way' : 'none';
}

/** Sealed, while legacy still serves: Envoy resets the copies under way to a cluster that it is told to forget, and their answers would be lost. */
function isParting({ groups, legacy }: MigrationIr): boolean {
  return groups.length > 0 && groups.every(({ mode }) => mode === 'sealed') && legacy.endpoints.length > 0;
}

/** Where requests of some groups are translated on their way to the universes that answer; sealed ones, too: clients keep their old ids. */
function answeringHops(migration: MigrationIr) {
  const { identifiers, groups } = migration;
  const translated = groups.filter((group) => group.translated && group.mode !== 'legacy-only');
  if (identifiers === undefined || translated.length === 0) return [];
  const universes: UniverseName[] = translated.some(isMirrored) ? ['legacy', 'modern'] : ['modern'];
  return universes.map((universe) => answeringHop(migration, universe, identifiers));
}

/** The universes that a client's request or its copy may still reach. */
function universesOf(migration: MigrationIr): UniverseName[] {
  const { groups } = migration;
  const universes: UniverseName[] = [];
  if (groups.some((group) => group.mode !== 'sealed') || isParting(migration)) universes.push('legacy');
  if (groups.some((group) => group.mode !== 'legacy-only')) universes.push('modern');
  return universes;
}
