/**
 * What a field accepts, in words, read off its descriptor and its validation rules: the file's definition stays in one place, the .proto.
 */
import {
  type DescEnum,
  type DescField,
  getOption,
  hasOption,
  isFieldSet,
  ScalarType,
} from '@bufbuild/protobuf';
import { type Duration, DurationSchema } from '@bufbuild/protobuf/wkt';
import {
  type FieldRules,
  field as fieldExtension,
  type StringRules,
  StringRulesSchema,
  type UInt32Rules,
} from '@chronos/proto/buf/validate/validate_pb.js';

/** Words for every pattern in migration.proto; a unit test fails when one is missing. */
const patternWords: ReadonlyMap<string, string> = new Map([
  [
    '^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$',
    'lower-case letters, digits and dashes, at most 40, starting with a letter, not ending with a dash',
  ],
  ['^[A-Z][A-Z0-9_]{0,63}$', "an environment variable's name such as `TOKEN_KEY`: capitals, digits and _"],
  ['^[A-Za-z0-9-]{1,64}$', 'a header name such as `x-customer`: letters, digits and dashes, at most 64'],
  ['^[A-Za-z0-9_]{1,64}$', "a claim's name such as `sub`: letters, digits and _, at most 64"],
  ['^[A-Za-z0-9_-]{1,64}$', "a cookie's name: letters, digits, - and _, at most 64"],
  [
    '^[A-Za-z0-9][-A-Za-z0-9._]{0,39}$',
    'letters, digits, dots, dashes and _, at most 40, starting with a letter or digit',
  ],
  ['^[a-z][a-z0-9_]{0,39}$', 'lower-case letters, digits and _, at most 40, starting with a letter'],
  ['^[ -~]{0,64}$', 'ASCII text of at most 64 characters such as `Bearer `'],
  ['^[A-Z]{1,20}$', 'a method in capitals such as `GET`'],
  [
    '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?$',
    'a day such as `2027-01-31`, or an instant such as `2027-01-31T12:00:00Z`',
  ],
  ['^[A-Za-z_][A-Za-z0-9_]{0,63}$', 'letters, digits and _, at most 64, not starting with a digit'],
  ['^-?[0-9]{1,18}([.][0-9]{1,18})?$', 'a plain decimal such as `0.001`'],
]);

/** The words for a pattern of the .proto, or undefined when nobody wrote them. */
export function wordsForPattern(pattern: string): string | undefined {
  return patternWords.get(pattern);
}

export function isDuration(field: DescField): boolean {
  return field.fieldKind === 'message' && field.message.typeName === DurationSchema.typeName;
}

/** The rules of a field in the .proto; undefined when it has none. */
export function rulesOf(field: DescField): FieldRules | undefined {
  return hasOption(field, fieldExtension) ? getOption(field, fieldExtension) : undefined;
}

/** Short names (`http2`) of an enum's values; the full ones (`PROTOCOL_HTTP2`) are accepted as well. The zero value says nothing. */
export function enumNames(desc: DescEnum): { short: string; full: string }[] {
  const prefix = desc.sharedPrefix ?? '';
  return desc.values
    .filter((value) => value.number !== 0)
    .map((value) => ({ full: value.name, short: value.name.slice(prefix.length).toLowerCase() }));
}

/** What one value of the field accepts: of a list or a map, what an element accepts. */
export function acceptedElement(field: DescField): string {
  const rules = rulesOf(field);
  if (field.fieldKind === 'list')
    return field.listKind === 'message'
      ? acceptedKeys(field.message.fields)
      : scalarWords(
          field.listKind === 'scalar' ? field.scalar : undefined,
          rules?.type.case === 'repeated' ? rules.type.value.items : undefined,
        );
  if (field.fieldKind === 'map') return 'a text';
  if (field.fieldKind === 'enum')
    return `one of ${enumNames(field.enum)
      .map((name) => name.short)
      .join(', ')}`;
  if (isDuration(field)) return durationWords(rules);
  if (field.fieldKind === 'message') return acceptedKeys(field.message.fields);
  return scalarWords(field.scalar, rules);
}

