import { wordsOf } from '../judge/value/text.ts';
import type { CauseRow } from './causes.ts';
import { restyled } from './key-style.ts';
import { hypothesisOf } from './signature.ts';

/** Why a missing field and an added one are the same field. */
export interface KeyPair {
  readonly signature: string;
  readonly formula: string;
}

/** Fields added on one route that a missing one is compared with. */
const CANDIDATES_MAX = 64;

/**
 * Fields that legacy alone has paired with fields that modern alone has, on the same route: the same words in another style
 * (`customerId`, `customer_id`), or the same value under another name or in another place. Both rows of a pair get the same signature.
 */
export function restyledKeys<Row extends CauseRow>(rows: readonly Row[]): ReadonlyMap<Row, KeyPair> {
  const pairs = new Map<Row, KeyPair>();
  const byRoute = new Map<string, { missing: Row[]; added: Row[] }>();
  for (const row of rows) {
    const hypothesis = hypothesisOf(row.signature);
    if (hypothesis !== 'missing' && hypothesis !== 'added') continue;
    const key = JSON.stringify([row.modernDeployment, row.group, row.route]);
    const route = byRoute.get(key) ?? { missing: [], added: [] };
    byRoute.set(key, route);
    (hypothesis === 'missing' ? route.missing : route.added).push(row);
  }
  for (const { missing, added } of byRoute.values()) pairUp(missing, added.slice(0, CANDIDATES_MAX), pairs);
  return pairs;
}

function pairUp<Row extends CauseRow>(
  missing: readonly Row[],
  added: readonly Row[],
  pairs: Map<Row, KeyPair>,
): void {
  const free = new Set(added);
  for (const row of missing) {
    for (const other of free) {
      const found = styleOf(row.field, other.field) ?? moveOf(row, other);
      if (found === undefined) continue;
      pairs.set(row, found);
      pairs.set(other, found);
      free.delete(other);
      break;
    }
  }
}

function styleOf(legacy: string, modern: string): KeyPair | undefined {
  if (wordsOf(legacy) === '' || depthOf(legacy) !== depthOf(modern)) return undefined;
  const [from, to] = [legacy.split('.'), modern.split('.')];
  let style: string | undefined;
  for (const [at, key] of from.entries()) {
    if (key === to[at]) continue;
    const found = restyled(bare(key), bare(to[at]!));
    if (found === undefined) return undefined;
    style = `modern names keys in ${found.to}, legacy in ${found.from}`;
  }
  return style === undefined ? undefined : { signature: JSON.stringify(['keys', style]), formula: style };
}

/** The same value, long enough to be no coincidence, under another name. */
function moveOf({ field, legacy }: CauseRow, { field: to, modern }: CauseRow): KeyPair | undefined {
  if (legacy !== modern || legacy.length < 4) return undefined;
  const formula = `modern has ${field} as ${to}`;
  return { signature: JSON.stringify(['moved', field, to]), formula };
}

function depthOf(path: string): number {
  return path.split('.').length;
}

function bare(key: string): string {
  return key.replace(/(?:\[\*\])+$/, '');
}
