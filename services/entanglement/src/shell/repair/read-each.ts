import type { Component } from '../../core/repair/components.ts';
import type { RowPair } from '../../core/repair/plan.ts';
import { readPairs } from './read-pairs.ts';
import type { RoundPorts } from './rounds.ts';

export interface ReadRows {
  /** By `rowId`. */
  readonly pairs: Map<string, RowPair>;
  /** Of what could not be read: why. */
  readonly failed: ReadonlyMap<Component, string>;
}

/**
 * The rows of all components at once; where a database refuses to say (not where it is away), each component by itself, so that what nobody can read does
 * not hold up the others.
 */
export async function readEach(
  ports: Pick<RoundPorts, 'databases' | 'entities' | 'pairs'>,
  components: readonly Component[],
  isBusy: (pair: RowPair) => boolean,
): Promise<ReadRows> {
  try {
    return { pairs: await readPairs(ports, components, isBusy), failed: new Map() };
  } catch (error) {
    if (refusalOf(error) === undefined) throw error;
  }
  const pairs = new Map<string, RowPair>();
  const failed = new Map<Component, string>();
  for (const component of components) {
    try {
      for (const [id, pair] of await readPairs(ports, [component], isBusy)) pairs.set(id, pair);
    } catch (error) {
      const reason = refusalOf(error);
      if (reason === undefined) throw error;
      failed.set(component, `the rows cannot be read: ${reason}`);
    }
  }
  return { pairs, failed };
}

/** The database's own word on what it was asked (SQLSTATE 0A, 2…, 42, 54, P0); undefined for a connection's or a server's troubles, which pass. */
function refusalOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  if (!/^(0A|2[0-9A-Z]|42|54|P0)[0-9A-Z]{3}$/.test(String(error.code))) return undefined;
  return 'message' in error ? String(error.message) : String(error.code);
}
