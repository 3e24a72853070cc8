import { type DescEnum, type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf';
import { FeatureSet_FieldPresence } from '@bufbuild/protobuf/wkt';
import { normalDecimal } from './decimal.ts';
import { isArray, isObject, NumberText, type Value } from './value.ts';

/**
 * The JSON form of a message in one spelling, as every proto3 JSON parser would take it: either name of a field, `null` and defaults of
 * fields without presence the same as absent, 64-bit numbers as text or as numbers, enums by name or number. What the descriptor does not
 * know, and the well-known types with JSON forms of their own, stay as they are.
 */
export function normalizeProtoJson(desc: DescMessage, value: Value): Value {
  if (!isObject(value) || desc.typeName.startsWith('google.protobuf.')) return value;
  const fields = new Map<string, Value>();
  for (const [key, item] of value) {
    const field = desc.fields.find((f) => f.jsonName === key || f.name === key);
    if (!field) {
      fields.set(key, item);
      continue;
    }
    if (item === null && !keepsNull(field)) continue;
    const normal = fieldValue(field, item);
    if (!isAbsent(field, normal)) fields.set(field.jsonName, normal);
  }
  return fields;
}

/** google.protobuf.Value has a null of its own. */
function keepsNull(field: DescField): boolean {
  return (
    field.message?.typeName === 'google.protobuf.Value' ||
    field.enum?.typeName === 'google.protobuf.NullValue'
  );
}

function fieldValue(field: DescField, item: Value): Value {
  if (field.fieldKind === 'list' && isArray(item)) return item.map((element) => singular(field, element));
  if (field.fieldKind === 'map' && isObject(item)) {
    return new Map([...item].map(([key, element]) => [key, singular(field, element)]));
  }
  return singular(field, item);
}

function singular(field: DescField, item: Value): Value {
  if (field.message) return normalizeProtoJson(field.message, item);
  if (field.enum) return enumName(field.enum, item);
  return scalar(field.scalar ?? ScalarType.STRING, item);
}

function enumName(desc: DescEnum, item: Value): Value {
  return item instanceof NumberText ? (desc.value[Number(item.text)]?.name ?? item) : item;
}

function scalar(type: ScalarType, item: Value): Value {
  if (typeof item !== 'string' || type === ScalarType.STRING) return item;
  if (type !== ScalarType.BYTES) return new NumberText(item);
  try {
    const base64 = item.replaceAll('-', '+').replaceAll('_', '/');
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return item;
  }
}

function isAbsent(field: DescField, value: Value): boolean {
  if (isArray(value)) return field.fieldKind === 'list' && value.length === 0;
  if (isObject(value)) return field.fieldKind === 'map' && value.size === 0;
  if (field.presence !== FeatureSet_FieldPresence.IMPLICIT) return false;
  if (field.enum) return value === field.enum.values.find((v) => v.number === 0)?.name;
  if (value instanceof NumberText) return normalDecimal(value.text) === '0' && !value.text.startsWith('-');
  if (value instanceof Uint8Array) return value.length === 0;
  return value === '' || value === false;
}
