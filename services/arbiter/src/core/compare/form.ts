import type { Value } from './value.ts';

/**
 * application/x-www-form-urlencoded as an object of lists: the order of different keys means nothing, that of one key's values does.
 * `URLSearchParams` never fails; bytes that are no UTF-8 become U+FFFD, so the caller refuses those before.
 */
export function parseForm(text: string): Value {
  const fields = new Map<string, Value[]>();
  for (const [key, value] of new URLSearchParams(text)) {
    const values = fields.get(key);
    if (values) values.push(value);
    else fields.set(key, [value]);
  }
  return new Map([...fields].map(([key, values]) => [key, values.length === 1 ? (values[0] ?? '') : values]));
}
