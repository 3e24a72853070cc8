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
function resolving(sides: readonly ('legacy' | 'modern')[], patience: Patience, sightedMs = 0) {
  let nowMs = 0;
  // Only what is asked of it: it knows no pairs.
  const table = new PairTable({ find: async () => [] } as unknown as PairStore);
  const resolver = new Resolver({ table, now: () => (nowMs += 100), waitingMax: 10, onWaited: () => {} });
  for (const side of sides) table.sighted(scope, side, [sighting], sightedMs);
  return resolver.resolve(scope, 'modern', [want], patience);
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
  const old = await resolving(['legacy'], { ms: 250, enough: 'elsewhere' }, -10_000);
  expect(old.isElsewhere).toBe(false);
});
