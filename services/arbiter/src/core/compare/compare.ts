import { timestampMs } from '@bufbuild/protobuf/wkt';
import type { Segment } from '@chronos/proto/chronos/v1/migration_pb.js';
import type { Exchange } from '@chronos/proto/events/v1/exchange_pb.js';
import { type Difference, Kind, type Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { Approvals, applicable } from '../approve/approvals.ts';
import type { ApprovedRule } from '../approve/approved-rule.ts';
import { factsOf } from '../approve/exchange-facts.ts';
import type { Judge } from '../judge/ruling.ts';
import { routeLabel } from '../verdict/route.ts';
import { compareBodies } from './compare-body.ts';
import { compareHeaders } from './compare-headers.ts';
import type { Codecs } from './content-encoding.ts';
import type { Methods } from './descriptors.ts';
import { diffValues } from './diff.ts';
import { Findings, type SecondRun } from './findings.ts';
import { compareGrpcStatus, GRPC_STATUS_FIELDS, statusSource } from './grpc-status.ts';
import type { HeaderMap } from './header-map.ts';
import { enterField, type RuleTree } from './path-rules.ts';
import { readBody, type StreamEnd } from './read-body.ts';
import { isFramed } from './read-framed.ts';
import { type Response, readResponse } from './response.ts';
import { sameAnswer } from './same-answer.ts';
import { NumberText, type Value } from './value.ts';

/** What the migration file and its descriptors say of how answers of one route group are compared. */
export interface CompareRules {
  readonly paths: RuleTree;
  /** Headers compared besides those that every client acts on; lower case. */
  readonly headers: ReadonlySet<string>;
  readonly methods: Methods;
  /** Approved corrections of this group; those in {@link paths} are the same. */
  readonly approved: readonly ApprovedRule[];
  /** Declared properties of requests, which approved corrections may read. */
  readonly segments: readonly Segment[];
}

export type Comparison =
  | { readonly kind: Kind.IDENTICAL | Kind.EQUIVALENT; readonly differences: readonly Difference[] }
  | {
      readonly kind: Kind.MISMATCH;
      readonly differences: readonly Difference[];
      /** No rule shows a bug: what stands waits for an answer. */
      readonly asked: boolean;
      /** The worst of what stands. */
      readonly severity: Severity;
    }
  /** Nothing can be said: never taken as agreement. */
  | { readonly kind: Kind.LOST; readonly reason: 'body-too-large' | 'unknown-encoding' };

const IDENTICAL: Comparison = { kind: Kind.IDENTICAL, differences: [] };

/** Two answers to one request, by meaning. Both exchanges must have ended with an answer. */
export function compareExchanges(
  legacy: Exchange,
  modern: Exchange,
  rules: CompareRules,
  codecs: Codecs,
  judge: Judge,
  second?: SecondRun,
): Comparison {
  const approved = approvedFor(legacy, rules);
  // A correction that is missing shows in equal answers only.
  if (approved.length === 0 && sameAnswer(legacy.response, modern.response, rules.headers)) return IDENTICAL;
  const a = readResponse(legacy.response);
  const out = new Findings(judge, second, approvalsOf(approved, legacy, a, rules, codecs));
  const b = readResponse(modern.response);
  const { root } = rules.paths;

  const status = enterField(root, 'status');
  diffValues(
    new NumberText(String(a.status)),
    new NumberText(String(b.status)),
    { step: 'status' },
    status,
    out,
  );
  compareHeaders(a.headers, b.headers, { root: 'header', declared: rules.headers }, root, out);
  const body = compareBodies(a, b, rules.methods.get(legacy.path), root, codecs, out);
  const [endA, endB] = body.compared ? [body.legacyEnd, body.modernEnd] : [];
  compareEnds(a, b, endA, endB, rules, out);

  // What stands already stands, whatever the part that could not be read says.
  if (out.standing > 0) {
    const { onlyAsked, severity } = out;
    return { kind: Kind.MISMATCH, differences: out.differences(), asked: onlyAsked, severity };
  }
  if (!body.compared) return { kind: Kind.LOST, reason: body.reason };
  if (out.harmless > 0) return { kind: Kind.EQUIVALENT, differences: out.differences() };
  return IDENTICAL;
}

/** The approved corrections that apply to this request. */
function approvedFor(exchange: Exchange, { approved, methods }: CompareRules): readonly ApprovedRule[] {
  if (approved.length === 0) return approved;
  const route = routeLabel(exchange.method, exchange.path, methods.has(exchange.path));
  return applicable(approved, route, exchange.startedAt ? timestampMs(exchange.startedAt) : 0);
}

function approvalsOf(
  approved: readonly ApprovedRule[],
  exchange: Exchange,
  answer: Response,
  { methods, segments }: CompareRules,
  codecs: Codecs,
): Approvals | undefined {
  if (approved.length === 0) return undefined;
  const method = methods.get(exchange.path);
  const answerBody = () => readBody(answer, method, codecs);
  return new Approvals(approved, factsOf({ exchange, method, segments, codecs, answer, answerBody }));
}

/** Trailers and gRPC status, wherever the protocol puts them. */
function compareEnds(
  legacy: Response,
  modern: Response,
  legacyEnd: StreamEnd | undefined,
  modernEnd: StreamEnd | undefined,
  rules: CompareRules,
  out: Findings,
): void {
  const { root } = rules.paths;
  const a = trailersOf(legacy, legacyEnd);
  const b = trailersOf(modern, modernEnd);
  const scope = { root: 'trailer' as const, declared: rules.headers, except: GRPC_STATUS_FIELDS };
  compareHeaders(a, b, scope, root, out);
  if (isFramed(legacy.mediaType.essence) || isFramed(modern.mediaType.essence)) {
    compareGrpcStatus(statusSource(legacy.headers, a), statusSource(modern.headers, b), root, out);
  }
  diffValues(
    connectEnd(legacyEnd),
    connectEnd(modernEnd),
    { step: 'trailer' },
    enterField(root, 'trailer'),
    out,
  );
}

function trailersOf(response: Response, end: StreamEnd | undefined): HeaderMap {
  if (end?.kind !== 'trailers') return response.trailers;
  const trailers = new Map([...response.trailers].map(([name, values]) => [name, [...values]]));
  for (const line of end.text.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const values = trailers.get(name);
    if (values) values.push(line.slice(colon + 1).trim());
    else trailers.set(name, [line.slice(colon + 1).trim()]);
  }
  return trailers;
}

function connectEnd(end: StreamEnd | undefined): Value | undefined {
  return end?.kind === 'connect' ? end.value : undefined;
}
