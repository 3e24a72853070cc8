import type { Exchange } from '@chronos/proto/events/v1/exchange_pb.js';
import { Attribution } from '@chronos/proto/events/v1/state_update_pb.js';
import { type EntityEffect, Kind, Ruling, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { type Alike, spanOf } from '../effects/alike-requests.ts';
import { explainAnswer } from '../effects/answer-race.ts';
import { compareEffects } from '../effects/compare-effects.ts';
import { flightOf, wholeFlight } from '../effects/in-flight.ts';
import {
  type Affecting,
  type DatabaseContext,
  effectsContextOf,
  type JudgedEffects,
} from '../effects/judge-effects.ts';
import { effectOf, type Transaction, UNIVERSES, type UniverseName } from '../effects/transaction.ts';
import { isComplete } from '../join/sides.ts';
import { race, stands } from '../judge/ruling.ts';
import type { Ending } from './with-effects.ts';

export interface Exchanging {
  readonly request: Affecting;
  readonly judged: JudgedEffects;
  readonly databases: DatabaseContext;
  /** What the answers alone come to, of the one request in legacy and another one in modern. */
  readonly compared: (legacy: Exchange, modern: Exchange) => Ending;
}

export interface Exchanged {
  readonly ending: Ending;
  readonly maySettle: boolean;
  /** One universe alone did something: the client may have asked the same before or after, which has not been read yet. */
  readonly mayBeAlike?: boolean;
}

/** One of the alike, and what it did. */
interface Member extends Alike {
  readonly did: Readonly<Record<UniverseName, readonly Transaction[]>>;
}

/** Legacy's part of one of the alike, and modern's of the same or another one. */
interface Match {
  readonly legacy: Member;
  readonly modern: Member;
}

/**
 * A client that asks again while the first copy is still at work in one universe: no service can tell the two apart, so another one of them may be
 * booked, and the other answered as known, in each universe. What stands is explained only if all that are alike can be matched one to one: each
 * answer of modern's agrees with one of legacy's and what both did is the same, by the judge that holds for any request, in an order that the clocks
 * and commits of both universes allow. An answer of modern's that never came is held against nothing: its request stays lost, and only what it did
 * counts. Where one universe did it once more than the other, nothing matches, and what stands stays.
 *
 * @param together what it comes to without that
 */
export function exchanged(together: Exchanged, answers: Ending, exchanging: Exchanging): Exchanged {
  const { request, judged, databases } = exchanging;
  if (together.ending.kind !== Kind.MISMATCH || judged.type !== 'compared') return together;
  const { alike: known } = databases.window;
  const alike = known.of(request.requestId);
  if (alike.length < 2)
    return { ...together, mayBeAlike: alike.length === 1 && isOneSided(request, databases) };
  if (!alike.every((each) => isPassed(each, request, databases))) return { ...together, maySettle: true };
  // Modern was asked by a copy, and did not answer what legacy could: that is its own.
  if (answers.kind !== Kind.LOST && !isComplete(request.modern)) return together;
  const universes = databases.window.of(request.seen.migration);
  const members = alike.map((each): Member => {
    const of = (universe: UniverseName) => universes[universe].of(each.requestId).filter(isWork);
    return { ...each, did: { legacy: of('legacy'), modern: of('modern') } };
  });
  if (!members.every(isTold)) return together;
  const matches = matching(members, exchanging, judged.answered);
  return matches === undefined
    ? together
    : { ending: explained(together.ending, answers, request, matches), maySettle: false };
}

function isOneSided({ requestId, seen }: Affecting, { window }: DatabaseContext): boolean {
  const { legacy, modern } = window.of(seen.migration);
  return legacy.of(requestId).some(isWork) !== modern.of(requestId).some(isWork);
}

function isWork({ changes, tooLarge }: Transaction): boolean {
  return changes.length > 0 || tooLarge;
}

/** Nothing of it can come any more. */
function isPassed(
  { isEnded, legacy, modern }: Alike,
  { seen }: Affecting,
  { window, effects }: DatabaseContext,
): boolean {
  const whole = wholeFlight({ legacy: flightOf(legacy, effects), modern: flightOf(modern, effects) });
  return isEnded && window.passedMs(seen.migration) >= (whole?.toMs ?? 0);
}

/** What was only inferred may be any other request's. */
function isTold({ did }: Member): boolean {
  return UNIVERSES.every((universe) =>
    did[universe].every(
      ({ attribution, tooLarge }) =>
        !tooLarge && (attribution === Attribution.TAGGED || attribution === Attribution.COMMENT),
    ),
  );
}

type Answered = (JudgedEffects & { readonly type: 'compared' })['answered'];

/** Everyone in legacy with someone in modern; undefined: there is no such assignment, or nobody did anything by which an order could be told. */
function matching(
  members: readonly Member[],
  exchanging: Exchanging,
  answered: Answered,
): readonly Match[] | undefined {
  if (members.every(({ did }) => did.legacy.length === 0)) return undefined;
  const fits = new Map<string, boolean>();
  const isFit = (match: Match) => {
    const id = `${match.legacy.requestId}\n${match.modern.requestId}`;
    const known = fits.get(id) ?? isMatch(match, exchanging, answered);
    fits.set(id, known);
    return known;
  };
  const search = (found: readonly Match[]): readonly Match[] | undefined => {
    const legacy = members[found.length];
    if (legacy === undefined) return found;
    for (const modern of members) {
      const match = { legacy, modern };
      if (found.some((one) => one.modern === modern) || !isFit(match)) continue;
      if (!found.every((one) => isOrderly(one, match) && isOrderly(match, one))) continue;
      const all = search([...found, match]);
      if (all !== undefined) return all;
    }
    return undefined;
  };
  return search([]);
}

/** Both did the same, and modern's answer, where there is one, is what legacy answered. */
function isMatch({ legacy, modern }: Match, exchanging: Exchanging, answered: Answered): boolean {
  const { request, databases, compared } = exchanging;
  const { window, effects } = databases;
  const requestId = window.alike.deedOf(request.requestId);
  const { standing, isUnlearned } = compareEffects(
    {
      migration: request.seen.migration,
      requestId,
      legacy: effectOf(legacy.did.legacy),
      modern: effectOf(modern.did.modern),
    },
    effectsContextOf(request, databases, answered.partners),
  );
  if (standing > 0 || isUnlearned) return false;
  if (modern.modern === undefined || !isComplete(modern.modern)) return true;
  if (legacy.legacy === undefined || !isComplete(legacy.legacy)) return false;
  const { kind, differences } = compared(legacy.legacy, modern.modern);
  if (kind !== Kind.MISMATCH) return kind === Kind.IDENTICAL || kind === Kind.EQUIVALENT;
  const flights = {
    legacy: flightOf(legacy.legacy, effects),
    modern: flightOf(modern.modern, effects),
  };
  const asked = { ...answered, requestId, flights, bodies: undefined };
  const explained = explainAnswer(differences, asked, window, effects.entities);
  return explained.type === 'explained' && !explained.isUnknown;
}

/**
 * Whether `one` may have been done before `other` in neither universe, or in both. Who did nothing has found it done: it cannot have ended before who
 * did it began. Of two that did something the commits tell the order.
 */
function isOrderly(one: Match, other: Match): boolean {
  const ends = (universe: UniverseName) => isBefore(one[universe][universe], other[universe][universe]);
  if (ends('legacy') && isBefore(other.modern.modern, one.modern.modern)) return false;
  const [mine, theirs] = [one.legacy.did.legacy, other.legacy.did.legacy];
  const [first, second] = [one.modern.did.modern, other.modern.did.modern];
  if (mine.length === 0 && theirs.length > 0) return !ends('legacy') && !ends('modern');
  if (mine[0] === undefined || theirs[0] === undefined || first[0] === undefined || second[0] === undefined)
    return true;
  return mine[0].lsn < theirs[0].lsn === first[0].lsn < second[0].lsn;
}

/** It had ended when the other one began. */
function isBefore(one: Exchange | undefined, other: Exchange | undefined): boolean {
  const [a, b] = [spanOf(one), spanOf(other)];
  return a !== undefined && b !== undefined && a.toMs < b.fromMs;
}

function explained(
  ending: Ending,
  answers: Ending,
  { requestId }: Affecting,
  matches: readonly Match[],
): Ending {
  const others = matches.map(({ legacy }) => legacy.requestId).filter((id) => id !== requestId);
  const isLost = matches.some(({ modern }) => !isComplete(modern.modern));
  const explanation = [
    `The client asked the same again while it was under way (${others.join(', ')}), and the universes took them in another order: together both did the same.`,
    isLost
      ? "An answer of modern's was lost, and is held against nothing; its others are what legacy answered."
      : 'The answers are the same as well.',
  ].join(' ');
  const effects = ending.effects.map(
    (effect): EntityEffect =>
      effect.ruling === Ruling.BUG || effect.ruling === Ruling.ASKED
        ? { ...effect, ruling: Ruling.RACE }
        : effect,
  );
  const settled = {
    ...ending,
    effects,
    asked: false,
    severity: Severity.UNSPECIFIED,
    effectsExplanation: explanation,
  };
  if (answers.kind === Kind.LOST) return { ...settled, kind: Kind.LOST, differences: answers.differences };
  const judged = race(explanation);
  const differences = ending.differences.map((d) => (stands(d) ? { ...d, ...judged } : d));
  return { ...settled, kind: Kind.RACE, race: true, differences };
}
