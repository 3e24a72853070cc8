import { causesOf, type ShownCause } from '@chronos/cli/core/render/causes.ts';
import {
  DeploymentPhase,
  type MigrationState,
  UniverseName,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import type { MismatchEntry } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import type { MismatchGroup } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { path } from '../../router/match.ts';

/** What stands in the address besides the cause. */
export interface Beside {
  /** Id of a deployment of modern; empty: all. */
  readonly build: string;
  /** The route group that is shown, here and on other pages; empty: all. */
  readonly route: string;
  /** Where the cause is looked at ({@link placeKey}); its first place without. */
  readonly place?: string;
}

/** The whole of what the page shows: neither a worse cause nor another build changes it under the reader. An empty `cause`: the worst. */
export function causeAddress(migration: string, cause: string, { build, route, place = '' }: Beside): string {
  const pattern = cause === '' ? '/m/:migration/mismatches' : '/m/:migration/mismatches/:cause';
  const query = new URLSearchParams({
    ...(route !== '' && { route }),
    build,
    ...(place !== '' && { place }),
  });
  return `${path(pattern, { migration, cause })}?${query}`;
}

/** A group of mismatches; stands in the address, as its place in the list changes with its count. */
export const placeKey = ({ group, route, field, modernDeployment }: MismatchGroup) =>
  `${group} ${route} ${field} ${modernDeployment}`;

export interface Cause extends ShownCause {
  /** Stands in the address: of the cause, or of its only group. */
  readonly id: string;
}

/** Causes of the groups, as they come: the most severe first, then the most frequent. Bugs before what is only asked. */
export function orderedCauses(entries: Iterable<MismatchEntry>): Cause[] {
  const ids = new Map<unknown, string>();
  const groups = [...entries].flatMap(({ id, group }) => {
    if (group !== undefined) ids.set(group, id);
    return group ?? [];
  });
  return causesOf(groups)
    .map((cause) => ({ ...cause, id: cause.groups[0]?.cause?.id || (ids.get(cause.groups[0]) ?? '') }))
    .sort(
      (a, b) =>
        Number(a.asked) - Number(b.asked) ||
        b.severity - a.severity ||
        Number(b.count > a.count) - Number(b.count < a.count),
    );
}

/** Builds of modern that mismatches were seen with, the running one first. */
export function buildsOf(entries: Iterable<MismatchEntry>, running: string): string[] {
  const builds = new Set([...entries].map(({ group }) => group?.modernDeployment ?? ''));
  return [...builds]
    .filter((name) => name !== '')
    .sort((a, b) => Number(b === running) - Number(a === running) || b.localeCompare(a));
}

/** Id of the deployment that serves modern; empty when none does. */
export function runningBuild(state: MigrationState | undefined): string {
  const serving = state?.deployments.find(
    ({ universe, phase }) => universe === UniverseName.MODERN && phase === DeploymentPhase.SERVING,
  );
  return serving?.id ?? '';
}
