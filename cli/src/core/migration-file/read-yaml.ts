/**
 * YAML nodes → protobuf JSON, guided by the message's descriptor. Everything of the wrong shape becomes a problem at its place and is left
 * out, so that the rest of the file is still checked.
 */
import {
  type DescField,
  type DescMessage,
  type JsonObject,
  type JsonValue,
  ScalarType,
} from '@bufbuild/protobuf';
import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import { acceptedElement, acceptedField, enumNames, isDuration } from './accepted.ts';
import { nearest } from './nearest.ts';
import type { Places } from './places.ts';

/** Aliases a file may use; each costs a walk over the document, and they are what YAML bombs are made of. */
export const aliasesMax = 64;
/** Values a file may hold once its aliases stand for what they name. */
export const valuesMax = 20_000;

/** The file asks for more than the bounds allow. */
export class TooMuch extends Error {
  readonly node: unknown;

  constructor(node: unknown, message: string) {
    super(message);
    this.name = 'TooMuch';
    this.node = node;
  }
}

export class YamlReader {
  readonly #document: Document;
  readonly #places: Places;
  readonly #resolved = new Map<Alias, unknown>();
  #values = 0;

  constructor(document: Document, places: Places) {
    this.#document = document;
    this.#places = places;
  }

  /** The message at a node as protobuf JSON; undefined when it is no mapping. */
  readMessage(desc: DescMessage, node: unknown, path: string): JsonObject | undefined {
    const value = this.#resolve(node);
    if (!isMap(value)) {
      this.#wrongType(node, path, `a mapping of ${desc.fields.map((field) => field.name).join(', ')}`);
      return undefined;
    }
    const byName = new Map(
      desc.fields.flatMap((field) => [[field.name, field] as const, [field.jsonName, field] as const]),
    );
    const json: JsonObject = {};
    const givenOneofs = new Map<string, string>();
    for (const pair of value.items) {
      this.#count(pair.key);
      const key = isScalar(pair.key) ? String(pair.key.value) : '';
      const field = byName.get(key);
      if (field === undefined) {
        const names = desc.fields.map((known) => known.name);
        const suggestion = nearest(key, names);
        const hint = suggestion === undefined ? '' : `; did you mean \`${suggestion}\`?`;
        this.#places.problemAt(pair.key, join(path, key), `is not a known key${hint}`, names.join(', '));
        continue;
      }
      const fieldPath = join(path, field.name);
      if (json[field.jsonName] !== undefined) {
        this.#places.problemAt(
          pair.key,
          fieldPath,
          `is given twice, as \`${field.name}\` and as \`${field.jsonName}\``,
          '',
        );
        continue;
      }
      const other = field.oneof === undefined ? undefined : givenOneofs.get(field.oneof.name);
      if (field.oneof !== undefined && other !== undefined) {
        const names = field.oneof.fields.map((member) => member.name).join(', ');
        this.#places.problemAt(
          pair.key,
          fieldPath,
          `cannot stand beside \`${other}\``,
          `only one of ${names}`,
        );
        continue;
      }
      if (field.oneof !== undefined) givenOneofs.set(field.oneof.name, field.name);
      this.#places.remember(fieldPath, pair.key, '');
      const read = this.#readField(field, pair.value, fieldPath, pair.key);
      if (read !== undefined) json[field.jsonName] = read;
    }
    return json;
  }

  #readField(field: DescField, node: unknown, path: string, key: unknown): JsonValue | undefined {
    const value = this.#resolve(node);
    if (value === undefined || value === null || (isScalar(value) && value.value === null)) {
      this.#places.problemAt(key, path, 'has no value', acceptedField(field));
      return undefined;
    }
    if (field.fieldKind === 'list') return this.#readList(field, value, node, path);
    if (field.fieldKind === 'map') return this.#readMap(field, value, node, path);
    return this.#readElement(field, node, path);
  }

  #readList(
    field: DescField & { fieldKind: 'list' },
    value: unknown,
    node: unknown,
    path: string,
  ): JsonValue | undefined {
    if (!isSeq(value)) return this.#wrongType(node, path, acceptedField(field));
    // A bad item leaves an empty one behind, so that the indices of the others still name their places.
    const empty = field.listKind === 'message' ? {} : '';
    return value.items.map((item, index) => this.#readElement(field, item, `${path}[${index}]`) ?? empty);
  }

  #readMap(
    field: DescField & { fieldKind: 'map' },
    value: unknown,
    node: unknown,
    path: string,
  ): JsonValue | undefined {
    if (!isMap(value)) return this.#wrongType(node, path, acceptedField(field));
    const entries: JsonObject = {};
    for (const pair of value.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : '';
      const read = this.#readElement(field, pair.value, `${path}["${key}"]`);
      if (read !== undefined) entries[key] = read;
    }
    return entries;
  }

  /** One value of a field, or one element of a list or map. */
  #readElement(field: DescField, node: unknown, path: string): JsonValue | undefined {
    this.#count(node);
    const value = this.#resolve(node);
    if (isDuration(field)) return this.#readDuration(field, value, node, path);
    if (field.fieldKind === 'message') return this.readMessage(field.message, node, path);
    if (field.fieldKind === 'list' && field.listKind === 'message') {
      this.#places.remember(path, value, '');
      return this.readMessage(field.message, node, path);
    }
    if (!isScalar(value)) return this.#wrongType(node, path, acceptedElement(field));
    this.#places.remember(path, node, sourceText(value));
    if (field.fieldKind === 'enum') {
      const written = value.value;
      const known = enumNames(field.enum).find((name) => name.short === written || name.full === written);
      return known === undefined ? this.#wrongType(node, path, acceptedElement(field)) : known.full;
    }
    const scalar = scalarOf(field);
    const read = scalarValue(scalar, value.value);
    if (read !== undefined) return read;
    const hint = scalar === ScalarType.STRING ? '; put it in quotes' : '';
    return this.#wrongType(node, path, `${acceptedElement(field)}${hint}`);
  }

  #readDuration(field: DescField, value: unknown, node: unknown, path: string): JsonValue | undefined {
    if (!isScalar(value)) return this.#wrongType(node, path, acceptedElement(field));
    this.#places.remember(path, node, sourceText(value));
    if (typeof value.value === 'string' && /^\d{1,12}(\.\d{1,9})?s$/.test(value.value)) return value.value;
    const inSeconds = secondsOf(value.value);
    const hint = inSeconds === undefined ? '' : `; write \`${inSeconds}\``;
    return this.#wrongType(node, path, `${acceptedElement(field)}${hint}`);
  }

  #wrongType(node: unknown, path: string, accepted: string): undefined {
    const value = this.#resolve(node);
    const what = isMap(value)
      ? 'is a mapping'
      : isSeq(value)
        ? 'is a list'
        : `is ${isScalar(value) ? sourceText(value) : 'empty'}`;
    this.#places.problemAt(node, path, what, accepted);
  }

  /** What a node stands for: the anchor's node for an alias. */
  #resolve(node: unknown): unknown {
    if (!isAlias(node)) return node;
    if (!this.#resolved.has(node)) {
      if (this.#resolved.size === aliasesMax) throw new TooMuch(node, `uses more than ${aliasesMax} aliases`);
      this.#resolved.set(node, node.resolve(this.#document));
    }
    return this.#resolved.get(node);
  }

  #count(node: unknown): void {
    this.#values += 1;
    if (this.#values > valuesMax)
      throw new TooMuch(node, `holds more than ${valuesMax} values, aliases counted as what they stand for`);
  }
}

