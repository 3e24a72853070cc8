import { Attribution } from '@chronos/proto/events/v1/state_update_pb.js';
import { type State, sameState } from './cell.ts';
import { deedOf, lacks, type RowHistory, stateBefore, type Timeline, type Version } from './timeline.ts';
import { isOwn, UNIVERSES, type UniverseName } from './transaction.ts';

/** Commits looked at before the request's own, on either side: a hot row has many requests in flight at once, each in another place of either order. */
const LOOK_BACK = 512;
/** Commits of a stretch, on either side. */
export const SPAN_MAX = 600;
/** Places with the same state that are tried, of each state. */
const ALIKE_MAX = 8;

export interface Place {
  readonly legacy: number;
  readonly modern: number;
}

/** Where both universes had the row in an equal state, at or before these places; the nearest first. */
export function equalStarts(
  { legacy, modern }: Timeline,
  before: Place,
  fields: readonly string[],
): readonly Place[] {
  const byState = new Map<string | undefined, number[]>();
  for (let at = before.modern; at >= Math.max(0, before.modern - LOOK_BACK); at -= 1) {
    const key = keyOf(stateBefore(modern[at]), fields);
    byState.set(key, [...(byState.get(key) ?? []), at].slice(0, ALIKE_MAX));
  }
  const starts: Place[] = [];
  for (let at = before.legacy; at >= Math.max(0, before.legacy - LOOK_BACK); at -= 1) {
    const state = stateBefore(legacy[at]);
    const key = keyOf(state, fields);
    // What is not known may be equal to anything.
    const alike =
      key === undefined
        ? [...byState.values()].flat()
        : [key, undefined].flatMap((own) => byState.get(own) ?? []);
    for (const other of alike) {
      if (sameState(state, stateBefore(modern[other]), fields)) starts.push({ legacy: at, modern: other });
    }
  }
  const distance = (place: Place) => before.legacy - place.legacy + (before.modern - place.modern);
  return starts.sort((a, b) => distance(a) - distance(b));
}

/** The same text only if the states are equal; undefined: something of it is not known. */
function keyOf(state: State | undefined, fields: readonly string[]): string | undefined {
  if (state === undefined) return 'none';
  const cells = fields.map((field) => state.get(field));
  if (cells.some((cell) => cell?.is === 'unknown')) return undefined;
  return JSON.stringify(cells.map((cell) => cell && [cell.is, 'text' in cell ? cell.text : '']));
}

/** Transactions of one request on one row, in legacy and in modern. */
export type Counterparts = readonly [Version, Version];

export interface Span extends Timeline {
  /** Of each transaction of the span, what the same one did in either universe. */
  readonly pairs: readonly Counterparts[];
  /** Of modern's, those that legacy never did, through no fault of modern's. */
  readonly lacking: readonly Version[];
  /** Of legacy's, Chronos' own repairs: they carry over some of the lacking. */
  readonly repairs: readonly Version[];
}

/** Stretches of one row's history in both universes. */
export class Spans {
  readonly #timeline: RowHistory;
  readonly #places: Readonly<Record<UniverseName, ReadonlyMap<string, readonly number[]>>>;

  constructor(timeline: RowHistory) {
    this.#timeline = timeline;
    this.#places = { legacy: placesOf(timeline.legacy), modern: placesOf(timeline.modern) };
  }

  /**
   * All that led from one place to another in each universe, with what the other universe did of it before or after. `missing`: the other one lacks
   * a transaction so far, or whose one is is not known yet; undefined: Chronos itself wrote in between, one of the transactions stands before the
   * beginning in the other universe, or there are too many. What legacy is known never to do itself has no counterpart, and needs none; nor has a
   * repair of legacy's.
   */
  between(from: Place, to: Place): Span | 'missing' | undefined {
    const pairs = new Map<Version, Counterparts>();
    const lacking: Version[] = [];
    const repairs: Version[] = [];
    let missing = false;
    for (const universe of UNIVERSES) {
      if (to[universe] - from[universe] >= SPAN_MAX) return undefined;
      for (let at = from[universe]; at <= to[universe]; at += 1) {
        const version = this.#timeline[universe][at];
        if (version === undefined) return undefined;
        // One that nobody tagged may still be found to belong to a request.
        if (version.transaction.requestId === '' && isOwn(version.transaction)) {
          if (universe !== 'legacy' || version.transaction.attribution !== Attribution.REPAIR)
            return undefined;
          repairs.push(version);
          continue;
        }
        const there =
          version.transaction.requestId === '' ? 'missing' : this.#counterpart(universe, at, from);
        if (there === undefined) return undefined;
        if (there === 'missing') {
          if (universe === 'modern' && lacks(this.#timeline, version)) lacking.push(version);
          else missing = true;
        }
        if (there !== 'missing') {
          const pair = universe === 'legacy' ? ([version, there] as const) : ([there, version] as const);
          pairs.set(pair[0], pair);
        }
      }
    }
    if (missing) return 'missing';
    return {
      legacy: this.#timeline.legacy.slice(from.legacy, to.legacy + 1),
      modern: this.#timeline.modern.slice(from.modern, to.modern + 1),
      pairs: [...pairs.values()],
      lacking,
      repairs,
    };
  }

  /** The same of a request's transactions in the other universe: its first since the beginning there, its second … */
  #counterpart(universe: UniverseName, at: number, from: Place): Version | 'missing' | undefined {
    const other = universe === 'legacy' ? 'modern' : 'legacy';
    const version = this.#timeline[universe][at];
    const requestId = version === undefined ? '' : deedOf(version);
    const own = this.#places[universe].get(requestId) ?? [];
    const theirs = this.#places[other].get(requestId) ?? [];
    const since = theirs.filter((place) => place >= from[other]);
    const place = since[own.filter((each) => each >= from[universe]).indexOf(at)];
    if (place !== undefined) return this.#timeline[other][place];
    return since.length < theirs.length ? undefined : 'missing';
  }

  /** Until where both have done the same from the beginning on; undefined: nowhere yet, or only after too many. */
  closing(from: Place, to: Place): Place | undefined {
    const end = { ...to };
    const read = { ...from };
    /** Of each request, how many transactions more legacy has read than modern. */
    const ahead = new Map<string, number>();
    for (;;) {
      for (const universe of UNIVERSES) {
        for (; read[universe] <= end[universe]; read[universe] += 1) {
          const version = this.#timeline[universe][read[universe]];
          if (version === undefined || read[universe] - from[universe] >= SPAN_MAX) return undefined;
          const id = deedOf(version);
          const more = (ahead.get(id) ?? 0) + (universe === 'legacy' ? 1 : -1);
          if (more === 0) ahead.delete(id);
          else ahead.set(id, more);
        }
      }
      if (ahead.size === 0) return end;
      const all = [...ahead.values()];
      if (all.some((more) => more < 0)) end.legacy += 1;
      if (all.some((more) => more > 0)) end.modern += 1;
    }
  }
}

function placesOf(versions: readonly Version[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [at, version] of versions.entries()) {
    const known = places.get(deedOf(version));
    if (known === undefined) places.set(deedOf(version), [at]);
    else known.push(at);
  }
  return places;
}
