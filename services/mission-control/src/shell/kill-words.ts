import type { KillMigrationResponse } from '@chronos/proto/chronos/v1/migration_service_pb.js';

type Killed = Pick<KillMigrationResponse, 'proxiesAcked' | 'proxiesPending' | 'probeSawLegacy'>;

/** Whose clients a kill is about: the whole migration's, or one route's of it. */
export function clientsOf(migration: string, group: string): string {
  return group === '' ? migration : `${group} of ${migration}`;
}

/**
 * Why nobody may say yet that every client is back on legacy; undefined once it is proven: at least one proxy, all of them ACKed, and a
 * probe was answered by legacy (the command line's rule too).
 */
export function unproven({ proxiesAcked, proxiesPending, probeSawLegacy }: Killed): string | undefined {
  const all = proxiesAcked + proxiesPending;
  if (all === 0) return 'no proxy is connected; one that is cut off may still send clients to modern';
  if (proxiesPending > 0)
    return `${proxiesAcked} of ${all} ${all === 1 ? 'proxy has' : 'proxies have'} ACKed; those that have not may still send clients to modern`;
  return probeSawLegacy ? undefined : 'no probe through a proxy was answered by legacy';
}

/** The headline once the kill switch was thrown: a claim only where it is proven. */
export function killedTitle(migration: string, group: string, killed: Killed): string {
  const who = clientsOf(migration, group);
  return unproven(killed) === undefined
    ? `Every client of ${who} is back on legacy`
    : `Not proven that every client of ${who} is back on legacy`;
}
