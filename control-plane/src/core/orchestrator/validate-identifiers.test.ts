import { create, type MessageInitShape } from '@bufbuild/protobuf';
import type { IdentifiersSchema } from '@chronos/proto/chronos/v1/identifiers_pb.js';
import { IdentifierKind } from '@chronos/proto/chronos/v1/identifiers_pb.js';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { expect, test } from '@jest/globals';
import { identifierProblems } from './validate-identifiers.ts';

const problems = (identifiers: MessageInitShape<typeof IdentifiersSchema>, joinSeconds = 10n) =>
  identifierProblems(
    create(MigrationSchema, {
      identifiers,
      routes: [{ name: 'all' }],
      policy: { joinDeadline: { seconds: joinSeconds } },
    }),
  ).map(({ path, message }) => `${path} ${message}`);
const made = [{ route: 'POST /orders', at: 'body.id' }];

test('a whole declaration has none', () => {
  expect(
    problems({
      wait: { seconds: 5n },
      answering: ['all'],
      bijections: [
        {
          name: 'orders',
          made: [...made, { at: 'header.location' }, { at: 'cookie.sid', modernAt: 'body.session[0]' }],
          used: [
            { route: 'GET /orders/*', at: 'path.2' },
            { route: '/shop.v1.Shop/Get', at: 'body.order_id' },
            { at: 'query.order' },
          ],
        },
      ],
    }),
  ).toEqual([]);
});

test('each problem names its place and what is accepted', () => {
  expect(
    problems({
      wait: { seconds: 6n },
      answering: ['none'],
      bijections: [
        { name: 'orders', made: [{ route: 'POST orders', at: 'query.id' }], used: [{ at: 'path.id' }] },
        { name: 'orders', made: [{ at: 'body' }], used: [{ route: '/a?b', at: 'header' }] },
      ],
    }),
  ).toEqual([
    'identifiers.bijections[0].made[0].route "POST orders" is no route: like POST /orders, GET /orders/* or /shop.v1.Shop/PlaceOrder',
    'identifiers.bijections[0].made[0].at "query.id" must begin with one of body, header, trailer, cookie',
    'identifiers.bijections[0].used[0].at "path.id" must say which part of the path, counted from 1: like path.2',
    'identifiers.bijections[1].name is there twice',
    'identifiers.bijections[1].made[0].at "body" names no field: like body.id',
    'identifiers.bijections[1].used[0].route "/a?b" is no route: like POST /orders, GET /orders/* or /shop.v1.Shop/PlaceOrder',
    'identifiers.bijections[1].used[0].at "header" must name one header: like header.x',
    'identifiers.answering[0] "none" is no group of routes',
    'identifiers.wait must leave the copy time to be answered: at most half of policy.join_deadline (10 s)',
  ]);
});

test('an entity that names a bijection which is not there, or one of tokens', () => {
  const fields = [
    { name: 'id', identifiers: 'orders' },
    { name: 'session', identifiers: 'sessions' },
  ];
  const spec = create(MigrationSchema, {
    entanglement: { entities: [{ name: 'order', fields }] },
    identifiers: {
      bijections: [{ name: 'sessions', kind: IdentifierKind.TOKEN, made: [{ at: 'cookie.sid' }] }],
    },
  });
  expect(identifierProblems(spec)).toEqual([
    {
      path: 'entanglement.entities[0].fields[0].identifiers',
      message: '"orders" is no bijection of identifiers.bijections',
    },
    {
      path: 'entanglement.entities[0].fields[1].identifiers',
      message: '"sessions" is of tokens: their pairs are secrets, by which no rows are matched',
    },
  ]);
});
