import type { Exchange } from '@chronos/proto/events/v1/exchange_pb.js';
import { type EntityEffect, Ruling } from '@chronos/proto/events/v1/verdict_pb.js';
import { requestApprovals } from '../compare/compare.ts';
import type { Codecs } from '../compare/content-encoding.ts';
import { readBody } from '../compare/read-body.ts';
import { readResponse } from '../compare/response.ts';
import { NO_PAIRS, type Pairs } from '../entangled/pairs.ts';
import { judgeBy } from '../judge/judge.ts';
import { requestFacts } from '../verdict/request-facts.ts';
import { type MigrationRules, routeRulesOf, rulesOf } from '../verdict/rules.ts';
import { segmentsOf } from '../verdict/segments.ts';
import { attribute } from './attribute.ts';
import { bothDid } from './both-did.ts';
import { compareEffects, type EffectsComparison, type EffectsContext } from './compare-effects.ts';
import type { EffectRules } from './entities.ts';
import { flightOf, wholeFlight } from './in-flight.ts';
import { isMixedUp } from './mixed-up.ts';
import { RowPartners } from './row-partners.ts';
import type { Answered, Bodies } from './rows-asked.ts';
import type { StateWindow } from './state-window.ts';
import { effectOf, UNIVERSES } from './transaction.ts';

/** A request whose effects are to be compared. */
export interface Affecting {
  readonly requestId: string;
  /** The exchange that tells about the request. */
  readonly seen: Exchange;
  readonly route: string;
  readonly legacy: Exchange | undefined;
  readonly modern: Exchange | undefined;
}

export interface DatabaseContext {
  readonly window: StateWindow;
  readonly rules: MigrationRules;
  readonly effects: EffectRules;
  readonly codecs: Codecs;
  /** Both streams are known to have passed the request's end; otherwise it is judged because its deadline has come. */
  readonly passed: boolean;
  readonly pairs?: Pairs | undefined;
  /** How long the request has been looked at; absent: what is its own need not be left to others any more. */
  readonly waitedMs?: number | undefined;
}

export type JudgedEffects = {
  /** Something may be its own, unless it turns out to be another request's. */
  readonly mayBeOwn: boolean;
} & (
  | (EffectsComparison & {
      readonly type: 'compared';
      readonly answered: Answered;
      /** Both universes are known to have done the request, whatever became of its answers. */
      readonly bothDid: boolean;
      /** Transactions of nobody on rows of this request, while it was in flight. */
      readonly unattributed: number;
    })
  | {
      readonly type: 'unknown';
      readonly reason: 'effects-unknown' | 'effects-too-large' | 'effects-unlearned';
      readonly effects: readonly EntityEffect[];
      readonly explanation: string;
    }
  | {
      readonly type: 'ambiguous';
      readonly answered: Answered;
      readonly effects: readonly EntityEffect[];
      readonly explanation: string;
    }
);

