/** Both universes number their orders, 1, 2, 3 …; legacy's 2 is modern's 3, legacy's 3 is modern's 4. */
import { create } from '@bufbuild/protobuf';
import { sealingOf } from '@chronos/capture/shell/sealing.ts';
import { IdentifierSightingSchema } from '@chronos/proto/events/v1/identifiers_pb.js';
import { expect, test } from '@jest/globals';
import type { Way } from '../core/meaning.ts';
import type { RequestPlan } from '../core/plan.ts';
import { Wanted } from '../core/resolve.ts';
import { type Finding, partnersForClient, partnersForCopy } from './find-partners.ts';
import type { PairStore } from './pair-store.ts';
import { PairTable, type Side } from './pair-table.ts';
import { Resolver } from './resolver.ts';

const scope = { migration: 'shop', sealing: sealingOf('a key for tests, of 32 characters', 'shop') };
const value = (id: string) => ({
  key: scope.sealing.hash(`orders\0${id}`),
  content: Buffer.from(id),
  isNumber: true,
});
const pairs = [
  ['2', '3'],
  ['3', '4'],
  ['8', '8'],
].map(([legacy = '', modern = '']) => ({
  migration: 'shop',
  bijection: 'orders',
  requestId: 'r',
  isSealed: false,
  legacy: value(legacy),
  modern: value(modern),
}));

interface Setting {
  readonly way: Way;
  readonly target: Side;
  readonly hasModernAnswered?: boolean;
  readonly overlapping?: readonly string[];
  readonly unknownIsSame?: boolean;
  /** This universe has handed it out a moment ago. */
  readonly justMadeBy?: Side;
}

/** What an id of a request becomes; a word: why it is not sent. */
async function becomes(id: string, setting: Setting) {
  const { way, target, hasModernAnswered = true, overlapping = ['orders'], unknownIsSame = false } = setting;
  const ambiguous: string[] = [];
  const store = {
    find: async (_: string, __: string, keys: readonly Buffer[]) =>
      pairs.filter(({ legacy, modern }) =>
        keys.some((key) => key.equals(legacy.key) || key.equals(modern.key)),
      ),
  } as unknown as PairStore;
  const table = new PairTable(store);
  // Whoever waits is woken at once.
  table.changed = async () => {};
  const sighting = { bijection: 'orders', values: [Buffer.from(id)], numbers: [true] };
  if (setting.justMadeBy !== undefined)
    table.sighted(scope, setting.justMadeBy, [create(IdentifierSightingSchema, sighting)], 0);
  let nowMs = 0;
  const resolver = new Resolver({
    table,
    facts: { of: async () => ({ hasModernAnswered, overlapping: new Set(overlapping) }) },
    now: () => (nowMs += 100),
    waitingMax: 10,
    onWaited: () => {},
    onAmbiguous: (_, bijection) => ambiguous.push(bijection),
  });
  const wanted = new Wanted();
  wanted.resolve('orders', id, true);
  const finding = {
    scope,
    target,
    resolver,
    isSafe: false,
    rules: { waitMs: 500 },
    plan: { bijections: [{ name: 'orders', unknownIsSame }] } as unknown as RequestPlan,
    place: { turn: async () => true, copiesOver: async () => true },
  } as unknown as Finding;
  const resolve =
    way === 'copy'
      ? await partnersForCopy(wanted, finding)
      : await partnersForClient(wanted, finding, () => {});
  const sent = typeof resolve === 'string' ? resolve : (resolve('orders', id, true)?.value ?? id);
  return { sent, ambiguous };
}

const answering = (target: Side) => ({ way: 'answering', target }) as const;
const copy = (target: Side) => ({ way: 'copy', target }) as const;

test('an id that the answering universe knows is not rewritten; one that both know is counted', async () => {
  expect(await becomes('3', answering('legacy'))).toEqual({ sent: '3', ambiguous: ['orders'] });
  expect(await becomes('3', answering('modern'))).toEqual({ sent: '3', ambiguous: ['orders'] });
  expect(await becomes('2', answering('legacy'))).toEqual({ sent: '2', ambiguous: [] });
});

test('what the answering universe has just handed out is its own, though its pair is not learned', async () => {
  const justMade = { ...answering('legacy'), justMadeBy: 'legacy' } as const;
  expect(await becomes('4', justMade)).toEqual({ sent: '4', ambiguous: ['orders'] });
  expect(await becomes('4', { ...justMade, justMadeBy: 'modern' })).toEqual({ sent: '3', ambiguous: [] });
  expect(await becomes('8', justMade)).toEqual({ sent: '8', ambiguous: [] });
});

test('what only the other universe knows is translated', async () => {
  expect(await becomes('4', answering('legacy'))).toEqual({ sent: '3', ambiguous: [] });
  expect(await becomes('2', answering('modern'))).toEqual({ sent: '3', ambiguous: [] });
  expect((await becomes('3', copy('modern'))).sent).toBe('4');
  expect((await becomes('3', copy('legacy'))).sent).toBe('2');
});

test('a copy whose id is not learned yet is not sent to what the other universe calls so', async () => {
  const inShadow = { ...copy('modern'), hasModernAnswered: false, overlapping: [] };
  expect((await becomes('4', inShadow)).sent).toBe('unlearned-id');
  expect((await becomes('4', { ...inShadow, unknownIsSame: true })).sent).toBe('unlearned-id');
  expect((await becomes('9', { ...inShadow, unknownIsSame: true })).sent).toBe('9');
  expect((await becomes('2', copy('legacy'))).sent).toBe('unlearned-id');
});

test('old ids of clients go out as they are, where the kinds of ids keep apart', async () => {
  expect((await becomes('2', { ...copy('legacy'), overlapping: [] })).sent).toBe('2');
  expect((await becomes('4', { ...copy('modern'), overlapping: [] })).sent).toBe('4');
});
