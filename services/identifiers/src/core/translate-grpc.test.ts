import { create, createFileRegistry, fromBinary, type MessageShape, toBinary } from '@bufbuild/protobuf';
import type { GenMessage } from '@bufbuild/protobuf/codegenv2';
import {
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from '@bufbuild/protobuf/wkt';
import { codecs } from '@chronos/arbiter/shell/codecs.ts';
import { headerBytes } from '@chronos/capture/core/identifiers/header-values.ts';
import { compileSightings, sightingsIn } from '@chronos/capture/core/identifiers/sight.ts';
import { frame } from '@chronos/capture/core/mask/mask-frames.ts';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import {
  ExchangeSchema,
  HttpMessageSchema,
  Outcome,
  Role,
  Universe,
} from '@chronos/proto/events/v1/exchange_pb.js';
import { expect, test } from '@jest/globals';
import { compileIdentifiers, planOf } from './plan.ts';
import { translateBody } from './translate-body.ts';
import { Untranslatable } from './translator.ts';

const call = '/ids.Ids/Call';
const field = (name: string, number: number, type: Type, more: object = {}) => ({
  name,
  number,
  type,
  label: Label.OPTIONAL,
  jsonName: name,
  ...more,
});
const map = (name: string, key: Type) => ({
  name,
  options: { mapEntry: true },
  field: [field('key', 1, key), field('value', 2, Type.MESSAGE, { typeName: '.ids.Inner' })],
});
const many = { label: Label.REPEATED };
const set = create(FileDescriptorSetSchema, {
  file: [
    create(FileDescriptorProtoSchema, {
      name: 'ids.proto',
      package: 'ids',
      syntax: 'proto3',
      messageType: [
        { name: 'Inner', field: [field('id', 1, Type.STRING)] },
        {
          name: 'All',
          nestedType: [map('NumberedEntry', Type.SINT64), map('FlaggedEntry', Type.BOOL)],
          field: [
            field('bytes', 1, Type.BYTES),
            field('int32', 2, Type.INT32),
            field('int64', 3, Type.INT64),
            field('uint32', 4, Type.UINT32),
            field('uint64', 5, Type.UINT64),
            field('sint32', 6, Type.SINT32),
            field('sint64', 7, Type.SINT64),
            field('fixed32', 8, Type.FIXED32),
            field('fixed64', 9, Type.FIXED64),
            field('sfixed32', 10, Type.SFIXED32),
            field('sfixed64', 11, Type.SFIXED64),
            field('packed', 12, Type.SINT64, many),
            field('numbered', 13, Type.MESSAGE, { ...many, typeName: '.ids.All.NumberedEntry' }),
            field('flagged', 14, Type.MESSAGE, { ...many, typeName: '.ids.All.FlaggedEntry' }),
            field('flag', 15, Type.BOOL),
            field('double', 16, Type.DOUBLE),
            field('other', 17, Type.STRING),
          ],
        },
      ],
      service: [{ name: 'Ids', method: [{ name: 'Call', inputType: '.ids.All', outputType: '.ids.All' }] }],
    }),
  ],
});
const All = createFileRegistry(set).getMessage('ids.All') as GenMessage<MessageShape<never>>;

type Fields = Readonly<Record<string, unknown>>;
const body = (fields: Fields) => frame(0, toBinary(All, create(All, fields as never)));
const message = (fields: Fields) =>
  create(HttpMessageSchema, {
    headers: [
      { name: ':status', value: headerBytes('200') },
      { name: 'content-type', value: headerBytes('application/grpc') },
    ],
    body: body(fields),
  });
const rulesAt = (at: string) =>
  create(JudgingRulesSchema, {
    descriptorSets: [toBinary(FileDescriptorSetSchema, set)],
    spec: { identifiers: { bijections: [{ name: 'ids', made: [{ route: call, at }], used: [{ at }] }] } },
  });

/** What an answer hands out there. */
function sighted(at: string, fields: Fields): string[] {
  const rules = compileSightings(rulesAt(at));
  const exchange = create(ExchangeSchema, {
    method: 'POST',
    path: call,
    outcome: Outcome.COMPLETE,
    role: Role.AUTHORITY,
    universe: Universe.LEGACY,
    response: message(fields),
  });
  return rules === undefined
    ? []
    : sightingsIn(exchange, rules, codecs).flatMap(({ values }) => values.map(({ value }) => value));
}

/** The request with what stands there in the other universe; undefined: as it was. */
function translated(at: string, fields: Fields, pairs: Readonly<Record<string, string>>): Fields | undefined {
  const rules = compileIdentifiers(rulesAt(at));
  const plan = rules && planOf(rules, 'POST', call);
  if (plan === undefined) throw new Error('nothing is declared of the call');
  const resolve = (_: string, value: string) => {
    const partner = pairs[value];
    return partner === undefined ? undefined : { value: partner, isNumber: /^-?[0-9]+$/.test(partner) };
  };
  const result = translateBody(message(fields), plan, resolve, codecs);
  return result && (fromBinary(All, result.bytes.subarray(5)) as unknown as Fields);
}

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));

