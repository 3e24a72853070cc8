/** Pagination and search of a software company's own APIs. */
import { twins } from '../kit.ts';
import { json, list, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

export const families = [
  ...twins(
    {
      fields: ['next', 'nextPage', 'links.next'],
      value(random) {
        const [page, size] = [random.int(2, 40), random.pick([20, 25, 50, 100])];
        const path = random.pick(['/v1/users', '/v1/jobs', '/v1/audit']);
        return shownJson(
          `${path}?page=${page}&per_page=${size}`,
          `${path}?per_page=${size}&page=${page}`,
          `${path}?per_page=${size}&page=${page + 1}`,
        );
      },
    },
    {
      name: 'u_next_link_query_order',
      why: 'The same path with the same parameters; their order means nothing.',
    },
    {
      name: 'u_next_link_skips_a_page',
      critical: false,
      why: 'The link leads one page further, so a page of results is never seen.',
    },
  ),
  ...twins(
    {
      fields: ['total', 'hits', 'totalCount'],
      least: 4,
      value(random) {
        const total = random.chance(0.5) ? random.int(10_001, 480_000) : random.int(3, 9_999);
        const both = { legacy: String(total), right: object({ value: String(total), relation: '"eq"' }) };
        return total < 10_000 ? both : { ...both, wrong: object({ value: '10000', relation: '"eq"' }) };
      },
    },
    { name: 'u_total_with_relation', why: 'The same number of hits; the rewrite adds that it is exact.' },
    {
      name: 'u_total_capped_at_ten_thousand',
      critical: false,
      why: 'Whatever is above ten thousand is told as exactly ten thousand, the bound of the search engine.',
    },
  ),
  ...twins(
    {
      fields: ['cursor', 'pageToken', 'after'],
      value(random) {
        const id = random.int(1_000, 90_000);
        const text = (after: number) => `{"after":${after},"dir":"${random.chance(0.5) ? 'asc' : 'desc'}"}`;
        const plain = text(id);
        const other = plain.replace(String(id), String(id + 1));
        return shownJson(btoa(plain), btoa(plain).replace(/=+$/, ''), btoa(other).replace(/=+$/, ''));
      },
    },
    {
      name: 'u_cursor_without_padding',
      why: 'The same bytes in Base64, without the signs that only fill its end.',
    },
    {
      name: 'u_cursor_after_another_row',
      critical: false,
      why: 'Decoded from Base64, the cursor names the row after the one of legacy, so a row is left out.',
    },
  ),
  ...twins(
    {
      fields: ['facets', 'buckets', 'counts'],
      value(random) {
        const names = random
          .shuffled(['docs', 'issues', 'users', 'repos', 'wiki'])
          .slice(0, random.int(3, 4));
        const counts = names.map(() => random.int(1, 5_000));
        const pairs = (numbers: readonly number[]) =>
          list(names.map((name, at) => object({ name: json(name), count: String(numbers[at]) })));
        const legacy = json(Object.fromEntries(names.map((name, at) => [name, counts[at]])));
        return shown(legacy, pairs(counts), pairs(counts.toSorted((a, b) => b - a)));
      },
    },
    {
      name: 'u_facets_to_rows',
      why: 'Each name with its count, as rows instead of the members of an object.',
    },
    {
      name: 'u_facet_counts_sorted_apart',
      critical: false,
      why: 'The counts were sorted without their names, so names have the counts of others.',
    },
  ),
];
