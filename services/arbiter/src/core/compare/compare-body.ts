import type { DescMethod } from '@bufbuild/protobuf';
import type { BodyFormat } from '@chronos/proto/chronos/v1/migration_pb.js';
import { DifferenceKind, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { asked, type Judged } from '../judge/ruling.ts';
import { bodyFault, unread } from './body-fault.ts';
import { compareText } from './compare-text.ts';
import type { Codecs } from './content-encoding.ts';
import { diffValues, howBytesDiffer } from './diff.ts';
import { diffForms } from './diff-forms.ts';
import type { Findings } from './findings.ts';
import { diffMapped } from './formats/compare-mapped.ts';
import type { Mapping } from './formats/mapping.ts';
import { readAs } from './formats/read-format.ts';
import { joined } from './header-map.ts';
import { enterField, ignoredBy, type RuleCursor } from './path-rules.ts';
import { type Body, readBody, type StreamEnd } from './read-body.ts';
import type { Response } from './response.ts';
import { sameBytes } from './value.ts';

export type BodyResult =
  | { readonly compared: true; readonly legacyEnd?: StreamEnd; readonly modernEnd?: StreamEnd }
  | { readonly compared: false; readonly reason: 'body-too-large' | 'unknown-encoding' };

const AT = { step: 'body' };

/** Adds to `out` how two bodies differ by meaning, or says why that cannot be known. */
export function compareBodies(
  legacy: Response,
  modern: Response,
  { method, mapping }: { readonly method: DescMethod | undefined; readonly mapping: Mapping | undefined },
  rules: RuleCursor,
  codecs: Codecs,
  out: Findings,
): BodyResult {
  const below = enterField(rules, AT.step);
  if (ignoredBy(below) !== undefined) {
    diffValues(legacy.body, modern.body, AT, below, out);
    return { compared: true };
  }
  if (legacy.truncated || modern.truncated) return { compared: false, reason: 'body-too-large' };
  const read = (response: Response, format: BodyFormat | undefined) =>
    format ? readAs(format, response, method, codecs) : readBody(response, method, codecs);
  const a = read(legacy, mapping?.legacy);
  const b = read(modern, mapping?.modern);
  if (a.form === 'unreadable' || b.form === 'unreadable') {
    if (sameOnTheWire(legacy, modern)) return { compared: true };
    const reason =
      a.form === 'unreadable' ? a.reason : b.form === 'unreadable' ? b.reason : 'unknown-encoding';
    return { compared: false, reason };
  }
  const fault = bodyFault(a, b);
  if (fault) {
    addUnread(legacy, modern, fault, out);
    return { compared: true };
  }
  if (a.form === 'tree' && b.form === 'tree') {
    if (mapping) diffMapped(a.value, b.value, mapping, rules, out);
    else if (isForm(legacy) && isForm(modern)) diffForms(a.value, b.value, AT, below, out);
    else diffValues(a.value, b.value, AT, below, out);
    return { compared: true, ...(a.end && { legacyEnd: a.end }), ...(b.end && { modernEnd: b.end }) };
  }
  // In formats that differ nothing can be said of what is not read.
  if (mapping) addOtherForm(a, b, legacy, modern, out);
  else if (a.form === 'text' && b.form === 'text') compareText(a.text, b.text, a.note || b.note, AT, out);
  else if (a.form === 'bytes' && b.form === 'bytes') addOtherBytes(a.bytes, b.bytes, out);
  else if (!sameOnTheWire(legacy, modern)) addOtherForm(a, b, legacy, modern, out);
  return { compared: true };
}

/** One side is what it claims to be, the other is not (or claims something else). */
function addOtherForm(a: Body, b: Body, legacy: Response, modern: Response, out: Findings): void {
  const explanation = `The bodies cannot be read alike: legacy's is ${describe(a)}, modern's ${describe(b)}.`;
  addUnread(legacy, modern, asked('body-unread', Severity.MAJOR, explanation), out);
}

function addUnread({ body: legacy }: Response, { body: modern }: Response, otherwise: Judged, out: Findings) {
  const { explanation } = otherwise;
  const values = { legacy: unread(legacy), modern: unread(modern) };
  out.add({ at: AT, kind: DifferenceKind.TYPE, ...values, unread: true, otherwise, explanation });
}

/** Bytes that mean nothing to us, such as pictures. */
function addOtherBytes(legacy: Uint8Array, modern: Uint8Array, out: Findings): void {
  if (sameBytes(legacy, modern)) return;
  const explanation = howBytesDiffer(legacy, modern);
  const otherwise = asked('body-unread', Severity.MAJOR, explanation);
  const kind = legacy.length === modern.length ? DifferenceKind.VALUE : DifferenceKind.LENGTH;
  const values = { legacy: unread(legacy), modern: unread(modern) };
  out.add({ at: AT, kind, ...values, unread: true, otherwise, explanation });
}

function isForm({ mediaType }: Response): boolean {
  return mediaType.essence === 'application/x-www-form-urlencoded';
}

function describe(body: Body): string {
  if (body.form === 'tree') return body.value === undefined ? 'empty' : 'structured';
  if (body.form === 'unreadable') return body.reason;
  return body.note === '' ? body.form : `${body.form} (${body.note})`;
}

/** The same bytes under the same coding and charset, whatever they mean. */
function sameOnTheWire(legacy: Response, modern: Response): boolean {
  return (
    sameBytes(legacy.body, modern.body) &&
    legacy.mediaType.charset === modern.mediaType.charset &&
    joined(legacy.headers, 'content-encoding') === joined(modern.headers, 'content-encoding')
  );
}
