import { ScalarType } from '@bufbuild/protobuf';

/** How a kind of integer stands on the wire: a varint or a fixed number, taken as unsigned (protobuf.dev/programming-guides/encoding). */
export interface IntegerKind {
  readonly least: bigint;
  readonly most: bigint;
  fromWire(wire: bigint): bigint;
  toWire(value: bigint): bigint;
}

function signed(bits: number, wireBits: number): IntegerKind {
  return {
    least: -(1n << BigInt(bits - 1)),
    most: (1n << BigInt(bits - 1)) - 1n,
    fromWire: (wire) => BigInt.asIntN(bits, wire),
    toWire: (value) => BigInt.asUintN(wireBits, value),
  };
}

function unsigned(bits: number): IntegerKind {
  return {
    least: 0n,
    most: (1n << BigInt(bits)) - 1n,
    fromWire: (wire) => BigInt.asUintN(bits, wire),
    toWire: (value) => value,
  };
}

/** 0, -1, 1, -2 … as 0, 1, 2, 3 …. */
function zigzag(bits: number): IntegerKind {
  return {
    ...signed(bits, bits),
    fromWire: (wire) => (BigInt.asUintN(bits, wire) >> 1n) ^ -(wire & 1n),
    toWire: (value) => (value < 0n ? -2n * value - 1n : 2n * value),
  };
}

/** A negative int32 is written as one of 64 bits. */
const KINDS: ReadonlyMap<ScalarType, IntegerKind> = new Map([
  [ScalarType.INT32, signed(32, 64)],
  [ScalarType.INT64, signed(64, 64)],
  [ScalarType.UINT32, unsigned(32)],
  [ScalarType.UINT64, unsigned(64)],
  [ScalarType.SINT32, zigzag(32)],
  [ScalarType.SINT64, zigzag(64)],
  [ScalarType.FIXED32, unsigned(32)],
  [ScalarType.FIXED64, unsigned(64)],
  [ScalarType.SFIXED32, signed(32, 32)],
  [ScalarType.SFIXED64, signed(64, 64)],
]);

/** undefined: no integer. */
export function integerKind(scalar: ScalarType | undefined): IntegerKind | undefined {
  return scalar === undefined ? undefined : KINDS.get(scalar);
}
