import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { codecs } from '@chronos/arbiter/shell/codecs.ts';
import { sealingOf } from '@chronos/capture/shell/sealing.ts';
import {
  type CommonResponse,
  ProcessingRequestSchema,
} from '@chronos/envoy/api/envoy/service/ext_proc/v3/external_processor_pb.js';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { expect, test } from '@jest/globals';
import { Arrivals } from '../core/arrivals.ts';
import { Lanes } from '../core/lanes.ts';
import type { Way } from '../core/meaning.ts';
import { compileIdentifiers } from '../core/plan.ts';
import type { Patience, Resolver } from './resolver.ts';
import { Translation } from './translation.ts';

const rules = compileIdentifiers(
  create(JudgingRulesSchema, {
    spec: {
      identifiers: {
        bijections: [
          {
            name: 'orders',
            made: [{ at: 'body.id' }],
            used: [
              { route: '/orders/*', at: 'path.2' },
              { route: '/orders/*/lines', at: 'path.2' },
              { route: '/orders/*/lines', at: 'body.order' },
              { route: '/payments', at: 'body.order' },
            ],
          },
        ],
        answering: ['all'],
      },
    },
  }),
);
if (rules === undefined) throw new Error('declares identifiers');

/** Modern has answered clients. */
const facts = {
  of: async () => ({ hasModernAnswered: true, overlapping: new Set<string>() }),
  modernAnswers: async () => {},
};

/** What becomes of a client's request whose id only legacy has handed out. */
async function answered(method: string, target: 'legacy' | 'modern') {
  const asked: Patience[] = [];
  const resolver = {
    async resolve(_course: unknown, unlearned: unknown, patience: Patience) {
      asked.push(patience);
      return { resolve: () => undefined, unlearned, misleading: new Set(), isElsewhere: true };
    },
  } as unknown as Resolver;
  const scope = { migration: 'shop', sealing: sealingOf('a key for tests, of 32 characters', 'shop') };
  const translation = new Translation({
    rules: rules as NonNullable<typeof rules>,
    scope,
    target,
    way: 'answering',
    resolver,
    facts,
    arrivals: new Arrivals(new Lanes()),
    codecs,
  });
  const header = (key: string, value: string) => ({ key, rawValue: Buffer.from(value) });
  const headers = [
    header(':method', method),
    header(':path', '/orders/ORD-1'),
    header('x-chronos-route', 'shop/all'),
  ];
  const { answer } = await translation.step(
    create(ProcessingRequestSchema, {
      request: { case: 'requestHeaders', value: { headers: { headers }, endOfStream: true } },
    }),
  );
  const { response } = answer;
  return [
    response.case === 'immediateResponse' ? response.value.status?.code : response.case,
    asked[0]?.enough,
  ];
}

test('only what changes nothing goes to legacy, and only from modern', async () => {
  expect(await answered('GET', 'modern')).toEqual([421, 'elsewhere']);
  expect(await answered('HEAD', 'modern')).toEqual([421, 'elsewhere']);
  for (const method of ['POST', 'PUT', 'DELETE'])
    expect(await answered(method, 'modern')).toEqual(['requestHeaders', 'here']);
  expect(await answered('GET', 'legacy')).toEqual(['requestHeaders', 'here']);
});

const known = {
  async resolve() {
    return {
      resolve: (_: string, value: string) => ({ value: `${value}-modern`, isNumber: false }),
      unlearned: [],
      misleading: new Set(),
      isElsewhere: false,
    };
  },
} as unknown as Resolver;

function requestOf(arrivals: Arrivals, method: string, path: string, way: Way = 'copy') {
  const scope = { migration: 'shop', sealing: sealingOf('a key for tests, of 32 characters', 'shop') };
  const translation = new Translation({
    rules: rules as NonNullable<typeof rules>,
    scope,
    target: 'modern',
    way,
    resolver: known,
    facts,
    arrivals,
    codecs,
    removing(wants) {
      const named = wants.map(({ value }) => value);
      return (outcome) => removals.push([...named, outcome]);
    },
  });
  const removals: string[][] = [];
  const header = (key: string, value: string) => ({ key, rawValue: Buffer.from(value) });
  const headers = [
    header(':method', method),
    header(':path', path),
    header('content-type', 'application/json'),
    header('x-chronos-route', 'shop/all'),
  ];
  const asked: number[] = [];
  const step = async (request: MessageInitShape<typeof ProcessingRequestSchema>['request']) => {
    const message = create(ProcessingRequestSchema, { request });
    const { answer } = await translation.step(message, (ms) => asked.push(ms));
    return answer.response;
  };
  return {
    asked,
    removals,
    answered: (status: string) =>
      step({ case: 'responseHeaders', value: { headers: { headers: [header(':status', status)] } } }),
    head: (endOfStream: boolean) =>
      step({ case: 'requestHeaders', value: { headers: { headers }, endOfStream } }),
    body: (json: object) =>
      step({
        case: 'requestBody',
        value: { body: Buffer.from(JSON.stringify(json)), endOfStream: true },
      }),
    trailers: () => step({ case: 'requestTrailers', value: {} }),
    end: () => translation.end(),
  };
}

