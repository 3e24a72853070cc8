import { expect, test } from '@jest/globals';
import { type SlotStands, slotPlan } from './slot-plan.ts';

const stands: SlotStands = {
  name: 'bank_cdc',
  slot: { lost: undefined, confirmedLsn: 100n },
  server: '7/00000001',
  known: { slot: 'bank_cdc', completeSinceUs: 5n, server: '7/00000001', acknowledgedLsn: 100n },
  owned: false,
  isReadByOthers: false,
};

test('ours, no further than what was acknowledged, is read on; so is one of an earlier version, which remembers less', () => {
  expect(slotPlan(stands)).toMatchObject({ kind: 'read', known: { completeSinceUs: 5n } });
  const slot = { lost: undefined, confirmedLsn: 90n };
  expect(slotPlan({ ...stands, slot }).kind).toBe('read');
  expect(slotPlan({ ...stands, known: { slot: 'bank_cdc', completeSinceUs: 5n } }).kind).toBe('read');
});

test.each([undefined, { slot: 'another', completeSinceUs: 5n }])(
  'a slot that Chronos did not make is never dropped: another name is asked for (known: %j)',
  (known) => {
    expect(slotPlan({ ...stands, known })).toMatchObject({
      kind: 'foreign',
      problem: { code: 'slot-foreign', remedy: expect.stringContaining('database.slot'), passing: false },
    });
    expect(slotPlan({ ...stands, known, slot: undefined }).kind).toBe('make');
    expect(slotPlan({ ...stands, known, owned: true }).kind).toBe('make');
  },
);

test.each<[string, Partial<SlotStands>, 'read' | 'make']>([
  ['made anew under its name', { slot: { lost: undefined, confirmedLsn: 101n } }, 'read'],
  ['another server', { server: '8/00000001' }, 'read'],
  ['another timeline', { server: '7/00000002' }, 'read'],
  ['gone', { slot: undefined }, 'make'],
  ['given up by the server', { slot: { lost: 'its WAL was removed', confirmedLsn: 0n } }, 'make'],
])('a gap is told before anything goes on: %s', (_, change, next) => {
  expect(slotPlan({ ...stands, ...change })).toMatchObject({
    kind: 'gap',
    next,
    problem: { remedy: expect.stringMatching(/chronos verify.*chronos resume/), passing: false },
  });
});

test('what Chronos dropped itself was told then, and is made; Debezium moves a slot on without our word', () => {
  const known = { slot: 'bank_cdc', completeSinceUs: 5n, isToBeMade: true };
  expect(slotPlan({ ...stands, known, slot: undefined }).kind).toBe('make');
  const slot = { lost: undefined, confirmedLsn: 101n };
  expect(slotPlan({ ...stands, slot, isReadByOthers: true }).kind).toBe('read');
});
