import type { BinaryReader } from '@bufbuild/protobuf/wire';
import { eachField, endOf } from './wire.ts';

/** Envoy's attributes by name; a number is given as text. */
export type Attributes = ReadonlyMap<string, string>;

/** Reads one entry of ProcessingRequest.attributes: a filter's name and a google.protobuf.Struct of what it was asked to tell. */
export function parseAttributes(reader: BinaryReader, end: number): Attributes {
  const attributes = new Map<string, string>();
  eachField(reader, end, (entryField) => {
    if (entryField !== 2) return false;
    eachField(reader, endOf(reader), (structField) => {
      if (structField !== 1) return false;
      structEntry(reader, attributes);
      return true;
    });
    return true;
  });
  return attributes;
}

function structEntry(reader: BinaryReader, into: Map<string, string>): void {
  let key = '';
  let value: string | undefined;
  eachField(reader, endOf(reader), (field) => {
    if (field === 1) key = reader.string();
    else if (field === 2) value = scalar(reader);
    else return false;
    return true;
  });
  if (value !== undefined) into.set(key, value);
}

/** google.protobuf.Value; undefined for null, true, false, lists and structs, none of which is asked for. */
function scalar(reader: BinaryReader): string | undefined {
  let value: string | undefined;
  eachField(reader, endOf(reader), (field) => {
    if (field === 2) value = String(reader.double());
    else if (field === 3) value = reader.string();
    else return false;
    return true;
  });
  return value;
}
