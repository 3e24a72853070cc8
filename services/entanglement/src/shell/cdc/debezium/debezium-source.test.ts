import type { Bus } from '@chronos/bus/bus.ts';
import { expect, test } from '@jest/globals';
import { Stopped } from '../stopped.ts';
import { openDebezium } from './debezium-source.ts';

/** Opens a topic that holds these offsets, with nobody behind the address of Connect. */
function opened(first: bigint, end: bigint, acknowledgedOffset: bigint | undefined): Promise<unknown> {
  const bus: Partial<Bus> = {
    ensureTopics: async () => undefined,
    bounds: async () => new Map([[0, { first, end }]]),
  };
  return openDebezium({
    bus: bus as Bus,
    connect: 'http://127.0.0.1:9',
    url: 'postgres://127.0.0.1:9/none',
    wanted: { migration: 'books', universe: 'legacy', slot: 's', publication: 's', tables: [] },
    tagPrefix: 'chronos',
    generation: '7',
    acknowledgedOffset,
  }).catch((error: unknown) => error);
}

test.each<[string, bigint, bigint, bigint, RegExp]>([
  [
    'whose records were thrown away before they were read',
    120n,
    300n,
    100n,
    /topic chronos.cdc.s.7 of slot s begins at 120, and was read up to 100/,
  ],
  ['that is another than before', 0n, 40n, 100n, /ends at 40, and was read up to 100: it was made anew/],
])('a topic %s is a gap', async (_, first, end, read, words) => {
  expect(await opened(first, end, read)).toMatchObject({
    problems: [
      {
        code: 'slot-lost',
        message: expect.stringMatching(words),
        remedy: expect.stringMatching(/chronos verify.*chronos resume/),
      },
    ],
  });
});

test.each<[string, bigint, bigint, bigint | undefined]>([
  ['read to its end', 120n, 300n, 300n],
  ['read up to where it begins', 120n, 300n, 120n],
  ['of which nothing is known', 120n, 300n, undefined],
])('a topic %s is none: it goes on to the connector', async (_, first, end, read) => {
  const error = await opened(first, end, read);
  expect(error).not.toBeInstanceOf(Stopped);
  expect(String(error)).toMatch(/127\.0\.0\.1:9|fetch/);
});
