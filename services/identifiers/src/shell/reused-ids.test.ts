/** Legacy hands out the id of what was removed again: each copy means what legacy has understood, whatever comes late. */

import { create } from '@bufbuild/protobuf';
import { sealingOf } from '@chronos/capture/shell/sealing.ts';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { IdentifierSightingsSchema } from '@chronos/proto/events/v1/identifiers_pb.js';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Pairing } from '../core/pairing.ts';
import { memoryStore } from '../testing/memory-store.ts';
import { PairTable } from './pair-table.ts';
import { Resolver } from './resolver.ts';

const scope = { migration: 'shop', sealing: sealingOf('a key for tests, of 32 characters', 'shop') };
const facts = { of: async () => ({ hasModernAnswered: false, overlapping: new Set<string>() }) };
const want = { bijection: 'orders', value: '5', isDeclared: true };
const WAIT_MS = 2_000;

/** Time that passes only when nobody has anything to do. */
class Clock {
  now = 1_000_000;
  readonly #sleeping: { readonly atMs: number; readonly wake: () => void }[] = [];

  sleep(ms: number): Promise<void> {
    return new Promise((wake) => this.#sleeping.push({ atMs: this.now + ms, wake }));
  }

  async run(): Promise<void> {
    for (;;) {
      await new Promise(setImmediate);
      const [next] = this.#sleeping.sort((a, b) => a.atMs - b.atMs).splice(0, 1);
      if (next === undefined) return;
      this.now = Math.max(this.now, next.atMs);
      next.wake();
    }
  }
}

interface Life {
  /** Between the client's requests on the thing, in ms. */
  readonly pauses: readonly number[];
  /** How long modern takes for the copy that makes it, its sightings to be read, and modern for each copy that names it. */
  readonly made: { readonly after: number; readonly legacySeen: number; readonly modernSeen: number };
  readonly each: number;
}

const lives = fc.array(
  fc.record({
    pauses: fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 4 }),
    made: fc.record({
      after: fc.integer({ min: 1, max: 900 }),
      // Later than what waits for a newer pair, a copy goes to what was removed.
      legacySeen: fc.integer({ min: 1, max: 300 }),
      modernSeen: fc.integer({ min: 1, max: 2_500 }),
    }),
    each: fc.integer({ min: 1, max: 900 }),
  }),
  { minLength: 1, maxLength: 5 },
);

/** The client makes a thing, uses it, removes it, and makes the next, which legacy calls 5 again. Returns what each copy became that names it. */
async function live(all: readonly Life[], modernOf = (thing: number) => `m${thing}`) {
  const clock = new Clock();
  const table = new PairTable(memoryStore());
  table.changed = (_scope, _wants, ms) => clock.sleep(Math.min(ms, 20));
  const resolver = new Resolver({
    ...{ table, facts, waitingMax: 100, now: () => clock.now },
    ...{ onWaited: () => {}, onAmbiguous: () => {} },
  } as ConstructorParameters<typeof Resolver>[0]);
  const pairing = new Pairing({ halvesMax: 100, halfMsMax: 1e9 });
  const became: { readonly thing: number; readonly as: string | undefined }[] = [];

  const sight = async (thing: number, side: 'legacy' | 'modern', atMs: number, afterMs: number) => {
    await clock.sleep(afterMs);
    const values = [Buffer.from(side === 'legacy' ? '5' : modernOf(thing))];
    const universe = side === 'legacy' ? Universe.LEGACY : Universe.MODERN;
    const sightings = create(IdentifierSightingsSchema, {
      ...{ requestId: `made ${thing}`, migration: 'shop', universe },
      sightings: [{ bijection: 'orders', values, numbers: [true] }],
    });
    table.sighted(scope, side, sightings.sightings, clock.now);
    for (const pair of pairing.observe(sightings, { partition: 0, offset: 0n, atMs }))
      table.announce(await table.learn(scope, pair, true));
  };
  const make = async (thing: number, { after, legacySeen, modernSeen }: Life['made']) => {
    const read = sight(thing, 'legacy', clock.now, legacySeen);
    await clock.sleep(after);
    await Promise.all([read, sight(thing, 'modern', clock.now, modernSeen)]);
  };
  let before: Promise<unknown> = Promise.resolve();
  /** In the order in which they came, each when the one before is answered. */
  const copy = (thing: number, isRemoval: boolean, answerMs: number) => {
    const over = isRemoval ? table.removing(scope, 'modern', [want], clock.now) : undefined;
    const last = before;
    const cameMs = clock.now;
    before = (async () => {
      await last;
      const course = { scope, target: 'modern', way: 'copy', cameMs } as const;
      const { resolve, unlearned } = await resolver.resolve(course, [want], { ms: WAIT_MS });
      const isLost = unlearned.length > 0;
      became.push({ thing, as: isLost ? undefined : resolve('orders', '5', true)?.value });
      if (!isLost) await clock.sleep(answerMs);
      await over?.(isLost ? 'lost' : 'done');
    })();
    return before;
  };

  const client = async () => {
    const under: Promise<unknown>[] = [];
    for (const [thing, { pauses, made, each }] of all.entries()) {
      under.push(make(thing, made));
      for (const ms of pauses) {
        await clock.sleep(ms);
        under.push(copy(thing, false, each));
      }
      if (thing < all.length - 1) under.push(copy(thing, true, each));
      await clock.sleep(1);
    }
    await Promise.all(under);
  };
  await Promise.all([client(), clock.run()]);
  const [found] = await table.find(scope, 'modern', [want], clock.now);
  return { became, known: found?.partner?.value };
}

test('each copy goes to what its id meant when it was sent, or is lost; whatever is read or answered late', async () => {
  let sent = 0;
  await fc.assert(
    fc.asyncProperty(lives, async (all) => {
      const { became } = await live(all);
      for (const { thing, as } of became) expect([`m${thing}`, undefined]).toContain(as);
      sent += became.filter(({ as }) => as !== undefined).length;
    }),
    { numRuns: 150 },
  );
  expect(sent).toBeGreaterThan(0);
});

test('where nothing is late, none is lost, and the newest pair stands', async () => {
  const life: Life = {
    pauses: [100, 50],
    made: { after: 10, legacySeen: 5, modernSeen: 5 },
    each: 10,
  };
  const { became, known } = await live([life, life, life]);
  expect(became.map(({ as }) => as)).toEqual(['m0', 'm0', 'm0', 'm1', 'm1', 'm1', 'm2', 'm2']);
  expect(known).toBe('m2');
});

test('a copy waits for the newer pair although nobody has read yet that its id was handed out again', async () => {
  const life = (pause: number, legacySeen: number): Life => ({
    ...{ pauses: [pause], made: { after: 10, legacySeen, modernSeen: 5 }, each: 5 },
  });
  const { became } = await live([life(300, 5), life(10, 200)]);
  expect(became.map(({ as }) => as)).toEqual(['m0', 'm0', 'm1']);
});

test('both hand out the same two ids again: they are a pair again', async () => {
  const life: Life = {
    pauses: [100, 50],
    made: { after: 10, legacySeen: 5, modernSeen: 5 },
    each: 10,
  };
  const { became, known } = await live([life, life, life], () => '7');
  expect(became.map(({ as }) => as)).toEqual(Array(8).fill('7'));
  expect(known).toBe('7');
});