test('a read does not overtake a write that names the same in its body, though nobody has read that yet', async () => {
  const arrivals = new Arrivals(new Lanes());
  const order: string[] = [];
  const write = requestOf(arrivals, 'POST', '/payments');
  await write.head(false);
  const read = requestOf(arrivals, 'GET', '/orders/ORD-1');
  const reading = read.head(true).then(() => order.push('read'));
  const other = requestOf(arrivals, 'GET', '/nothing/declared');
  await other.head(true);
  await write.body({ order: 'ORD-1' });
  order.push('write');
  await new Promise<void>((resolve) => setImmediate(resolve));
  expect(order).toEqual(['write']);
  write.end();
  await reading;
  read.end();
  expect(arrivals.size).toBe(0);
});

test('what the head carries is translated with the body; without a body that comes, the copy is not sent', async () => {
  const arrivals = new Arrivals(new Lanes());
  const line = requestOf(arrivals, 'POST', '/orders/ORD-1/lines');
  expect(await line.head(false)).toMatchObject({ case: 'requestHeaders' });
  const { value } = await line.body({ order: 'ORD-1' });
  const { response } = value as { response?: CommonResponse };
  const set = response?.headerMutation?.setHeaders.map(({ header }) => [
    header?.key,
    Buffer.from(header?.rawValue ?? []).toString(),
  ]);
  const body = JSON.stringify({ order: 'ORD-1-modern' });
  expect(Object.fromEntries(set ?? [])).toEqual({
    ':path': '/orders/ORD-1-modern/lines',
    'content-length': String(body.length),
  });
  expect(Buffer.from(response?.bodyMutation?.mutation.value as Uint8Array).toString()).toBe(body);
  line.end();

  const cut = requestOf(arrivals, 'POST', '/orders/ORD-1/lines');
  await cut.head(false);
  expect(await cut.trailers()).toMatchObject({
    case: 'immediateResponse',
    value: { details: 'chronos_untranslatable' },
  });
  expect(arrivals.size).toBe(0);
});

test('a client does not overtake copies that change what it names: a read goes to legacy, a write waits for them', async () => {
  const arrivals = new Arrivals(new Lanes());
  const copy = requestOf(arrivals, 'POST', '/orders/ORD-1');
  await copy.head(true);
  const other = requestOf(arrivals, 'GET', '/orders/ORD-2', 'answering');
  expect(await other.head(true)).toMatchObject({ case: 'requestHeaders' });
  const read = requestOf(arrivals, 'GET', '/orders/ORD-1', 'answering');
  expect(await read.head(true)).toMatchObject({ value: { status: { code: 421 } } });
  expect(read.asked).toEqual([]);
  const write = requestOf(arrivals, 'DELETE', '/orders/ORD-1', 'answering');
  const writing = write.head(true);
  while (write.asked.length === 0) await new Promise<void>((resolve) => setImmediate(resolve));
  copy.end();
  expect(await writing).toMatchObject({ case: 'requestHeaders' });
  expect(write.asked).toHaveLength(1);
  expect(arrivals.size).toBe(0);
});

test('towards legacy nothing is translated until modern has answered a client', async () => {
  let hasModernAnswered = false;
  const answers = {
    of: async () => ({ hasModernAnswered, overlapping: new Set<string>() }),
    modernAnswers: async () => {
      hasModernAnswered = true;
    },
  };
  const pathTo = async (target: 'legacy' | 'modern', way: Way) => {
    const translation = new Translation({
      rules: rules as NonNullable<typeof rules>,
      scope: { migration: 'shop', sealing: sealingOf('a key for tests, of 32 characters', 'shop') },
      target,
      way,
      resolver: known,
      facts: answers,
      arrivals: new Arrivals(new Lanes()),
      codecs,
    });
    const header = (key: string, value: string) => ({ key, rawValue: Buffer.from(value) });
    const headers = [
      header(':method', 'GET'),
      header(':path', '/orders/7'),
      header('x-chronos-route', 'shop/all'),
    ];
    const { isChanged } = await translation.step(
      create(ProcessingRequestSchema, {
        request: { case: 'requestHeaders', value: { headers: { headers }, endOfStream: true } },
      }),
    );
    translation.end();
    return isChanged === true;
  };
  expect(await pathTo('legacy', 'answering')).toBe(false);
  expect(await pathTo('modern', 'copy')).toBe(true);
  expect(await pathTo('legacy', 'answering')).toBe(false);
  expect(await pathTo('modern', 'answering')).toBe(true);
  expect(await pathTo('legacy', 'answering')).toBe(true);
  hasModernAnswered = false;
  // Legacy gets a copy: modern has answered.
  expect(await pathTo('legacy', 'copy')).toBe(true);
  expect(hasModernAnswered).toBe(true);
});

test('a copy that removes what its path ends in says what became of that, once', async () => {
  const removed = async (method: string, path: string, status: string | undefined, way: Way = 'copy') => {
    const request = requestOf(new Arrivals(new Lanes()), method, path, way);
    await request.head(true);
    if (status !== undefined) await request.answered(status);
    request.end();
    return request.removals;
  };
  expect(await removed('DELETE', '/orders/ORD-1?now=1', '204')).toEqual([['ORD-1', 'done']]);
  expect(await removed('DELETE', '/orders/ORD-1', '409')).toEqual([['ORD-1', 'refused']]);
  expect(await removed('DELETE', '/orders/ORD-1', undefined)).toEqual([['ORD-1', 'lost']]);
  expect(await removed('DELETE', '/orders/ORD-1/lines', '204')).toEqual([]);
  expect(await removed('GET', '/orders/ORD-1', '200')).toEqual([]);
  expect(await removed('DELETE', '/orders/ORD-1', '204', 'answering')).toEqual([]);
});
