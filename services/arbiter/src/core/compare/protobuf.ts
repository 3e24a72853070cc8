import { type DescEnum, type DescField, type DescMessage, fromBinary } from '@bufbuild/protobuf';
import { type ReflectMessage, reflect } from '@bufbuild/protobuf/reflect';
import { NumberText, type Value } from './value.ts';

export type ProtobufResult =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: string };

/**
 * A message as an object of what is set, fields under their JSON names (so that a path is the same whether the call was gRPC or Connect
 * with JSON). A field without presence that holds its default is the same as an absent one; one with presence (`optional`, messages) is
 * not, since its reader can tell. Unknown fields stand under `#<number>` as raw bytes.
 */
export function decodeMessage(desc: DescMessage, bytes: Uint8Array): ProtobufResult {
  try {
    return { ok: true, value: messageValue(reflect(desc, fromBinary(desc, bytes))) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ok: false, reason: `not a ${desc.typeName}: ${why}` };
  }
}

function messageValue(message: ReflectMessage): Value {
  const fields = new Map<string, Value>();
  for (const field of message.fields) {
    if (message.isSet(field)) fields.set(field.jsonName, fieldValue(message, field));
  }
  for (const [key, values] of unknownFields(message)) fields.set(key, values);
  return fields;
}

function unknownFields(message: ReflectMessage): Map<string, Uint8Array[]> {
  const unknown = new Map<string, Uint8Array[]>();
  for (const { no, data } of message.message.$unknown ?? []) {
    const values = unknown.get(`#${no}`);
    if (values) values.push(data);
    else unknown.set(`#${no}`, [data]);
  }
  return unknown;
}

function fieldValue(message: ReflectMessage, field: DescField): Value {
  switch (field.fieldKind) {
    case 'message':
      return messageValue(message.get(field));
    case 'enum':
      return enumValue(field.enum, message.get(field));
    case 'scalar':
      return scalarValue(message.get(field));
    case 'list': {
      const items: Value[] = [];
      for (const item of message.get(field)) items.push(elementValue(field, item));
      return items;
    }
    case 'map': {
      const entries = new Map<string, Value>();
      for (const [key, item] of message.get(field)) entries.set(String(key), elementValue(field, item));
      return entries;
    }
  }
}

function elementValue(field: DescField & { fieldKind: 'list' | 'map' }, item: unknown): Value {
  const kind = field.fieldKind === 'list' ? field.listKind : field.mapKind;
  if (kind === 'message') return messageValue(item as ReflectMessage);
  if (field.enum) return enumValue(field.enum, Number(item));
  return scalarValue(item);
}

function enumValue(desc: DescEnum, number: number): Value {
  return desc.value[number]?.name ?? new NumberText(String(number));
}

function scalarValue(value: unknown): Value {
  if (typeof value === 'boolean' || typeof value === 'string' || value instanceof Uint8Array) return value;
  // Text would lose it; a client that divides would not.
  if (Object.is(value, -0)) return new NumberText('-0');
  // A float's shortest text as a double (0.1 as 0.10000000149011612) says what was sent, bit for bit.
  return new NumberText(String(value));
}
