import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { Exchange, HttpMessage } from '@chronos/proto/events/v1/exchange_pb.js';
import { Role, Transport, Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import {
  type Difference,
  DifferenceKind,
  DifferenceSchema,
  Kind,
  Ruling,
  Severity,
  type Verdict,
  VerdictSchema,
} from '@chronos/proto/events/v1/verdict_pb.js';
import { compareExchanges } from '../compare/compare.ts';
import type { Codecs } from '../compare/content-encoding.ts';
import { type Affecting, judgeEffects } from '../effects/judge-effects.ts';
import type { StateWindow } from '../effects/state-window.ts';
import { judgeEntangled } from '../entangled/judge-entangled.ts';
import { NO_PAIRS, type Pairs } from '../entangled/pairs.ts';
import type { Settled } from '../join/join.ts';
import type { LostReason, Outcome } from '../join/settle.ts';
import { judgeBy } from '../judge/judge.ts';
import type { Judge } from '../judge/ruling.ts';
import { compareConnections, copyEndedWithConnection } from '../tcp/compare-connections.ts';
import { clientStatus } from './client-status.ts';
import { type Exchanged, type Exchanging, exchanged } from './exchanged.ts';
import { type RouteLabels, routeLabel } from './route.ts';
import { type MigrationRules, routeRulesOf, rulesOf, versionOf } from './rules.ts';
import { secondRun } from './second-run.ts';
import { segmentsOf } from './segments.ts';
import { type Ending, UNSAID, withEffects } from './with-effects.ts';

/** Bodies in a verdict are for people: this much of each, so that four of them and their headers fit a record. */
export const VERDICT_BODY_BYTES_MAX = 64 << 10;

export interface JudgeContext {
  /** undefined: none are known for this migration. */
  readonly rules: MigrationRules | undefined;
  readonly routes: RouteLabels;
  readonly codecs: Codecs;
  readonly nowMs: number;
  /** Ids of either universe that belong together; absent: none are known. */
  readonly pairs?: Pairs;
  /** What the databases did; undefined: nothing is known of them, and nothing is compared. */
  readonly databases?:
    | { readonly window: StateWindow; readonly passed: boolean; readonly waitedMs?: number | undefined }
    | undefined;
}

/** A verdict, and whether what a request that is still under way commits may yet explain what stands in it. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly maySettle: boolean;
  /** A pair of identifiers that is not known yet may still say otherwise. */
  readonly isUnlearned: boolean;
  /** A transaction of nobody may be the request's, unless it turns out to be another's. */
  readonly mayBeOwn: boolean;
  /** A request like it that is not read yet may explain it. */
  readonly mayBeAlike: boolean;
}

type Ended = Pick<Settled, 'requestId' | 'outcome'>;

/** The end of one request's story. Pure: the same exchanges, changes, rules and time give the same verdict. */
export function verdictOf(settled: Ended, context: JudgeContext): Verdict {
  return judgeRequest(settled, context).verdict;
}

export function judgeRequest({ requestId, outcome }: Ended, context: JudgeContext): Judgement {
  const { legacy, modern } = outcome;
  const seen = answering(outcome);
  const { rules } = context;
  const route = seen ? routeOf(seen, context) : '';
  let isUnlearned = false;
  const answers = ending(outcome, route, context, () => {
    isUnlearned = true;
  });
  const whole = { requestId, seen, route, legacy, modern };
  const { ending: all, maySettle, mayBeOwn, mayBeAlike = false } = endingWithEffects(answers, whole, context);
  const verdict = create(VerdictSchema, {
    requestId,
    ...all,
    answeredBy: outcome.answeredBy,
    legacyDeployment: legacy?.deployment ?? '',
    modernDeployment: modern?.deployment ?? '',
    ...(legacy && { legacy: forPeople(legacy) }),
    ...(modern && { modern: forPeople(modern) }),
    judgedAt: timestampFromMs(context.nowMs),
    legacyStatus: clientStatus(legacy),
    modernStatus: clientStatus(modern),
    ...(legacy?.duration && { legacyDuration: legacy.duration }),
    ...(modern?.duration && { modernDuration: modern.duration }),
    rulesVersion: rules ? versionOf(rules, seen?.group ?? '') : '',
    ...(seen && {
      clientRequestId: seen.clientRequestId,
      migration: seen.migration,
      group: seen.group,
      route,
      traceparent: seen.traceparent,
      ...(seen.startedAt && { startedAt: seen.startedAt }),
      segments: segmentsOf(seen, rules?.segments ?? []),
    }),
  });
  const mayBeLearned = all.lostReason === 'effects-unlearned' || (all.kind === Kind.MISMATCH && isUnlearned);
  return { verdict, maySettle, isUnlearned: mayBeLearned, mayBeOwn, mayBeAlike };
}

/** Raw connections have no transactions that could be told to be theirs. */
function endingWithEffects(
  answers: Ending,
  request: Omit<Affecting, 'seen'> & { readonly seen: Exchange | undefined },
  whole: JudgeContext,
): Exchanged & Pick<Judgement, 'mayBeOwn'> {
  const { seen } = request;
  const { rules, databases, codecs, pairs } = whole;
  const effects = rules?.effects;
  if (databases === undefined || seen === undefined || rules === undefined || effects === undefined)
    return { ending: answers, maySettle: false, mayBeOwn: false };
  if (seen.transport === Transport.TCP) return { ending: answers, maySettle: false, mayBeOwn: false };
  const judged = judgeEffects({ ...request, seen }, { ...databases, rules, effects, codecs, pairs });
  const context = { ...databases, rules, effects, codecs, pairs };
  const together = withEffects(answers, judged, { window: databases.window, effects });
  const compared = comparedBy(request.route, whole);
  const all = exchanged(together, answers, {
    request: { ...request, seen },
    judged,
    databases: context,
    compared,
  });
  return { ...all, mayBeOwn: judged.mayBeOwn };
}

