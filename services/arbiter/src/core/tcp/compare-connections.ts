import { type Exchange, Outcome, Role } from '@chronos/proto/events/v1/exchange_pb.js';
import { DifferenceKind, Kind, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import type { Comparison } from '../compare/compare.ts';
import { Findings } from '../compare/findings.ts';
import { judgeBy, NO_RULES } from '../judge/judge.ts';
import { bug, harmless } from '../judge/ruling.ts';
import { type Answer, compareAnswers } from './compare-answers.ts';
import { excerpt, firstDifference } from './excerpt.ts';
import type { TcpRules } from './rules.ts';

/** What connections amount to. `unknown`: what was seen agrees, but not all was seen; without a reason, because they never ended. */
export type ConnectionComparison =
  | Exclude<Comparison, { kind: Kind.LOST }>
  | {
      readonly kind: 'unknown';
      readonly reason: 'copies-differ' | 'copy-cut-off' | 'body-too-large' | undefined;
    };

/**
 * A connection and its copy, both taken by their universes. A difference in what was seen stands, whatever was not seen.
 */
export function compareConnections(
  legacy: Exchange,
  modern: Exchange,
  rules: TcpRules,
): ConnectionComparison {
  if (!sameRequests(legacy, modern)) return { kind: 'unknown', reason: 'copies-differ' };
  const out = new Findings(judgeBy(NO_RULES));
  const saidAll = rules.requestsOnly
    ? compareTaken(legacy, modern, out)
    : compareAnswers(answerOf(legacy), answerOf(modern), rules, out);
  const missing = unseen(legacy, modern, saidAll, rules);
  if (missing === 'early-end') addEarlyEnd(legacy, out);
  if (missing === 'excused') addExcuse(saidAll, out);
  if (out.standing > 0) {
    return { kind: Kind.MISMATCH, differences: out.differences(), asked: false, severity: out.severity };
  }
  if (missing === 'not-ended') return { kind: 'unknown', reason: undefined };
  if (missing === 'copy-cut-off' || missing === 'body-too-large') return { kind: 'unknown', reason: missing };
  const kind = out.harmless > 0 ? Kind.EQUIVALENT : Kind.IDENTICAL;
  return { kind, differences: out.differences() };
}

const bytesOf = (exchange: Exchange) => exchange.request?.body ?? new Uint8Array();

/** Envoy sends both the same bytes; one may have got fewer of them. */
function sameRequests(legacy: Exchange, modern: Exchange): boolean {
  const [a, b] = [bytesOf(legacy), bytesOf(modern)];
  return firstDifference(a, b) === Math.min(a.length, b.length);
}

function answerOf(exchange: Exchange): Answer {
  const { response, outcome } = exchange;
  return {
    bytes: response?.body ?? new Uint8Array(),
    request: bytesOf(exchange),
    isOpen: outcome !== Outcome.COMPLETE || response?.bodyTruncated === true,
  };
}

type Unseen = 'early-end' | 'excused' | 'copy-cut-off' | 'body-too-large' | 'not-ended';

const hasEnded = (exchange: Exchange) => exchange.outcome === Outcome.COMPLETE;

/** The service closed while the client had not: Envoy ends the copy at that moment, wherever it stands. */
export function copyEndedWithConnection(legacy: Exchange, modern: Exchange): boolean {
  const [authority, copy] = legacy.role === Role.SHADOW ? [modern, legacy] : [legacy, modern];
  return hasEnded(authority) && !authority.requestEnded && copy.role === Role.SHADOW && !hasEnded(copy);
}

/** What keeps the comparison from being about all of the connection; undefined when nothing does. */
function unseen(legacy: Exchange, modern: Exchange, saidAll: boolean, rules: TcpRules): Unseen | undefined {
  if (copyEndedWithConnection(legacy, modern)) {
    return saidAll || rules.serverClosesFirst ? 'excused' : 'copy-cut-off';
  }
  if (hasEnded(legacy) && !hasEnded(modern) && modern.role === Role.SHADOW) return 'early-end';
  if (!hasEnded(legacy) || !hasEnded(modern)) return 'not-ended';
  if (rules.requestsOnly) return undefined;
  const isCut = legacy.response?.bodyTruncated || modern.response?.bodyTruncated;
  return isCut ? 'body-too-large' : undefined;
}

/** Modern closed its side while the client was still sending, and so took less. Returns whether both took as much. */
function compareTaken(legacy: Exchange, modern: Exchange, out: Findings): boolean {
  const [a, b] = [legacy.request?.bodyBytes ?? 0n, modern.request?.bodyBytes ?? 0n];
  if (a <= b || !legacy.requestEnded || modern.requestEnded) return a === b;
  const explanation = `Modern took ${b} bytes of the client's ${a} and closed the connection.`;
  const at = Number(b);
  out.add({
    at: { step: 'client' },
    kind: DifferenceKind.LENGTH,
    legacy: undefined,
    modern: undefined,
    shown: { legacy: excerpt(bytesOf(legacy), at), modern: '' },
    explanation,
    judged: bug('tcp-request-not-taken', Severity.MAJOR, explanation),
  });
  return false;
}

function addEarlyEnd(legacy: Exchange, out: Findings): void {
  const explanation =
    'Legacy closed the connection in order; modern was told all that the client said and did not: it was reset, or hung.';
  const sent = `closed after ${legacy.response?.bodyBytes ?? 0n} bytes`;
  out.add({
    at: { step: 'end' },
    kind: DifferenceKind.VALUE,
    legacy: undefined,
    modern: undefined,
    shown: { legacy: sent, modern: 'not closed' },
    explanation,
    judged: bug('tcp-end-differs', Severity.MAJOR, explanation),
  });
}

/** Of a copy that said as much as its connection only the closing is unknown; more takes a word in the migration file. */
function addExcuse(saidAll: boolean, out: Findings): void {
  const explanation = saidAll
    ? 'The service closed the connection and Envoy ended the copy with it, which had said as much by then.'
    : 'The service closed the connection and Envoy ended the copy with it; the last bytes of the copy are unknown.';
  out.add({
    at: { step: 'end' },
    kind: DifferenceKind.VALUE,
    legacy: undefined,
    modern: undefined,
    shown: { legacy: '', modern: '' },
    explanation,
    judged: harmless(saidAll ? 'ended-with-connection' : 'server_closes_first', explanation),
  });
}
