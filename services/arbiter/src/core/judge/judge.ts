import { Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { pathOf } from '../compare/field-path.ts';
import type { Finding, SecondValue } from '../compare/findings.ts';
import { NumberText, type Value } from '../compare/value.ts';
import { doubtBetween } from './bugs/doubt.ts';
import type { Triple } from './episode.ts';
import type { CompiledRule } from './field-rule.ts';
import { judgeReading } from './judge-episode.ts';
import { type KnownPair, KnownPairs } from './known-pairs.ts';
import { MASKED_RULE, MASKED_SENTENCE, masksDiffer } from './masked.ts';
import { readSides } from './observe.ts';
import { areOpaque } from './opaque-pair.ts';
import { proveSides } from './pair.ts';
import { type Sides, sidesOf, UNKNOWN_FIELD } from './profile.ts';
import { type RawJson, rawJson } from './raw-json.ts';
import { asked, bug, harmless, type Judge, type Judged, severityOf, TOO_MANY } from './ruling.ts';

/** What is known of the route that a request belongs to. */
export interface RouteRules {
  /** Rules that people answered or the judge learned, by field path. */
  readonly byField: ReadonlyMap<string, readonly CompiledRule[]>;
}

export const NO_RULES: RouteRules = { byField: new Map() };

/**
 * Judges findings one by one, in this order: what the migration file declares, what is proven to mean the same, what a rule of this field
 * accepts and can verify on these two values alone, what is shown to be a bug (unless only proofs are asked for); the rest is asked. Nothing
 * is accepted on what an arbiter remembers: a restart or another arbiter gives the same ruling.
 */
export function judgeBy(rules: RouteRules): Judge {
  return (finding, second, effort) => {
    if (finding.declared !== undefined) return harmless(finding.declared, finding.explanation);
    const legacy = rawJson(finding.legacy);
    const modern = rawJson(finding.modern);
    const field = pathOf(finding.at);
    const settled =
      ofStatus(finding) ??
      ofStructure(finding, second) ??
      finding.otherwise ??
      ofCookie(finding) ??
      ofMasks(legacy, modern, second);
    const read = settled === undefined ? readAll(field, legacy, modern, second) : undefined;
    return (
      (read && proven(read)) ??
      ruled(field, legacy, modern, rules) ??
      settled ??
      (effort === 'proofs' ? TOO_MANY : alone(finding, read))
    );
  };
}

/** What is changed beyond the meaning of a value; no reading of the values excuses it. */
export const STRUCTURAL_RULES: ReadonlySet<string> = new Set([
  'status-changed',
  'elements-changed',
  'body-missing',
  'body-contradicts-headers',
  'kept-longer',
  'digest-wrong',
]);

/** What is asked whatever the values look like, each with its question: no proof holds for it, and nothing is learned of it. */
export const ASKED_RULES: ReadonlyMap<string, string> = new Map([
  ['body-unread', 'The bodies differ and cannot be read alike: may they?'],
  ['cookie-value', 'The cookie has another value: may it?'],
  ['form-member', 'A member of the form without a value is only in one answer: does nobody look for it?'],
  ['expires-changed', 'Clients may keep the answer for another time than before: may they?'],
  ['pragma-changed', 'Clients are told otherwise whether they may keep the answer: may they be?'],
  ['digest-changed', 'Only one answer tells a digest of its body: does nobody check it?'],
]);

/** Statuses have one meaning each: another one is another answer. */
function ofStatus({ at, legacy, modern, explanation }: Finding): Judged | undefined {
  if (at.step !== 'status' || (at.parent !== undefined && at.parent.step !== 'grpc')) return undefined;
  if (at.parent !== undefined) return bug('status-changed', Severity.CRITICAL, explanation);
  const severity = isFailure(modern) ? Severity.CRITICAL : Severity.MAJOR;
  return bug('status-changed', severity, `The status is ${text(modern)} instead of ${text(legacy)}.`);
}

/** An element more or less is another list, even if it says nothing (`null`, `[]`); so is an answer without its body. */
function ofStructure(
  { at, legacy, modern, explanation }: Finding,
  second: SecondValue | undefined,
): Judged | undefined {
  if (legacy !== undefined && modern !== undefined) return undefined;
  if (at.parent === undefined) return bug('body-missing', Severity.MAJOR, explanation);
  // Legacy's second run has it otherwise too: the list varies by nature.
  const varies = second !== undefined && (second.value === undefined) !== (legacy === undefined);
  if (typeof at.step !== 'number' || varies) return undefined;
  return bug('elements-changed', Severity.MAJOR, explanation);
}

/** A client sends a cookie's value back byte for byte, so that no other notation of it is the same; an empty one deletes it. */
function ofCookie({ at, legacy, modern }: Finding): Judged | undefined {
  if (at.step !== 'value' || at.parent?.parent?.step !== 'set-cookie' || !legacy || !modern) return undefined;
  return asked(
    'cookie-value',
    Severity.MAJOR,
    'The values of the cookie are not the same, and a client sends back what it was given, byte for byte.',
  );
}

/** Secrets that differ: hashes are not read. */
function ofMasks(legacy: RawJson, modern: RawJson, second: SecondValue | undefined): Judged | undefined {
  const again = second && rawJson(second.value).text;
  return masksDiffer(legacy.text, modern.text, again)
    ? asked(MASKED_RULE, Severity.MAJOR, MASKED_SENTENCE)
    : undefined;
}

const KNOWN = new KnownPairs();

/** One request's answers; what was cut is not read. */
interface Read {
  readonly field: string;
  readonly triple: Triple;
  /** Read when they are asked for: of what is known already, they never are. */
  readonly sides: () => Sides;
  readonly known: KnownPair;
  /** The second run of legacy is too long to be read. */
  readonly againCut: boolean;
}

/** Undefined when one of the two is too long to be read. */
function readAll(
  field: string,
  legacy: RawJson,
  modern: RawJson,
  second: SecondValue | undefined,
): Read | undefined {
  if (legacy.cut || modern.cut) return undefined;
  const again = second && rawJson(second.value);
  const triple: Triple = {
    ...(legacy.text !== undefined && { legacy: legacy.text }),
    ...(modern.text !== undefined && { modern: modern.text }),
    ...(again?.text !== undefined && { legacy2: again.text }),
  };
  let sides: Sides | undefined;
  return {
    field,
    triple,
    sides: () => {
      sides ??= sidesOf(triple);
      return sides;
    },
    known: second === undefined ? knownOf(field, legacy.text, modern.text) : {},
    againCut: again?.cut === true,
  };
}

/** What is known of two values, some of it at a glance. Ids and tokens that each system makes anew never come again: they are not remembered. */
function knownOf(field: string, legacy: string | undefined, modern: string | undefined): KnownPair {
  if (!areOpaque(legacy, modern)) return KNOWN.of(field, legacy, modern);
  const doubt = doubtBetween(field, [legacy, modern], '1 of 1');
  return { proven: { proof: undefined }, alone: { verdict: 'ask', severity: '', ...doubt } };
}

/** By the two values alone: what needs to know the field is left to rules that come with that knowledge. */
function proven({ field, sides, known }: Read): Judged | undefined {
  known.proven ??= { proof: proveSides(sides().legacy, sides().modern, UNKNOWN_FIELD, field) };
  const { proof } = known.proven;
  return proof && harmless(proof.rule, proof.explanation);
}

function ruled(field: string, legacy: RawJson, modern: RawJson, { byField }: RouteRules): Judged | undefined {
  if (byField.size === 0) return undefined;
  const rules = byField.get(field) ?? [];
  const accepting = rules.find((rule) => rule.accepts(legacy, modern));
  if (accepting !== undefined) return harmless(accepting.name, accepting.sentence);
  const shown = rules.find(({ isBug }) => isBug);
  return shown && bug(shown.name, Severity.MAJOR, shown.sentence);
}

/** What one request shows. More of them may show more: the control plane judges all that it keeps of the field. */
function alone(finding: Finding, read: Read | undefined): Judged {
  if (read === undefined || read.againCut) {
    return asked('too-long', Severity.MAJOR, `${finding.explanation} The values are too long to be judged.`);
  }
  const { field, triple, sides, known } = read;
  known.alone ??= judgeReading({ id: '', field, observations: [triple] }, readSides(field, [sides()], true));
  const { verdict, rule, severity, explanation } = known.alone;
  // An excerpt that tells where two long texts part says more than their beginnings.
  const words = finding.shown === undefined ? explanation : finding.explanation;
  if (verdict === 'bug') return bug(rule, severityOf(severity), words);
  return asked(rule, Severity.MAJOR, verdict === 'ask' ? words : finding.explanation);
}

function isFailure(status: Value | undefined): boolean {
  return status instanceof NumberText && (Number(status.text) >= 500 || status.text === '0');
}

function text(status: Value | undefined): string {
  return status instanceof NumberText ? status.text : '(none)';
}
