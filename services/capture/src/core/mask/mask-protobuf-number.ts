import { type DescField, ScalarType } from '@bufbuild/protobuf';
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { concatenated } from './binary.ts';
import type { ProtobufScope } from './mask-protobuf.ts';
import type { Reason } from './masker.ts';
import { integerKind } from './protobuf-integer.ts';

const NOTHING = new Uint8Array(0);

/**
 * No text fits where the schema has a number: another number stands for it, the same for the same value, drawn from 31 bits (of a `float` 23)
 * or 52 to 63. That two different values share one has that chance. Booleans and enumerations have too few values for that: they are left
 * out of the message, and so not compared. Returns the whole field, tag included.
 */
export function maskNumber(
  field: DescField,
  number: number,
  wireType: WireType,
  raw: Uint8Array,
  reason: string,
  scope: ProtobufScope,
): Uint8Array {
  if (isChoice(field)) {
    scope.masker.choice(reason, scope.place);
    return NOTHING;
  }
  return concatenated([
    new BinaryWriter().tag(number, wireType).finish(),
    standIn(field, wireType, raw, reason, scope),
  ]);
}

/** The elements of a packed list. `reasonOf` each by its number; undefined: it stays. */
export function maskPacked(
  field: DescField,
  content: Uint8Array,
  reasonOf: (index: number) => Reason,
  scope: ProtobufScope,
): Uint8Array | undefined {
  const reader = new BinaryReader(content);
  const wireType = wireTypeOf(field);
  const elements: Uint8Array[] = [];
  let isMasked = false;
  for (let index = 0; reader.pos < reader.len; index++) {
    const from = reader.pos;
    reader.skip(wireType);
    const raw = content.subarray(from, reader.pos);
    const reason = reasonOf(index);
    isMasked ||= reason !== undefined;
    if (reason === undefined) elements.push(raw);
    else if (isChoice(field)) scope.masker.choice(reason, scope.place);
    else elements.push(standIn(field, wireType, raw, reason, scope));
  }
  return isMasked ? concatenated(elements) : undefined;
}

/** The number as it is meant, where whoever masks knows what stands for it; else another one. */
function standIn(
  field: DescField,
  wireType: WireType,
  raw: Uint8Array,
  reason: string,
  scope: ProtobufScope,
): Uint8Array {
  const kind = integerKind(field.scalar);
  if (kind === undefined) return pseudonym(field, wireType, new BinaryReader(raw), reason, scope);
  const value = kind.fromWire(onWire(wireType, new BinaryReader(raw)));
  const other = scope.masker.integer(value, kind, reason);
  if (other === undefined) return pseudonym(field, wireType, new BinaryReader(raw), reason, scope);
  if (other === value) return raw;
  const writer = new BinaryWriter();
  const wire = kind.toWire(other);
  if (wireType === WireType.Bit64) return writer.fixed64(wire).finish();
  return wireType === WireType.Bit32 ? writer.fixed32(Number(wire)).finish() : writer.uint64(wire).finish();
}

/** What stands there, as an unsigned number. */
export function onWire(wireType: WireType, reader: BinaryReader): bigint {
  if (wireType === WireType.Bit64) return BigInt(reader.fixed64());
  return BigInt(wireType === WireType.Bit32 ? reader.fixed32() : reader.uint64());
}

function pseudonym(
  field: DescField,
  wireType: WireType,
  reader: BinaryReader,
  reason: string,
  { masker, place }: ProtobufScope,
): Uint8Array {
  const writer = new BinaryWriter();
  switch (wireType) {
    case WireType.Bit64: {
      const value = BigInt(reader.fixed64());
      // A double between 1 and 2, so that it is never infinite and never NaN.
      if (field.scalar !== ScalarType.DOUBLE)
        return writer.fixed64(masker.pseudonym(value, 63, reason, place)).finish();
      return writer.fixed64(value && (0x3ffn << 52n) | masker.pseudonym(value, 52, reason, place)).finish();
    }
    case WireType.Bit32: {
      const value = BigInt(reader.fixed32());
      if (field.scalar !== ScalarType.FLOAT)
        return writer.fixed32(Number(masker.pseudonym(value, 31, reason, place))).finish();
      return writer
        .fixed32(value === 0n ? 0 : 0x3f800000 | Number(masker.pseudonym(value, 23, reason, place)))
        .finish();
    }
    default: {
      const value = BigInt(reader.uint64());
      return writer
        .uint64(masker.pseudonym(value, IS_64_BITS.has(field.scalar) ? 63 : 31, reason, place))
        .finish();
    }
  }
}

function wireTypeOf({ scalar }: DescField): WireType {
  if (scalar === ScalarType.DOUBLE || scalar === ScalarType.FIXED64 || scalar === ScalarType.SFIXED64)
    return WireType.Bit64;
  return scalar === ScalarType.FLOAT || scalar === ScalarType.FIXED32 || scalar === ScalarType.SFIXED32
    ? WireType.Bit32
    : WireType.Varint;
}

function isChoice(field: DescField): boolean {
  return field.enum !== undefined || field.scalar === ScalarType.BOOL;
}

const IS_64_BITS: ReadonlySet<ScalarType | undefined> = new Set([
  ScalarType.INT64,
  ScalarType.UINT64,
  ScalarType.SINT64,
]);