/** What the whole field accepts. */
export function acceptedField(field: DescField): string {
  if (field.fieldKind === 'map') return `${mapBound(field)} such as \`NAME: value\``;
  if (field.fieldKind !== 'list') return acceptedElement(field);
  const rules = rulesOf(field);
  const bounds = rules?.type.case === 'repeated' ? rules.type.value : undefined;
  const least = Number(bounds?.minItems ?? 0n);
  const most = Number(bounds?.maxItems ?? 0n);
  const count = least > 0 ? `${least} to ${most}` : `at most ${most}`;
  const distinct = bounds?.unique === true ? ', no two alike' : '';
  return `a list of ${count} items${distinct}, each ${acceptedElement(field)}`;
}

function mapBound(field: DescField): string {
  const rules = rulesOf(field);
  const most = rules?.type.case === 'map' ? rules.type.value.maxPairs : 0n;
  return most > 0n ? `at most ${most} pairs` : 'pairs';
}

function acceptedKeys(fields: readonly DescField[]): string {
  return `a mapping of ${fields.map((field) => field.name).join(', ')}`;
}

function uint32Words({ in: values, lessThan }: UInt32Rules): string {
  if (values.length > 0) return `one of ${values.join(', ')}`;
  return lessThan.case === 'lte' ? `a whole number from 0 to ${lessThan.value}` : 'a whole number, 0 or more';
}

function scalarWords(scalar: ScalarType | undefined, rules: FieldRules | undefined): string {
  switch (scalar) {
    case ScalarType.BOOL:
      return 'true or false';
    case ScalarType.STRING:
      return rules?.type.case === 'string' ? stringWords(rules.type.value) : 'a text';
    case ScalarType.DOUBLE:
      return rules?.type.case === 'double' ? `a number${rangeWords(rules.type.value, String)}` : 'a number';
    default:
      return rules?.type.case === 'uint32' ? uint32Words(rules.type.value) : 'a whole number, 0 or more';
  }
}

function stringWords(rules: StringRules): string {
  if (isFieldSet(rules, StringRulesSchema.field.pattern))
    return wordsForPattern(rules.pattern) ?? `a text that matches ${rules.pattern}`;
  if (rules.wellKnown.case === 'hostAndPort') return 'host:port such as `127.0.0.1:8080`';
  if (isFieldSet(rules, StringRulesSchema.field.prefix)) return `a text that begins with \`${rules.prefix}\``;
  if (rules.maxLen > 0n) return `a text of ${rules.minLen} to ${rules.maxLen} characters`;
  return 'a text';
}

function durationWords(rules: FieldRules | undefined): string {
  const range = rules?.type.case === 'duration' ? rangeWords(rules.type.value, durationText) : '';
  return `a duration in seconds such as \`10s\` or \`0.5s\`${range === '' ? '' : `,${range}`}`;
}

function durationText(duration: Duration): string {
  return `${Number(duration.seconds) + duration.nanos / 1e9}s`;
}

type Bound<T> =
  | { readonly case: string; readonly value: T }
  | { readonly case: undefined; readonly value?: undefined };

function rangeWords<T>(
  rules: { greaterThan: Bound<T>; lessThan: Bound<T> },
  text: (value: T) => string,
): string {
  const { greaterThan: least, lessThan: most } = rules;
  if (least.case === 'gte' && most.case === 'lte') return ` from ${text(least.value)} to ${text(most.value)}`;
  const words: string[] = [];
  if (least.case !== undefined)
    words.push(`${least.case === 'gt' ? 'above' : 'at least'} ${text(least.value)}`);
  if (most.case !== undefined) words.push(`${most.case === 'lt' ? 'below' : 'at most'} ${text(most.value)}`);
  return words.length === 0 ? '' : ` ${words.join(' and ')}`;
}
