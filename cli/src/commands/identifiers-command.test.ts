import {
  IdentifiersService,
  type ListIdentifiersRequest,
} from '@chronos/proto/chronos/v1/identifiers_service_pb.js';
import { expect, test } from '@jest/globals';
import { runCli } from '../program.ts';
import { testIo } from './testing.ts';

async function identifiers(...args: string[]) {
  const requests: ListIdentifiersRequest[] = [];
  const at = { seconds: 1_000n };
  const io = testIo({
    routes: (router) =>
      router.service(IdentifiersService, {
        listIdentifiers(request) {
          requests.push(request);
          const known = request.id === 'ORD-1';
          return {
            bijections: [
              {
                name: 'orders',
                pairs: 1_200n,
                conflicts: 1n,
                overlaps: true,
                overlappingId: '5',
                lastLearnedAt: at,
                newestConflicts: [
                  { legacy: 'ORD-7', modern: 'b\u001b7', requestId: 'r2', knownRequestId: 'r1', seenAt: at },
                ],
              },
              { name: 'sessions', isToken: true },
            ],
            pairs: known
              ? [{ bijection: 'orders', legacy: 'ORD-1', modern: 'aa', requestId: 'r0', learnedAt: at }]
              : [],
          };
        },
      }),
  });
  const code = await runCli(['identifiers', 'shop', ...args], io);
  return { code, out: io.stdout(), requests };
}

test('kinds with their pairs and conflicts', async () => {
  const { code, out } = await identifiers();
  expect(code).toBe(0);
  expect(out.split('\n')).toEqual([
    'KIND               PAIRS  CONFLICTS  NEWEST',
    'orders             1,200          1  1970-01-01T00:16:40.000Z',
    'sessions (tokens)      0          0  -',
    'orders overlap: 5 is one thing in legacy and another in modern (docs/identifiers.md, "Ids that overlap")',
    '1970-01-01T00:16:40.000Z  conflict of orders: legacy ORD-7 with modern b\\x1b7 (request r2 against r1, whose pair stands)',
    '',
  ]);
});

test('one id is looked up; what is not known is said', async () => {
  const { out, requests } = await identifiers('--id', 'ORD-1', '--bijection', 'orders');
  expect(requests[0]).toMatchObject({ migration: 'shop', id: 'ORD-1', bijection: 'orders' });
  expect(out).toBe('orders: legacy ORD-1, modern aa\n  learned 1970-01-01T00:16:40.000Z from r0\n');
  expect((await identifiers('--id', 'ORD-9')).out).toBe('no pair of ORD-9 is known\n');
});

test('--json is the answer as it is', async () => {
  const { out } = await identifiers('--json');
  expect(JSON.parse(out)).toMatchObject({
    bijections: [{ name: 'orders', pairs: '1200' }, { isToken: true }],
  });
});
