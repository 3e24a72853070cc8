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
import { compareEnds } from './compare-ends.ts';
import { compareHeaders } from './compare-headers.ts';
import type { Codecs } from './content-encoding.ts';
import type { Methods } from './descriptors.ts';
import { diffValues } from './diff.ts';
import { Findings, type SecondRun } from './findings.ts';
import { diffContentTypes } from './formats/compare-mapped.ts';
import type { Mapping } from './formats/mapping.ts';
import { readAs } from './formats/read-format.ts';
import { joined } from './header-map.ts';
import { requestUrl } from './locations.ts';
import { isGrpc, leading } from './metadata.ts';
import { enterField, type RuleTree } from './path-rules.ts';
import { readBody } from './read-body.ts';
import { type Response, readResponse } from './response.ts';
import { sameAnswer } from './same-answer.ts';
import { NumberText, sameBytes } from './value.ts';

/** What the migration file and its descriptors say of how answers of one route group are compared. */
export interface CompareRules {
  readonly paths: RuleTree;
  /** Headers compared besides those that every client acts on; lower case. */
  readonly headers: ReadonlySet<string>;
  readonly methods: Methods;
  /** Approved corrections of this group; those in {@link paths} are the same. */
  readonly approved: readonly ApprovedRule[];
  /** Declared mappings across formats of this group. */
  readonly mappings: readonly Mapping[];
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
  const { approved, mapping } = applicableTo(legacy, rules);
  // A correction that is missing shows in equal answers only, and so does a format that modern was to leave.
  const mayBeCut = approved.length === 0 && mapping === undefined;
  if (mayBeCut && sameAnswer(legacy.response, modern.response, rules.headers)) return IDENTICAL;
  const a = readResponse(legacy.response);
  const approvals = approvalsOf(approved, legacy, a, mapping, rules, codecs);
  // A second run in legacy's own shape has nothing to say of places in modern's.
  const out = new Findings(judge, mapping ? undefined : second, approvals);
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
  const base = () => requestUrl(legacy.request);
  const scope = {
    root: 'header' as const,
    declared: rules.headers,
    metadata: isGrpc(a) && isGrpc(b),
    sameBody: sameBytes(a.body, b.body) && !holdsMasks(a.body),
    base,
  };
  compareHeaders(leading(a), leading(b), mapping ? { ...scope, except: CONTENT_TYPE } : scope, root, out);
  if (mapping)
    diffContentTypes(joined(a.headers, 'content-type'), joined(b.headers, 'content-type'), mapping, out);
  const method = rules.methods.get(legacy.path);
  const body = compareBodies(a, b, { method, mapping }, root, codecs, out);
  const [endA, endB] = body.compared ? [body.legacyEnd, body.modernEnd] : [];
  compareEnds({ response: a, end: endA }, { response: b, end: endB }, rules, mapping !== undefined, out);

  // What stands already stands, whatever the part that could not be read says.
  if (out.standing > 0) {
    const { onlyAsked, severity } = out;
    return { kind: Kind.MISMATCH, differences: out.differences(), asked: onlyAsked, severity };
  }
  if (!body.compared) return { kind: Kind.LOST, reason: body.reason };
  if (out.harmless > 0) return { kind: Kind.EQUIVALENT, differences: out.differences() };
  return IDENTICAL;
}

/** Equal masks may stand for two notations of one value: of such bodies it is not known whether they were the same bytes. */
function holdsMasks(body: Uint8Array): boolean {
  return new TextDecoder().decode(body).includes('⟨masked:');
}

const CONTENT_TYPE: ReadonlySet<string> = new Set(['content-type']);

/** The approved corrections and the mapping that apply to this request; the first mapping of its route is taken. */
function applicableTo(
  exchange: Exchange,
  { approved, mappings, methods }: CompareRules,
): { readonly approved: readonly ApprovedRule[]; readonly mapping: Mapping | undefined } {
  if (approved.length === 0 && mappings.length === 0) return { approved, mapping: undefined };
  const route = routeLabel(exchange.method, exchange.path, methods.has(exchange.path));
  return {
    approved: applicable(approved, route, exchange.startedAt ? timestampMs(exchange.startedAt) : 0),
    mapping: mappings.find((mapping) => mapping.route === '' || mapping.route === route),
  };
}

/** What approved corrections may say of a request, given legacy's answer to it. */
export function requestApprovals(
  legacy: Exchange,
  rules: CompareRules,
  codecs: Codecs,
): Approvals | undefined {
  const { approved, mapping } = applicableTo(legacy, rules);
  return approvalsOf(approved, legacy, readResponse(legacy.response), mapping, rules, codecs);
}

function approvalsOf(
  approved: readonly ApprovedRule[],
  exchange: Exchange,
  answer: Response,
  mapping: Mapping | undefined,
  { methods, segments }: CompareRules,
  codecs: Codecs,
): Approvals | undefined {
  if (approved.length === 0) return undefined;
  const method = methods.get(exchange.path);
  const answerBody = () =>
    mapping ? readAs(mapping.legacy, answer, method, codecs) : readBody(answer, method, codecs);
  return new Approvals(approved, factsOf({ exchange, method, segments, codecs, answer, answerBody }));
}
