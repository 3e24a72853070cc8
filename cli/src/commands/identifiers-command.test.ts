import { create } from '@bufbuild/protobuf';
import { IdentifiersSchema } from '@chronos/proto/chronos/v1/identifiers_pb.js';
import {
  IdentifiersService,
  type ListIdentifiersRequest,
} from '@chronos/proto/chronos/v1/identifiers_service_pb.js';
import { JudgementService } from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import { MigrationService } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { VerdictService } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { expect, test } from '@jest/globals';
import { sampleState } from '../core/render/sample.ts';
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
              { name: 'sessions', isToken: true, overlaps: true, overlapAccepted: 'they end at midnight' },
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
    'sessions overlap: a token is one thing in legacy and another in modern, accepted: they end at midnight (docs/identifiers.md, "Ids that overlap")',
    '1970-01-01T00:16:40.000Z  conflict of orders: legacy ORD-7 with modern b\\x1b7 (request r2 against r1, whose pair stands)',
    expect.stringMatching(
      /^where one of orders was removed and its id is used again, that is followed only if a DELETE/,
    ),
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

test('chronos status tells what somebody has accepted of them', async () => {
  const state = sampleState();
  const bijections = [{ name: 'orders', overlaps: true, overlappingId: '5', overlapAccepted: 'only trials' }];
  const io = testIo({
    routes: (router) => {
      router.service(MigrationService, { getMigration: () => ({ state }) });
      router.service(VerdictService, { listMismatchGroups: () => ({}) });
      router.service(JudgementService, { listQuestions: () => ({}) });
      router.service(IdentifiersService, { listIdentifiers: () => ({ bijections }) });
    },
  });
  const told = async () => {
    expect(await runCli(['status', 'bank'], io)).toBe(0);
    return /orders overlap: 5 is one thing in legacy and another in modern, accepted: only trials/.test(
      io.stdout(),
    );
  };
  expect(await told()).toBe(false);
  if (state.spec)
    state.spec.identifiers = create(IdentifiersSchema, {
      bijections: [{ name: 'orders', overlapAccepted: 'only trials' }],
    });
  expect(await told()).toBe(true);
});
