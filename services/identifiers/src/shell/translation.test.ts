import { create } from '@bufbuild/protobuf';
import { codecs } from '@chronos/arbiter/shell/codecs.ts';
import { sealingOf } from '@chronos/capture/shell/sealing.ts';
import { ProcessingRequestSchema } from '@chronos/envoy/api/envoy/service/ext_proc/v3/external_processor_pb.js';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { expect, test } from '@jest/globals';
import { Lanes } from '../core/lanes.ts';
import { compileIdentifiers } from '../core/plan.ts';
import type { Patience, Resolver } from './resolver.ts';
import { Translation } from './translation.ts';

const rules = compileIdentifiers(
  create(JudgingRulesSchema, {
    spec: {
      identifiers: {
        bijections: [
          { name: 'orders', made: [{ at: 'body.id' }], used: [{ route: '/orders/*', at: 'path.2' }] },
        ],
        answering: ['all'],
      },
    },
  }),
);
if (rules === undefined) throw new Error('declares identifiers');

/** What becomes of a client's request whose id only legacy has handed out. */
async function answered(method: string, target: 'legacy' | 'modern') {
  const asked: Patience[] = [];
  const resolver = {
    async resolve(_scope: unknown, _target: unknown, unlearned: unknown, patience: Patience) {
      asked.push(patience);
      return { resolve: () => undefined, unlearned, isElsewhere: true };
    },
  } as unknown as Resolver;
  const scope = { migration: 'shop', sealing: sealingOf('a key for tests, of 32 characters', 'shop') };
  const translation = new Translation({
    rules: rules as NonNullable<typeof rules>,
    scope,
    target,
    way: 'answering',
    resolver,
    lanes: new Lanes(),
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