/** What a request did in both databases, held against each other as far as it is known. */
export function judgeEffects(request: Affecting, context: DatabaseContext): JudgedEffects {
  const { window, rules, effects, codecs, pairs = NO_PAIRS } = context;
  const { waitedMs = Number.POSITIVE_INFINITY } = context;
  const { seen, requestId, route, legacy, modern } = request;
  const { migration } = seen;
  const flights = { legacy: flightOf(legacy, effects), modern: flightOf(modern, effects) };
  const universes = window.of(migration);
  const segments = segmentsOf(seen, rules.segments);
  const facts = () => requestFacts(seen, route, segments, { methods: rules.methods, codecs });
  let named: ReadonlySet<string> | undefined;
  const names = () => {
    named ??= new Set(Object.values(facts()).map(plain));
    return named;
  };
  const partners = new RowPartners(pairs, migration);
  const isSafe = SAFE_METHODS.has(seen.method);
  const claimant = { requestId, traceparent: seen.traceparent, flights, names, isSafe, waitedMs };
  const mayBeOwn = attribute(universes, claimant, effects.entities, partners);

  const own = UNIVERSES.flatMap((universe) => universes[universe].of(requestId));
  if (own.some(({ tooLarge }) => tooLarge))
    return unknown('effects-too-large', 'The request changed more rows than are kept.', [], mayBeOwn);
  const comparison = compareEffects(
    {
      migration,
      requestId,
      legacy: effectOf(universes.legacy.of(requestId)),
      modern: effectOf(universes.modern.of(requestId)),
    },
    effectsContextOf(request, context, partners),
  );
  const whole = wholeFlight(flights);
  const gap = whole === undefined ? undefined : gapIn(window, migration, whole.fromMs);
  const still = context.passed
    ? undefined
    : 'The stream of changes of a database stood still until the deadline.';
  const why = gap ?? still;
  // What is known is listed; whether it is all cannot be told.
  if (why !== undefined)
    return unknown(
      'effects-unknown',
      why,
      comparison.effects.map((e) => ({ ...e, ruling: Ruling.UNSPECIFIED })),
      mayBeOwn,
    );
  if (comparison.isUnlearned && comparison.standing === 0)
    return unknown('effects-unlearned', UNLEARNED, comparison.effects, mayBeOwn);
  const bodies = () => bodiesOf(request, context);
  const deed = window.alike.deedOf(requestId);
  const answered = { migration, requestId: deed, flights, names, partners, bodies };
  if (comparison.standing > 0 && isMixedUp(requestId, flights, universes, effects.entities)) {
    const shown = comparison.effects.map((e) => ({ ...e, ruling: Ruling.UNSPECIFIED }));
    return { type: 'ambiguous', answered, effects: shown, explanation: AMBIGUOUS, mayBeOwn };
  }
  const rows = new Set(own.flatMap(({ changes }) => changes.map(({ entity, key }) => `${entity}\n${key}`)));
  const strangers = UNIVERSES.flatMap((universe) => {
    const flight = flights[universe];
    return flight === undefined ? [] : universes[universe].loose(flight.fromMs, flight.toMs);
  }).filter(({ changes }) => changes.some(({ entity, key }) => rows.has(`${entity}\n${key}`)));
  return {
    type: 'compared',
    ...comparison,
    answered,
    mayBeOwn,
    bothDid: bothDid(request, universes),
    unattributed: strangers.length,
  };
}

/** undefined: not both are known by their meaning. */
function bodiesOf({ legacy, modern }: Affecting, { rules, codecs }: DatabaseContext): Bodies | undefined {
  const read = (exchange: Exchange | undefined) => {
    if (exchange?.response === undefined) return undefined;
    const response = readResponse(exchange.response);
    const body = response.truncated
      ? undefined
      : readBody(response, rules.methods.get(exchange.path), codecs);
    return body?.form === 'tree' ? body : undefined;
  };
  const [left, right] = [read(legacy), read(modern)];
  return left && right && { legacy: left.value, modern: right.value };
}

/** How the effects of a request are held against each other. */
export function effectsContextOf(
  { seen: { group }, route, legacy }: Affecting,
  { window, rules, effects, codecs }: DatabaseContext,
  partners: RowPartners,
): EffectsContext {
  return {
    window,
    entities: effects.entities,
    partners,
    paths: rulesOf(rules, group).paths.root,
    judge: judgeBy(routeRulesOf(rules, group, route)),
    approvals: legacy && requestApprovals(legacy, rulesOf(rules, group), codecs),
  };
}

/** RFC 9110, section 9.2.1. */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

const AMBIGUOUS =
  'Several requests were in flight on these rows, and nobody tags whose transactions they are: both databases did the same, but which of it for this request cannot be told.';
const UNLEARNED = 'Rows or references are matched by identifiers of which the pair is not known.';

function unknown(
  reason: (JudgedEffects & { type: 'unknown' })['reason'],
  explanation: string,
  effects: readonly EntityEffect[],
  mayBeOwn: boolean,
): JudgedEffects {
  return { type: 'unknown', reason, effects, explanation, mayBeOwn };
}

/** Why changes of that time may be missing. */
function gapIn(window: StateWindow, migration: string, fromMs: number): string | undefined {
  const universes = window.of(migration);
  if (fromMs < window.sinceMs) return 'The request began before this arbiter read the changes.';
  const late = UNIVERSES.find((universe) => fromMs < universes[universe].knownSinceMs);
  return late && `Not every change of ${late}'s database from the request's beginning on is known.`;
}

/** A raw JSON scalar as plain text. */
function plain(raw: string): string {
  return raw.startsWith('"') ? String(JSON.parse(raw)) : raw;
}
