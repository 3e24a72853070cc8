/**
 * JSON Schema of the migration file for editors (draft 7, which YAML language servers speak), made of the descriptors and rules of
 * migration.proto. It accepts at least what `parseMigrationFile` accepts, and both key spellings; rules that no schema can say (RE2 syntax,
 * a growing ladder) are left to Chronos.
 */
import {
  type DescField,
  type DescMessage,
  getOption,
  hasOption,
  isFieldSet,
  ScalarType,
} from '@bufbuild/protobuf';
import {
  message as messageExtension,
  oneof as oneofExtension,
  type RepeatedRules,
  type StringRules,
  StringRulesSchema,
} from '@chronos/proto/buf/validate/validate_pb.js';
import { enumNames, isDuration, rulesOf } from './accepted.ts';

export type JsonSchema = { readonly [keyword: string]: unknown };

/** Comment of a message (no field) or of one of its fields, as written in the .proto; empty when there is none. */
export type CommentOf = (message: DescMessage, field?: DescField) => string;

/** Rules over whole messages are CEL in the .proto; each has its counterpart here. */
const celSchemas: ReadonlyMap<string, JsonSchema> = new Map([
  ['universe.address_or_builds', { oneOf: [{ required: ['address'] }, { required: ['builds'] }] }],
]);

export function migrationJsonSchema(root: DescMessage, commentOf: CommentOf): JsonSchema {
  const definitions: { [name: string]: JsonSchema } = {};
  const queue: DescMessage[] = [root];
  for (const message of queue) {
    if (definitions[message.name] !== undefined) continue;
    definitions[message.name] = messageSchema(message, commentOf);
    for (const field of message.fields) {
      const inner = field.fieldKind === 'message' || field.fieldKind === 'list' ? field.message : undefined;
      if (inner !== undefined && !isDuration(field)) queue.push(inner);
    }
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Chronos migration file',
    $ref: reference(root),
    definitions,
  };
}

function messageSchema(message: DescMessage, commentOf: CommentOf): JsonSchema {
  const properties: { [name: string]: JsonSchema } = {};
  const all: JsonSchema[] = [];
  for (const field of message.fields) {
    const description = commentOf(message, field);
    const schema = fieldSchema(field);
    // `$ref` hides its neighbours in draft 7, so that a description needs the detour.
    const described = schema.$ref === undefined ? schema : { allOf: [schema] };
    properties[field.name] = description === '' ? schema : { description, ...described };
    if (field.jsonName !== field.name) {
      properties[field.jsonName] = schema;
      all.push({ not: { required: [field.name, field.jsonName] } });
    }
    if (isRequired(field)) all.push(present(field));
  }
  for (const oneof of message.oneofs) {
    const isNeeded = hasOption(oneof, oneofExtension) && getOption(oneof, oneofExtension).required;
    const alternatives: JsonSchema[] = oneof.fields.map(present);
    if (!isNeeded) alternatives.push({ not: { anyOf: oneof.fields.map(present) } });
    all.push({ oneOf: alternatives });
  }
  for (const rule of hasOption(message, messageExtension) ? getOption(message, messageExtension).cel : []) {
    const schema = celSchemas.get(rule.id);
    if (schema === undefined)
      throw new Error(`rule ${rule.id} of ${message.typeName} has no JSON Schema: add it to json-schema.ts`);
    all.push(schema);
  }
  const description = commentOf(message);
  return {
    type: 'object',
    ...(description === '' ? {} : { description }),
    additionalProperties: false,
    properties,
    ...(all.length === 0 ? {} : { allOf: all }),
  };
}

/** A field that a valid file must have: it says so, or its zero value breaks its own rule. */
function isRequired(field: DescField): boolean {
  const rules = rulesOf(field);
  if (rules === undefined || field.oneof !== undefined || rules.ignore !== 0) return false;
  if (rules.required) return true;
  if (field.presence === 1) return false;
  switch (rules.type.case) {
    case 'string':
      return (
        rules.type.value.pattern !== '' ||
        rules.type.value.wellKnown.case !== undefined ||
        rules.type.value.prefix !== ''
      );
    case 'repeated':
      return rules.type.value.minItems > 0n;
    case 'double':
      return (
        rules.type.value.greaterThan.case !== undefined &&
        Number(rules.type.value.greaterThan.value) >= 0 &&
        !allowsZero(rules.type.value.greaterThan)
      );
    default:
      return false;
  }
}