test.each([
  ['a binary id', bytes('00ff8012aabbccdd0102030405060708'), bytes('11ee9034ddccbbaa0807060504030201')],
  [
    'text, and text that is not ASCII',
    new TextEncoder().encode('order-1'),
    new TextEncoder().encode('Größe'),
  ],
  ['text that looks like how binary ids are spelled', new TextEncoder().encode('base64:AA=='), bytes('00')],
])('bytes arrive as the other universe made them: %s', (_, legacy, modern) => {
  const [from] = sighted('body.bytes', { bytes: legacy });
  const [to] = sighted('body.bytes', { bytes: modern });
  // It is kept in Postgres, which has no NUL.
  expect(`${from}${to}`).not.toContain('\0');
  const pairs = { [from as string]: to as string };
  expect(translated('body.bytes', { bytes: legacy, other: 'x' }, pairs)).toMatchObject({
    bytes: modern,
    other: 'x',
  });
  expect(translated('body.bytes', { bytes: legacy, other: 'x' }, {})).toBeUndefined();
});

test.each([
  ['int32', -5, -2_147_483_648],
  ['int64', -5n, 9_223_372_036_854_775_807n],
  ['uint32', 5, 4_294_967_295],
  ['uint64', 9_223_372_036_854_775_809n, 18_446_744_073_709_551_615n],
  ['sint32', 5, -2_147_483_648],
  ['sint64', -5n, 9_223_372_036_854_775_807n],
  ['fixed32', 3_000_000_001, 5],
  ['fixed64', 5n, 18_446_744_073_709_551_615n],
  ['sfixed32', -5, 2_147_483_647],
  ['sfixed64', -5n, -9_223_372_036_854_775_808n],
])('a number is known by what it means, of whatever kind: %s', (kind, legacy, modern) => {
  const at = `body.${kind}`;
  expect(sighted(at, { [kind]: legacy })).toEqual([String(legacy)]);
  const result = translated(at, { [kind]: legacy, other: 'x' }, { [String(legacy)]: String(modern) });
  expect(result).toMatchObject({ [kind]: modern, other: 'x' });
});

test.each([
  ['int32', 1, '2147483648'],
  ['uint32', 1, '-1'],
  ['sint64', 1n, '9223372036854775808'],
  ['uint64', 1n, 'order-1'],
  ['double', 1, '2'],
  ['flag', true, '2'],
])('what no such number can be is not sent, and counted: %s', (kind, legacy, modern) => {
  const pairs = { [String(legacy)]: modern };
  expect(() => translated(`body.${kind}`, { [kind]: legacy }, pairs)).toThrow(Untranslatable);
});

test('one element of a packed list, or each', () => {
  const packed = [5n, -5n];
  const pairs = { '5': '70', '-5': '71' };
  expect(sighted('body.packed[1]', { packed })).toEqual(['-5']);
  expect(translated('body.packed[1]', { packed }, pairs)).toMatchObject({ packed: [5n, 71n] });
  expect(translated('body.packed[*]', { packed }, pairs)).toMatchObject({ packed: [70n, 71n] });
});

test.each([
  ['body.numbered.-7.id', ['a']],
  ['body.numbered[*].id', ['a', 'b']],
  ['body.numbered.*.id', ['a', 'b']],
  ['body.flagged.true.id', ['c']],
])('entries of a map whose keys are no texts: %s', (at, found) => {
  const fields = {
    numbered: { '-7': { id: 'a' }, '8': { id: 'b' } },
    flagged: { true: { id: 'c' } },
  };
  expect(sighted(at, fields).sort()).toEqual(found);
  const result = translated(at, fields, { a: 'A', b: 'B', c: 'C' });
  const ids = JSON.stringify(result && [result.numbered, result.flagged]);
  for (const id of found) expect(ids).toContain(id.toUpperCase());
});
