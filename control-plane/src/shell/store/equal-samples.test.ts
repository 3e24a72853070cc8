import { create, toBinary } from '@bufbuild/protobuf';
import { ExchangeSchema } from '@chronos/proto/events/v1/exchange_pb.js';
import { Kind, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { expect, test } from '@jest/globals';
import { EqualSamples } from './equal-samples.ts';

const answer = { a: 1, items: [{ price: 2 }] };

interface Stored {
  readonly kind: Kind;
  readonly differences: { path: string }[];
}

/** What the samples of a field say was answered, when these verdicts are stored. */
async function samples(field: string, verdicts: readonly Stored[]) {
  const body = new TextEncoder().encode(JSON.stringify(answer));
  const headers = [{ name: 'content-type', value: new TextEncoder().encode('application/json') }];
  const legacy = create(ExchangeSchema, {
    method: 'GET',
    path: '/order',
    response: { headers, body },
  });
  const rows = verdicts.map((verdict) => ({
    body: toBinary(VerdictSchema, create(VerdictSchema, { route: 'GET /order', legacy, ...verdict })),
  }));
  let kinds: unknown;
  const db = {
    query: async (_: string, values: readonly unknown[]) => {
      kinds = values[4];
      return { rows };
    },
  };
  const equal = new EqualSamples(db as never, () => ({ methods: new Map(), codecs: {} }) as never);
  const key = { migration: 'm', group: 'g', route: 'GET /order', modernDeployment: 'd', field };
  const values = (await equal.of(key)).map(({ legacy }) => legacy);
  return { kinds, values };
}

const differing = (...paths: string[]) => ({
  kind: Kind.MISMATCH,
  differences: paths.map((path) => ({ path })),
});

test('requests that differ elsewhere only are among those that match at a field', async () => {
  const stored = [
    { kind: Kind.EQUIVALENT, differences: [{ path: 'body.a' }] },
    differing('body.at', 'header.date'),
  ];
  const { values, kinds } = await samples('body.a', stored);
  expect(values).toEqual(['1', '1']);
  expect(kinds).toContain(Kind.MISMATCH);
});

test.each([
  ['at the field', 'body.a', 'body.a'],
  ['above it', 'body.items[*].price', 'body.items'],
  ['below it', 'body.items', 'body.items[*].price'],
  ['where is not told', 'body.a', 'more'],
])('those that differ %s are not', async (_, field, path) => {
  expect((await samples(field, [differing(path)])).values).toEqual([]);
});
