import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { type Attributes, parseAttributes } from './attributes.ts';
import { MalformedStream } from './grpc-frames.ts';
import { eachField, endOf } from './wire.ts';

export type Half = 'request' | 'response';

export interface HeaderField {
  /** In lower case; pseudo-headers included. */
  readonly name: string;
  readonly value: Uint8Array;
}

/** One thing that Envoy saw pass on its way to or from a universe. */
export type Observation =
  | {
      readonly kind: 'headers';
      readonly half: Half;
      readonly fields: HeaderField[];
      readonly end: boolean;
      /** What the filter was asked to tell beside; only with the first message of a half, if at all. */
      readonly attributes?: Attributes;
    }
  | { readonly kind: 'body'; readonly half: Half; readonly data: Uint8Array; readonly end: boolean }
  | { readonly kind: 'trailers'; readonly half: Half; readonly fields: HeaderField[]; readonly end: true };

type Parser = (reader: BinaryReader, end: number) => Observation;

/** Field number in envoy.service.ext_proc.v3.ProcessingRequest → what it carries. */
const parsers: ReadonlyMap<number, Parser> = new Map([
  [2, headersOf('request')],
  [3, headersOf('response')],
  [4, bodyOf('request')],
  [5, bodyOf('response')],
  [6, trailersOf('request')],
  [7, trailersOf('response')],
]);

const attributesField = 9;

/**
 * Reads an envoy.service.ext_proc.v3.ProcessingRequest. By hand, because capture needs 5 of the 60 fields below it, and a message is read
 * for each header block and body chunk of each exchange: bench/capture has the figures.
 */
export function parseObservation(message: Uint8Array): Observation {
  const reader = new BinaryReader(message);
  let observation: Observation | undefined;
  let attributes: Attributes | undefined;
  try {
    while (reader.pos < reader.len) {
      const [field, wireType] = reader.tag();
      const parse = parsers.get(field);
      if (parse && wireType === WireType.LengthDelimited) {
        const end = endOf(reader);
        observation = parse(reader, end);
        reader.pos = end;
      } else if (field === attributesField && wireType === WireType.LengthDelimited) {
        attributes = parseAttributes(reader, endOf(reader));
      } else {
        reader.skip(wireType, field);
      }
    }
  } catch (error) {
    throw new MalformedStream('not a ProcessingRequest', { cause: error });
  }
  if (!observation) throw new MalformedStream('a ProcessingRequest without headers, body or trailers');
  return observation.kind === 'headers' && attributes ? { ...observation, attributes } : observation;
}

function headersOf(half: Half): Parser {
  return (reader, end) => {
    let fields: HeaderField[] = [];
    let endOfStream = false;
    eachField(reader, end, (field) => {
      if (field === 1) fields = headerMap(reader, endOf(reader));
      else if (field === 3) endOfStream = reader.bool();
      else return false;
      return true;
    });
    return { kind: 'headers', half, fields, end: endOfStream };
  };
}

function bodyOf(half: Half): Parser {
  return (reader, end) => {
    let data = new Uint8Array(0);
    let endOfStream = false;
    eachField(reader, end, (field) => {
      if (field === 1) data = reader.bytes() as Uint8Array<ArrayBuffer>;
      else if (field === 2) endOfStream = reader.bool();
      else return false;
      return true;
    });
    return { kind: 'body', half, data, end: endOfStream };
  };
}

function trailersOf(half: Half): Parser {
  return (reader, end) => {
    let fields: HeaderField[] = [];
    eachField(reader, end, (field) => {
      if (field !== 1) return false;
      fields = headerMap(reader, endOf(reader));
      return true;
    });
    return { kind: 'trailers', half, fields, end: true };
  };
}

/** envoy.config.core.v3.HeaderMap; Envoy puts a value into `raw_value` (3), by old configuration into `value` (2). */
function headerMap(reader: BinaryReader, end: number): HeaderField[] {
  const fields: HeaderField[] = [];
  eachField(reader, end, (mapField) => {
    if (mapField !== 1) return false;
    let name = '';
    let value: Uint8Array = new Uint8Array(0);
    eachField(reader, endOf(reader), (field) => {
      if (field === 1) name = reader.string();
      else if (field === 2 || field === 3) value = reader.bytes();
      else return false;
      return true;
    });
    fields.push({ name, value });
    return true;
  });
  return fields;
}
