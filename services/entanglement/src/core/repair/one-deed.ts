/**
 * One booking, two requests. A client that got no answer asks again under the same idempotency key; if the copy of its first request is late, each
 * universe books for another of the two, and says of the other one that it is known. Either verdict, by itself, tells of a booking that one universe
 * lacks; where they have different authorities, each would be added where it is already. The rows tell: a row can be made once.
 */
import { settled } from './due.ts';
import { isCounterpart } from './lone-deed.ts';
import type { CaseRow, Deltas, RepairCase } from './repair-case.ts';

export interface OneDeed {
  /** `one`: both universes have done it, nothing is due. `unclear`: it looks like it and does not agree, so that whatever is added may be too much. */
  readonly type: 'one' | 'unclear';
  readonly words: string;
}

const rowsNamed = 3;

/** Undefined: they are no more than two requests. */
export function oneDeed(one: RepairCase, two: RepairCase): OneDeed | undefined {
  const [a, b] = one.id < two.id ? [one, two] : [two, one];
  // With one authority what is due by one of them is taken back by the other, in whatever order.
  if (a.authority === b.authority || a.deed?.type === 'one' || b.deed?.type === 'one') return undefined;
  const shared = [...a.rows.keys()].filter((id) => isCounterpart(a.rows.get(id), b.rows.get(id)));
  const [first] = shared;
  if (first === undefined) return undefined;
  const [legacy, modern] = a.rows.get(first)?.lone?.in === 'legacy' ? [a, b] : [b, a];
  const more = shared.length > rowsNamed ? ` and ${shared.length - rowsNamed} more` : '';
  const what = `${shared.slice(0, rowsNamed).map(nameOf).join(', ')}${more}`;
  const requests = `legacy did it for ${legacy.id}, modern for ${modern.id} (${what})`;
  const why = notInBoth(a, b, new Set(shared));
  if (why === undefined)
    return { type: 'one', words: `one deed, two requests: ${requests}, so that nothing is due for either` };
  const decide =
    'chronos verify names what differs, --repair --authority legacy or modern says whose is right';
  return {
    type: 'unclear',
    words: `what looks like one deed of two requests does not agree: ${requests}, but ${why} → ${decide}`,
  };
}

function nameOf(id: string): string {
  return id.replace('\n', ' ');
}

/**
 * What was not done in both universes alike, in words. Each case says what its authority did more than the other universe: of one deed both say the same.
 */
function notInBoth(a: RepairCase, b: RepairCase, shared: ReadonlySet<string>): string | undefined {
  for (const id of new Set([...shared, ...a.rows.keys(), ...b.rows.keys()])) {
    const [one, two] = [a.rows.get(id), b.rows.get(id)];
    if ([one, two].some((row) => row !== undefined && row.applied.size > 0))
      return `${nameOf(id)} was repaired for one of them already`;
    if (shared.has(id)) {
      if (one?.lone?.digest !== two?.lone?.digest) return `${nameOf(id)} was not the same row`;
    } else if (one?.lone !== undefined || two?.lone !== undefined)
      return `${nameOf(id)} was ${(one?.lone ?? two?.lone)?.what} for one of them alone`;
    else if ([one, two].some((row) => row !== undefined && row.desired === undefined))
      return `what became of ${nameOf(id)} is not known`;
    else if (!sameDeltas(one?.desired, two?.desired)) return `their numbers of ${nameOf(id)} differ`;
  }
  return undefined;
}

const none: Deltas = new Map();

function sameDeltas(a: Deltas = none, b: Deltas = none): boolean {
  return a.size === b.size && [...a].every(([field, delta]) => b.get(field) === delta);
}

/** The case as it stands with that: what is due of it is there, done for the other request, or not to be told. A later verdict changes it by the difference. */
export function withDeed(each: RepairCase, deed: OneDeed): RepairCase {
  const told = (row: CaseRow): CaseRow => {
    const { doubtful: _, ...own } = row;
    return deed.type === 'one' ? settled(own, row.proven) : { ...own, doubtful: true };
  };
  return { ...each, deed, rows: new Map([...each.rows].map(([id, row]) => [id, told(row)])) };
}