function allowsZero(bound: { case?: string | undefined; value?: number | undefined }): boolean {
  return bound.case === 'gte' && bound.value === 0;
}

/** The field is there, in either spelling. */
function present(field: DescField): JsonSchema {
  if (field.jsonName === field.name) return { required: [field.name] };
  return { anyOf: [{ required: [field.name] }, { required: [field.jsonName] }] };
}

function fieldSchema(field: DescField): JsonSchema {
  const rules = rulesOf(field);
  if (field.fieldKind === 'list') {
    const bounds = rules?.type.case === 'repeated' ? rules.type.value : undefined;
    const items =
      field.listKind === 'message'
        ? { $ref: reference(field.message) }
        : stringSchema(bounds?.items?.type.case === 'string' ? bounds.items.type.value : undefined);
    return { type: 'array', items, ...(bounds === undefined ? {} : listBounds(bounds)) };
  }
  if (field.fieldKind === 'map') {
    const most = rules?.type.case === 'map' ? Number(rules.type.value.maxPairs) : 0;
    return {
      type: 'object',
      additionalProperties: { type: 'string' },
      ...(most > 0 ? { maxProperties: most } : {}),
    };
  }
  if (field.fieldKind === 'enum')
    return { enum: enumNames(field.enum).flatMap((name) => [name.short, name.full]) };
  if (isDuration(field))
    return { type: 'string', pattern: '^[0-9]{1,12}(\\.[0-9]{1,9})?s$', examples: ['10s', '0.5s'] };
  if (field.fieldKind === 'message') return { $ref: reference(field.message) };
  switch (field.scalar) {
    case ScalarType.BOOL:
      return { type: 'boolean' };
    case ScalarType.STRING:
      return stringSchema(rules?.type.case === 'string' ? rules.type.value : undefined);
    case ScalarType.DOUBLE:
      return { type: 'number', ...(rules?.type.case === 'double' ? range(rules.type.value) : {}) };
    default:
      return { type: 'integer', minimum: 0 };
  }
}

function stringSchema(rules: StringRules | undefined): JsonSchema {
  if (rules === undefined) return { type: 'string' };
  const pattern = isFieldSet(rules, StringRulesSchema.field.pattern)
    ? rules.pattern
    : rules.wellKnown.case === 'hostAndPort'
      ? '^(\\[[0-9A-Fa-f:.]+\\]|[^:\\s]+):[0-9]{1,5}$'
      : isFieldSet(rules, StringRulesSchema.field.prefix)
        ? `^${rules.prefix}`
        : undefined;
  return {
    type: 'string',
    ...(pattern === undefined ? {} : { pattern }),
    ...(rules.minLen > 0n ? { minLength: Number(rules.minLen) } : {}),
    ...(rules.maxLen > 0n ? { maxLength: Number(rules.maxLen) } : {}),
  };
}

function listBounds(rules: RepeatedRules): JsonSchema {
  return {
    ...(rules.minItems > 0n ? { minItems: Number(rules.minItems) } : {}),
    ...(rules.maxItems > 0n ? { maxItems: Number(rules.maxItems) } : {}),
    ...(rules.unique ? { uniqueItems: true } : {}),
  };
}

type NumberBound = { readonly case: string | undefined; readonly value?: number | undefined };

function range(rules: { greaterThan: NumberBound; lessThan: NumberBound }): JsonSchema {
  const keywords = {
    gt: 'exclusiveMinimum',
    gte: 'minimum',
    lt: 'exclusiveMaximum',
    lte: 'maximum',
  } as const;
  const entries = [rules.greaterThan, rules.lessThan].flatMap((bound) =>
    bound.case !== undefined && bound.case in keywords
      ? [[keywords[bound.case as keyof typeof keywords], bound.value] as const]
      : [],
  );
  return Object.fromEntries(entries);
}

function reference(message: DescMessage): string {
  return `#/definitions/${message.name}`;
}
