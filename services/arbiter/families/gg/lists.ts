/** Paging, sorting and counting. */
import type { Family } from '../kit.ts';
import { Day, json, list, object } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { broken, pair, same } from './parts.ts';

const dayOf = (row: string): string => (JSON.parse(row) as { date: string }).date;

export const families: readonly Family[] = [
  ...pair(
    ['GET /accounts/{id}/transactions?sort=-date', 'GET /orders?sort=-date'],
    {
      fields: ['items', 'transactions', 'rows'],
      always: true,
      value(random) {
        const start = Day.any(random, 2024, 2025);
        const days = Array.from(
          { length: random.int(2, 3) },
          (_, at) => start.plus(-at * random.int(1, 4) - at).iso,
        );
        const groups = days.map((day) =>
          Array.from({ length: random.int(1, 3) }, () =>
            object({ date: json(day), id: String(random.int(10_000, 99_999)) }),
          ),
        );
        const sorted = () => list(groups.flatMap((group) => random.shuffled(group)));
        const both = { legacy: sorted(), legacy2: sorted(), right: sorted() };
        const unsorted = random.shuffled([...groups].reverse().flat());
        const falling = unsorted.every((row, at) => at === 0 || dayOf(row) <= dayOf(unsorted[at - 1]!));
        return falling ? both : { ...both, wrong: list(unsorted) };
      },
    },
    [
      'ties_of_a_sort',
      'The newest first on both sides; only rows of one day change places, in legacy as well.',
    ],
    [
      'sort_ignored',
      'The new framework does not know the parameter, so rows come in no order of their dates.',
      'minor',
    ],
  ),
  ...pair(
    ['GET /invoices', 'GET /customers/{id}/orders', 'GET /events'],
    {
      fields: ['nextCursor', 'next', 'continuationToken'],
      clear: true,
      value(random) {
        if (random.chance(0.3)) return { legacy: 'null', right: 'null' };
        const offset = Buffer.from(`o:${random.int(1, 40) * 20}`).toString('base64');
        return shownJson(offset, `k_${random.hex(20)}`, null);
      },
    },
    ['cursor_opaque', 'A cursor that only its server understands; both end where the rows end.'],
    [
      'cursor_missing',
      'There are more rows but no cursor to them, so clients stop after the first page.',
      'minor',
    ],
  ),
  ...broken(
    ['GET /invoices', 'GET /customers', 'GET /articles'],
    {
      fields: ['totalCount', 'totalElements', 'hits'],
      clear: true,
      always: true,
      least: 10,
      value(random) {
        const count = Math.floor(2 ** (random.next() * 11));
        return shownJson(count, count, Math.min(count, 20));
      },
    },
    [
      'total_of_page_only',
      'The total is the length of the page, so no list seems to have more than 20 entries.',
      'minor',
    ],
  ),
  ...broken(
    ['GET /orders/{id}', 'GET /patients/{id}/allergies', 'GET /accounts/{id}/holders'],
    {
      fields: ['entries', 'allergies', 'codes'],
      always: true,
      value(random) {
        const items = Array.from(
          { length: random.int(4, 16) },
          () => `${random.text('ABCDEFGHJKLMNPRSTZ', 1)}${random.int(10, 99)}.${random.int(0, 9)}`,
        );
        return shownJson(items, items, items.slice(0, 10));
      },
    },
    [
      'cut_at_default_page',
      'The new client of the store reads one page of ten, and what comes after is left out.',
      'critical',
    ],
  ),
  ...same(
    ['GET /articles?q={text}', 'GET /search'],
    {
      fields: ['facets', 'hitsByColour', 'facetCounts'],
      clear: true,
      value(random) {
        const counts = ['red', 'blue', 'green', 'black', 'white'].map(
          (name) => [name, random.chance(0.35) ? 0 : random.int(1, 300)] as const,
        );
        const members = (kept: typeof counts) =>
          object(Object.fromEntries(kept.map(([name, count]) => [name, String(count)])));
        const found = counts.filter(([, count]) => count > 0).sort(([, one], [, other]) => other - one);
        return { legacy: members(counts), right: members(found) };
      },
    },
    [
      'facets_without_hits',
      'The new index leaves out facets that have no hits; a count that is missing is 0.',
    ],
  ),
];
