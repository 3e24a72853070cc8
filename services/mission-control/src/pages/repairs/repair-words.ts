/** What people read of repairs. */
import { type Timestamp, timestampMs } from '@bufbuild/protobuf/wkt';
import type { Repair, RepairCase, RepairedRow } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import type { RepairEntry } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import type { Tone } from '../../ui/badge.tsx';

export const universeWord = (universe: Universe) => (universe === Universe.MODERN ? 'modern' : 'legacy');

/** Newest repairs first; what is not settled, the oldest first. `entity`: only what has rows of it; empty: all. */
export function listed(
  entries: Iterable<RepairEntry>,
  entity: string,
): { readonly repairs: readonly Repair[]; readonly unsettled: readonly RepairCase[] } {
  const repairs: Repair[] = [];
  const unsettled: RepairCase[] = [];
  for (const { what } of entries) {
    if (what.case === 'repair') repairs.push(what.value);
    else if (what.case === 'unsettled') unsettled.push(what.value);
  }
  const of = (name: string) => entity === '' || name === entity;
  return {
    repairs: repairs
      .filter(({ rows }) => rows.some((row) => of(row.entity)))
      .sort((a, b) => msOf(b.writtenAt) - msOf(a.writtenAt) || a.id.localeCompare(b.id)),
    unsettled: unsettled
      .filter(({ rows }) => entity === '' || rows.some((row) => of(entityOf(row))))
      .sort((a, b) => msOf(a.openedAt) - msOf(b.openedAt) || a.id.localeCompare(b.id)),
  };
}

/** Names of the entities that any entry has rows of. */
export function entitiesIn(entries: Iterable<RepairEntry>): string[] {
  const names = [...entries].flatMap(({ what }) => {
    if (what.case === 'repair') return what.value.rows.map(({ entity }) => entity);
    return what.case === 'unsettled' ? what.value.rows.map(entityOf) : [];
  });
  return [...new Set(names)].sort();
}

const msOf = (at: Timestamp | undefined) => (at === undefined ? 0 : timestampMs(at));
/** A row is named by its entity, a blank, and its key. */
const entityOf = (row: string) => row.split(' ', 1)[0] ?? '';

/** What a case is about; a request can be looked at. */
export function caseWords(id: string): { readonly text: string; readonly isRequest: boolean } {
  const [kind, universe = '', place = ''] = id.split(':');
  if (kind === 'tx') return { text: `what ${universe} did without a request (${place})`, isRequest: false };
  if (kind === 'verify') return { text: 'a verification', isRequest: false };
  return { text: id, isRequest: true };
}

const causes: Readonly<Record<string, string>> = {
  mismatch: 'what it did differs',
  lost: 'its copy was lost',
  race: 'requests raced each other',
  unattributed: 'done without a request',
  unjudged: 'it got no verdict, or changed rows after it',
  verification: 'a verification found it',
};
export const causeWords = (cause: string) => causes[cause] ?? cause;

export function stateWords(state: string): { readonly word: string; readonly tone: Tone } {
  switch (state) {
    case 'outstanding':
      return { word: 'outstanding', tone: 'bad' };
    case 'reported':
      return { word: 'only reported', tone: 'warn' };
    case 'settled':
      return { word: 'settled', tone: 'good' };
    default:
      return { word: 'open', tone: 'info' };
  }
}

/** How far an entity is that is carried over as a whole, in percent; undefined: nothing of the kind. */
export function carriedPercent(reason: string): number | undefined {
  const found = /is carried over: (\d{1,3}) %/.exec(reason)?.[1];
  return found === undefined ? undefined : Math.min(100, Number(found));
}

/** Of a row without a field to show: sensitive ones are in no journal, and what several requests left to be added may come to nothing. */
export function unshownWords({ added, hidden }: RepairedRow): string {
  if (hidden === undefined) return 'in no field that is shown';
  if (hidden > 0) return 'in fields that are sensitive, not shown';
  return added ? 'what was missing comes to nothing' : 'it was so already';
}

export function rowWord({ added, inserted, deleted }: RepairedRow): string {
  if (inserted) return 'added';
  if (deleted) return 'removed';
  return added ? 'what was missing added' : 'made equal';
}