/** The value as protobuf's JSON takes it; undefined when it is of another type. */
function scalarValue(scalar: ScalarType, value: unknown): JsonValue | undefined {
  switch (scalar) {
    case ScalarType.BOOL:
      return typeof value === 'boolean' ? value : undefined;
    case ScalarType.DOUBLE:
      return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
    case ScalarType.STRING:
      return typeof value === 'string' ? value : undefined;
    default: {
      const most = scalar === ScalarType.UINT32 ? 2 ** 32 - 1 : Number.MAX_SAFE_INTEGER;
      return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most
        ? value
        : undefined;
    }
  }
}

function scalarOf(field: DescField): ScalarType {
  if (field.fieldKind === 'scalar' || (field.fieldKind === 'map' && field.mapKind === 'scalar'))
    return field.scalar;
  if (field.fieldKind === 'list' && field.listKind === 'scalar') return field.scalar;
  throw new Error(`${field.toString()}: the migration file has no field of this kind; teach read-yaml.ts`);
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** A scalar as it stands in the file, cut for a message. */
function sourceText(node: Node): string {
  const text = isScalar(node) ? (node.source ?? String(node.value)) : '';
  return text.length > 60 ? `\`${text.slice(0, 57)}…\`` : `\`${text}\``;
}

/** `1m`, `500ms`, `2 h` or a bare number of seconds, as protobuf's JSON writes durations. */
function secondsOf(value: unknown): string | undefined {
  if (typeof value === 'number' && value >= 0) return `${value}s`;
  const match = typeof value === 'string' ? /^(\d+(?:\.\d+)?) *(ms|s|sec|m|min|h|d)$/.exec(value) : null;
  const factor = { ms: 0.001, s: 1, sec: 1, m: 60, min: 60, h: 3600, d: 86_400 }[match?.[2] ?? ''];
  return factor === undefined ? undefined : `${Math.round(Number(match?.[1]) * factor * 1e9) / 1e9}s`;
}