/** What the answers of any two exchanges come to. */
export function comparedBy(route: string, context: JudgeContext): Exchanging['compared'] {
  return (legacy, modern) =>
    exchangeEnding(
      { type: 'compare', legacy, modern, answeredBy: Universe.UNSPECIFIED, second: undefined },
      route,
      context,
      () => {},
    );
}

/** The exchange that tells about the request: the client's own rather than the copy. */
export function answering({ legacy, modern }: Outcome): Exchange | undefined {
  return [legacy, modern].find((e) => e?.role === Role.AUTHORITY) ?? legacy ?? modern;
}

function routeOf(
  { migration, group, method, path, transport }: Exchange,
  { routes, rules }: JudgeContext,
): string {
  if (transport === Transport.TCP) return 'tcp';
  return routes.bounded(migration, group, routeLabel(method, path, rules?.methods.has(path) ?? false));
}

function ending(outcome: Outcome, route: string, context: JudgeContext, onUnlearned: () => void): Ending {
  return connectionEnding(outcome, context.rules) ?? exchangeEnding(outcome, route, context, onUnlearned);
}

/** Of connections. Where both universes took theirs, what was seen can be compared whichever way it ended. */
function connectionEnding(outcome: Outcome, rules: MigrationRules | undefined): Ending | undefined {
  const { legacy, modern } = outcome;
  if (legacy?.transport !== Transport.TCP || modern === undefined) return undefined;
  if (!legacy.response || !modern.response) {
    // Perhaps before it was made at all; a copy that its universe refused looks the same.
    return copyEndedWithConnection(legacy, modern) ? lost('copy-cut-off') : undefined;
  }
  const groupRules = rules?.tcp.get(legacy.group);
  if (groupRules === undefined) return lost('rules-unknown');
  const comparison = compareConnections(legacy, modern, groupRules);
  if (comparison.kind === 'unknown') {
    return lost(comparison.reason ?? (outcome.type === 'lost' ? outcome.reason : 'no-answer'));
  }
  return { ...UNSAID, ...comparison, differences: [...comparison.differences] };
}

function exchangeEnding(
  outcome: Outcome,
  route: string,
  context: JudgeContext,
  onUnlearned: () => void,
): Ending {
  const { rules, codecs } = context;
  switch (outcome.type) {
    case 'lost':
      return lost(outcome.reason);
    case 'modern-no-answer':
      return {
        ...UNSAID,
        kind: Kind.MISMATCH,
        differences: [noAnswer(outcome)],
        severity: Severity.CRITICAL,
      };
    case 'compare': {
      if (!rules) return lost('rules-unknown');
      const { legacy, modern } = outcome;
      // Masks of one value differ when what is masked or by which key changed between the two captures.
      if (legacy.maskingVersion !== modern.maskingVersion) return lost('masked-differently');
      const comparison = compareExchanges(
        legacy,
        modern,
        rulesOf(rules, legacy.group),
        codecs,
        answerJudge(outcome, route, rules, context, onUnlearned),
        secondRun(comparableSecond(outcome), legacy, rules.methods.get(legacy.path), codecs),
      );
      if (comparison.kind === Kind.LOST) return lost(comparison.reason);
      return { ...UNSAID, ...comparison, differences: [...comparison.differences] };
    }
  }
}

function answerJudge(
  { legacy, modern }: Outcome & { type: 'compare' },
  route: string,
  rules: MigrationRules,
  { codecs, pairs = NO_PAIRS }: JudgeContext,
  onUnlearned: () => void,
): Judge {
  const judge = judgeBy(routeRulesOf(rules, legacy.group, route));
  if (rules.entangled === undefined) return judge;
  const context = { rules: rules.entangled, pairs, methods: rules.methods, codecs, onUnlearned };
  return judgeEntangled(legacy, modern, context, judge);
}

/** Masks of another version say nothing of noise. */
function comparableSecond({ second, legacy }: Outcome): Exchange | undefined {
  return second?.maskingVersion === legacy?.maskingVersion ? second : undefined;
}

function lost(reason: LostReason): Ending {
  return { ...UNSAID, kind: Kind.LOST, lostReason: reason };
}

function noAnswer(outcome: Outcome & { type: 'modern-no-answer' }): Difference {
  const legacy = clientStatus(outcome.legacy);
  return create(DifferenceSchema, {
    path: 'answer',
    pointer: 'answer',
    kind: DifferenceKind.MISSING_IN_MODERN,
    legacy: `status ${legacy}`,
    ruling: Ruling.BUG,
    rule: 'no-answer',
    severity: Severity.CRITICAL,
    explanation:
      'Legacy answered; modern was asked and its answer never ended (reset, deadline or connection failure).',
  });
}

function forPeople(exchange: Exchange): Exchange {
  if (!isLong(exchange.request) && !isLong(exchange.response)) return exchange;
  return {
    ...exchange,
    ...(exchange.request && { request: shortened(exchange.request) }),
    ...(exchange.response && { response: shortened(exchange.response) }),
  };
}

function isLong(message: HttpMessage | undefined): boolean {
  return (message?.body.length ?? 0) > VERDICT_BODY_BYTES_MAX;
}

function shortened(message: HttpMessage): HttpMessage {
  if (!isLong(message)) return message;
  return { ...message, body: message.body.subarray(0, VERDICT_BODY_BYTES_MAX), bodyTruncated: true };
}
