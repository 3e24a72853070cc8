import { InvalidArgumentError } from 'commander';

/** Rows that a list prints unless --limit says otherwise. */
export const limitDefault = 50;

/** Pages until there are `limit` items or no more. */
export async function collect<Item>(
  limit: number,
  page: (pageSize: number, pageToken: string) => Promise<{ items: Item[]; next: string }>,
): Promise<Item[]> {
  const items: Item[] = [];
  let token = '';
  while (items.length < limit) {
    const { items: more, next } = await page(Math.min(500, limit - items.length), token);
    items.push(...more);
    if (next === '' || more.length === 0) break;
    token = next;
  }
  return items;
}

export function parseLimit(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 100_000)
    throw new InvalidArgumentError('accepted: a whole number from 1 to 100000');
  return value;
}
