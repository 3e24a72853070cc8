import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { withoutQuery } from './without-query.ts';

/** One span as OTLP tells it. Ids are lower-case hexadecimal; `parentId` is empty for a root; times are nanoseconds since 1970. */
export interface OtlpSpan {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string;
  readonly kind: SpanKind;
  readonly startNs: bigint;
  readonly endNs: bigint;
  /** Scalars as text; lists and maps are left out, what URLs may hold of secrets, and a value's end beyond {@link VALUE_CHARS_MAX}. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  /** Why it failed, or undefined. */
  readonly error: string | undefined;
}

export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';

export const VALUE_CHARS_MAX = 1_024;

const kinds: readonly SpanKind[] = ['internal', 'internal', 'server', 'client', 'producer', 'consumer'];
const errorCode = 2;

/**
 * The spans of an ExportTraceServiceRequest. The field numbers are those of opentelemetry/proto/trace/v1/trace.proto and
 * common/v1/common.proto (1.x).
 * @throws Error when the bytes are no protobuf message
 */
export function readSpans(request: Uint8Array): OtlpSpan[] {
  return messages(request, 1).flatMap((resourceSpans) => {
    const resource = fields(resourceSpans).find(({ number }) => number === 1)?.bytes;
    const service = attributesOf(resource === undefined ? [] : messages(resource, 1))['service.name'];
    return messages(resourceSpans, 2)
      .flatMap((scopeSpans) => messages(scopeSpans, 2))
      .flatMap((span) => readSpan(service ?? 'unknown', span) ?? []);
  });
}

/** Undefined for a span without ids, which belongs nowhere. */
function readSpan(service: string, message: Uint8Array): OtlpSpan | undefined {
  const read = fields(message);
  const one = (number: number) => read.findLast((field) => field.number === number);
  const all = (number: number) =>
    read.flatMap((field) => (field.number === number && field.bytes !== undefined ? [field.bytes] : []));
  const traceId = hex(one(1)?.bytes);
  const spanId = hex(one(2)?.bytes);
  if (traceId.length !== 32 || spanId.length !== 16) return undefined;
  const status = fields(one(15)?.bytes ?? new Uint8Array());
  const failed = status.some(({ number, value }) => number === 3 && Number(value) === errorCode);
  return {
    service,
    name: text(one(5)?.bytes),
    traceId,
    spanId,
    parentId: hex(one(4)?.bytes).replace(/^0+$/, ''),
    kind: kinds[Number(one(6)?.value ?? 0)] ?? 'internal',
    startNs: one(7)?.value ?? 0n,
    endNs: one(8)?.value ?? 0n,
    attributes: attributesOf(all(9)),
    links: all(13).map((link) => {
      const ids = fields(link);
      return {
        traceId: hex(ids.find(({ number }) => number === 1)?.bytes),
        spanId: hex(ids.find(({ number }) => number === 2)?.bytes),
      };
    }),
    error: failed ? text(status.find(({ number }) => number === 2)?.bytes) : undefined,
  };
}

function attributesOf(pairs: readonly Uint8Array[]): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const pair of pairs) {
    const read = fields(pair);
    const value = fields(read.find(({ number }) => number === 2)?.bytes ?? new Uint8Array())[0];
    const key = text(read.find(({ number }) => number === 1)?.bytes);
    const told = value === undefined ? '' : scalar(value);
    const shown = told === undefined ? undefined : withoutQuery(key, told);
    if (shown !== undefined) attributes[key] = shown;
  }
  return attributes;
}

/** AnyValue: text, a truth value, a whole number, or a double. */
function scalar({ number, bytes, value }: Field): string | undefined {
  switch (number) {
    case 1:
      return text(bytes).slice(0, VALUE_CHARS_MAX);
    case 2:
      return value === 0n ? 'false' : 'true';
    case 3:
      return String(BigInt.asIntN(64, value ?? 0n));
    case 4:
      return String(new Float64Array(BigUint64Array.of(value ?? 0n).buffer)[0]);
    default:
      return undefined;
  }
}

/** `bytes` of a length-delimited field, `value` of any other, as unsigned bits. */
interface Field {
  readonly number: number;
  readonly bytes?: Uint8Array;
  readonly value?: bigint;
}

function fields(message: Uint8Array): Field[] {
  const reader = new BinaryReader(message);
  const found: Field[] = [];
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    if (wireType === WireType.LengthDelimited) found.push({ number, bytes: reader.bytes() });
    else if (wireType === WireType.Varint) found.push({ number, value: BigInt(reader.uint64()) });
    else if (wireType === WireType.Bit64) found.push({ number, value: BigInt(reader.fixed64()) });
    else reader.skip(wireType, number);
  }
  return found;
}

function messages(message: Uint8Array, number: number): Uint8Array[] {
  return fields(message).flatMap((field) =>
    field.number === number && field.bytes !== undefined ? [field.bytes] : [],
  );
}

const decoder = new TextDecoder();
const text = (bytes: Uint8Array | undefined) => (bytes === undefined ? '' : decoder.decode(bytes));
const hex = (bytes: Uint8Array | undefined) =>
  Array.from(bytes ?? [], (byte) => byte.toString(16).padStart(2, '0')).join('');
