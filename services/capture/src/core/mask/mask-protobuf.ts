import { type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf';
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { concatenated, fromBinaryText, toBinaryText } from './binary.ts';
import { maskNumber, maskPacked, onWire } from './mask-protobuf-number.ts';
import type { Masker, Reason } from './masker.ts';
import { type Cursor, enterElement, enterField, enterIndex, isSecret } from './paths.ts';
import { integerKind } from './protobuf-integer.ts';
import { maskWideText } from './wide-text.ts';

/** As deep as protobuf's own readers go. */
const DEPTH_MAX = 100;

/** The bytes are no message of that type. */
export class NoMessage extends Error {
  override readonly name = 'NoMessage';
}

export interface ProtobufScope {
  readonly masker: Masker;
  readonly place: string;
}

/**
 * A message with its secrets masked, field by field on the wire: what is not masked keeps its bytes, unknown fields too. Of a field that the
 * descriptor does not know only secrets that give themselves away are masked, at their length. undefined: nothing to mask.
 * @throws NoMessage
 */
export function maskMessage(
  bytes: Uint8Array,
  desc: DescMessage,
  cursor: Cursor,
  scope: ProtobufScope,
): Uint8Array | undefined {
  try {
    return maskFields(bytes, desc, cursor, undefined, scope, 0);
  } catch (error) {
    if (error instanceof NoMessage) throw error;
    throw new NoMessage(`not a ${desc.typeName}`, { cause: error });
  }
}

/** Bytes of which nothing is known: what gives itself away is masked at its length, so that lengths around it stay true; in UTF-16, too. */
export function maskOpaque(bytes: Uint8Array, { masker, place }: ProtobufScope): Uint8Array | undefined {
  if (!masker.recognise) return undefined;
  const within = (part: string) => masker.withinFitted(part, place, 'anything');
  const binary = toBinaryText(bytes);
  const narrow = within(binary);
  const masked = maskWideText(narrow ?? binary, within) ?? narrow;
  return masked === undefined ? undefined : fromBinaryText(masked);
}

function maskFields(
  bytes: Uint8Array,
  desc: DescMessage,
  cursor: Cursor,
  above: Reason,
  scope: ProtobufScope,
  depth: number,
): Uint8Array | undefined {
  if (depth > DEPTH_MAX) throw new NoMessage(`${desc.typeName} nested deeper than ${DEPTH_MAX}`);
  const reader = new BinaryReader(bytes);
  const parts: Uint8Array[] = [];
  const counts = new Map<number, number>();
  let copied = 0;
  while (reader.pos < reader.len) {
    const from = reader.pos;
    const [number, wireType] = reader.tag();
    const valueAt = reader.pos;
    reader.skip(wireType, number);
    const field = fieldOf(desc, number);
    const index = counts.get(number) ?? 0;
    counts.set(number, index + 1);
    const masked = maskField(
      field,
      number,
      wireType,
      bytes.subarray(valueAt, reader.pos),
      { cursor, above, index, depth },
      scope,
    );
    if (masked === undefined) continue;
    parts.push(bytes.subarray(copied, from), masked);
    copied = reader.pos;
  }
  return parts.length === 0 ? undefined : concatenated([...parts, bytes.subarray(copied)]);
}

interface At {
  readonly cursor: Cursor;
  readonly above: Reason;
  readonly index: number;
  readonly depth: number;
}

/** Of a field's value. `cursor`: as the nth of its field, where that is a list. */
interface Within extends At {
  /** Of the field itself. */
  readonly named: Cursor;
}

/** The field anew, its tag included; empty where it cannot be masked and is left out. */
function maskField(
  field: DescField | undefined,
  number: number,
  wireType: WireType,
  raw: Uint8Array,
  at: At,
  scope: ProtobufScope,
): Uint8Array | undefined {
  if (wireType === WireType.StartGroup) throw new NoMessage('groups are not read');
  if (field === undefined) {
    const content = wireType === WireType.LengthDelimited ? maskOpaque(contentOf(raw), scope) : undefined;
    return content && delimited(number, content);
  }
  const named = enterField(at.cursor, field.jsonName);
  const below = enterElement(named, at.index);
  const reason = scope.masker.reasonOf(field.name, isSecret(below), at.above);
  if (wireType !== WireType.LengthDelimited) {
    return reason === undefined ? undefined : maskNumber(field, number, wireType, raw, reason, scope);
  }
  const content = maskContent(field, contentOf(raw), { ...at, cursor: below, named }, reason, scope);
  return content && delimited(number, content);
}

function maskContent(
  field: DescField,
  content: Uint8Array,
  at: Within,
  reason: Reason,
  scope: ProtobufScope,
): Uint8Array | undefined {
  const { cursor, depth } = at;
  if (field.fieldKind === 'map') return maskEntry(field, content, at, reason, scope);
  if (field.message) return maskFields(content, field.message, cursor, reason, scope, depth + 1);
  if (field.scalar === ScalarType.STRING) return maskString(content, reason, scope);
  if (field.scalar === ScalarType.BYTES) {
    if (reason === undefined) return maskOpaque(content, scope);
    return content.length === 0 ? undefined : scope.masker.wireBytes(content, reason, scope.place);
  }
  if (reason === undefined && at.named.length === 0) return undefined;
  const reasonOf = (index: number) =>
    scope.masker.reasonOf(field.name, isSecret(enterElement(at.named, index)), at.above);
  return maskPacked(field, content, reasonOf, scope);
}

/** Of a map: a message of key (1) and value (2). */
function maskEntry(
  field: DescField & { fieldKind: 'map' },
  content: Uint8Array,
  { cursor, named, index, depth }: Within,
  reason: Reason,
  scope: ProtobufScope,
): Uint8Array | undefined {
  const reader = new BinaryReader(content);
  const parts: Uint8Array[] = [];
  const key = keyOf(field, content);
  let isMasked = false;
  while (reader.pos < reader.len) {
    const from = reader.pos;
    const [number, wireType] = reader.tag();
    const valueAt = reader.pos;
    reader.skip(wireType, number);
    const raw = content.subarray(valueAt, reader.pos);
    let masked: Uint8Array | undefined;
    if (number === 1 && wireType === WireType.LengthDelimited) {
      masked = maskString(contentOf(raw), undefined, scope);
    } else if (number === 2) {
      // By its key, as JSON has it; `[*]` is any.
      const below = [...enterField(cursor, key), ...enterIndex(named, index)];
      const why = scope.masker.reasonOf(key, isSecret(below), reason);
      if (wireType !== WireType.LengthDelimited) {
        const whole = why === undefined ? undefined : maskNumber(field, 2, wireType, raw, why, scope);
        isMasked ||= whole !== undefined;
        parts.push(whole ?? content.subarray(from, reader.pos));
        continue;
      }
      const value = contentOf(raw);
      if (field.message) masked = maskFields(value, field.message, below, why, scope, depth + 1);
      else if (field.scalar === ScalarType.STRING) masked = maskString(value, why, scope);
      else
        masked =
          why === undefined ? maskOpaque(value, scope) : scope.masker.wireBytes(value, why, scope.place);
    }
    isMasked ||= masked !== undefined;
    parts.push(masked === undefined ? content.subarray(from, reader.pos) : delimited(number, masked));
  }
  return isMasked ? concatenated(parts) : undefined;
}

/** Of an entry of a map, as JSON writes it; left out, it is the kind's nothing. */
function keyOf({ mapKey }: DescField & { fieldKind: 'map' }, content: Uint8Array): string {
  const kind = integerKind(mapKey);
  let key = kind !== undefined ? '0' : mapKey === ScalarType.BOOL ? 'false' : '';
  const reader = new BinaryReader(content);
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    const from = reader.pos;
    reader.skip(wireType, number);
    if (number !== 1) continue;
    const raw = content.subarray(from, reader.pos);
    if (wireType === WireType.LengthDelimited) key = text.decode(contentOf(raw));
    else {
      const wire = onWire(wireType, new BinaryReader(raw));
      key = kind === undefined ? String(wire !== 0n) : String(kind.fromWire(wire));
    }
  }
  return key;
}

function maskString(
  content: Uint8Array,
  reason: Reason,
  { masker, place }: ProtobufScope,
): Uint8Array | undefined {
  const masked = masker.text(text.decode(content), reason, place);
  return masked === undefined ? undefined : utf8.encode(masked);
}

/** What follows the length. */
function contentOf(raw: Uint8Array): Uint8Array {
  const reader = new BinaryReader(raw);
  const length = reader.uint32();
  return raw.subarray(reader.pos, reader.pos + length);
}

function delimited(number: number, content: Uint8Array): Uint8Array {
  return new BinaryWriter().tag(number, WireType.LengthDelimited).bytes(content).finish();
}

const fieldsByNumber = new WeakMap<DescMessage, Map<number, DescField>>();

function fieldOf(desc: DescMessage, number: number): DescField | undefined {
  let fields = fieldsByNumber.get(desc);
  if (fields === undefined) {
    fields = new Map(desc.fields.map((field) => [field.number, field]));
    fieldsByNumber.set(desc, fields);
  }
  return fields.get(number);
}

const utf8 = new TextEncoder();
const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
