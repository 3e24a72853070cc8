import { create } from '@bufbuild/protobuf';
import { sealingOf } from '@chronos/capture/shell/sealing.ts';
import { IdentifierSightingSchema } from '@chronos/proto/events/v1/identifiers_pb.js';
import { expect, test } from '@jest/globals';
import type { PairStore } from './pair-store.ts';
import { PairTable } from './pair-table.ts';
import { type Patience, Resolver } from './resolver.ts';

const scope = { migration: 'shop', sealing: sealingOf('a key for tests, of 32 characters', 'shop') };
const want = { bijection: 'orders', value: 'ORD-1', isDeclared: true };
const sighting = create(IdentifierSightingSchema, {
  bijection: 'orders',
  values: [Buffer.from('ORD-1')],
  numbers: [false],
});

/** No pair is known; `sides` have handed ORD-1 out. */
function resolving(
  sides: readonly ('legacy' | 'modern')[],
  patience: Patience,
  { sightedMs = 0, isDeclared = true } = {},
) {
  let nowMs = 0;
  // Only what is asked of it: it knows no pairs.
  const table = new PairTable({ find: async () => [] } as unknown as PairStore);
  // Whoever waits is woken at once.
  table.changed = async () => {};
  const resolver = new Resolver({
    table,
    facts: { of: async () => ({ hasModernAnswered: true, overlapping: new Set() }) },
    now: () => (nowMs += 100),
    waitingMax: 10,
    onWaited: () => {},
    onAmbiguous: () => {},
  });
  for (const side of sides) table.sighted(scope, side, [sighting], sightedMs);
  const resolved = resolver.resolve(
    { scope, target: 'modern', way: 'answering' },
    [{ ...want, isDeclared }],
    patience,
  );
  return resolved.then((one) => ({ ...one, waitedMs: nowMs }));
}

test('who may go elsewhere does not wait once it is known that only the other universe has made it', async () => {
  expect(await resolving(['legacy'], { ms: 60_000, enough: 'elsewhere' })).toMatchObject({
    isElsewhere: true,
    unlearned: [want],
  });
});

test('what the target has just made itself is not waited for, and what both have made is nobody’s', async () => {
  expect(await resolving(['modern'], { ms: 60_000, enough: 'here' })).toMatchObject({ isElsewhere: false });
  expect(await resolving(['legacy', 'modern'], { ms: 250, enough: 'elsewhere' })).toMatchObject({
    isElsewhere: false,
  });
});

test('who must not go elsewhere waits for the pair, and what was made long ago counts no more', async () => {
  expect((await resolving(['legacy'], { ms: 250, enough: 'here' })).unlearned).toEqual([want]);
  const old = await resolving(['legacy'], { ms: 250, enough: 'elsewhere' }, { sightedMs: -10_000 });
  expect(old.isElsewhere).toBe(false);
});

test('a value anywhere is waited for once the other universe has handed it out, and only then', async () => {
  const anywhere = { isDeclared: false };
  expect((await resolving(['legacy'], { ms: 250 }, anywhere)).unlearned).toHaveLength(1);
  expect((await resolving(['modern'], { ms: 250 }, anywhere)).unlearned).toEqual([]);
  expect((await resolving([], { ms: 60_000 }, anywhere)).unlearned).toEqual([]);
});

test('what the other universe has just made is waited for longer, and that is said before; what nobody knows is not', async () => {
  const asked: string[] = [];
  const longer = { ms: 250, longerMs: 5_000, onWait: () => asked.push('waits') };
  expect((await resolving(['legacy'], { ...longer, enough: 'here' })).waitedMs).toBeGreaterThan(5_000);
  expect((await resolving([], { ...longer, enough: 'here' })).waitedMs).toBeLessThan(1_000);
  expect(asked).toEqual(['waits', 'waits']);
  await resolving(['legacy'], { ...longer, enough: 'elsewhere' });
  expect(asked).toHaveLength(2);
});
