/** Postgres' text of one-dimensional arrays: `{a,"b c",NULL}` (manual, 8.15.6). */

/** Undefined for more dimensions, and for what is no array. */
export function arrayItems(text: string): (string | null)[] | undefined {
  // Bounds other than 1 stand before it: [0:1]={…}.
  const body = text.replace(/^\[[-0-9]+:[-0-9]+\]=/, '');
  if (!body.startsWith('{') || !body.endsWith('}')) return undefined;
  if (body === '{}') return [];
  const items: (string | null)[] = [];
  const item = /"((?:[^"\\]|\\.)*)"|([^",{}\\]+)/sy;
  let at = 1;
  for (;;) {
    item.lastIndex = at;
    const match = item.exec(body);
    if (match === null) return undefined;
    const [all, quoted, bare] = match;
    items.push(
      quoted === undefined ? (bare === 'NULL' ? null : (bare ?? '')) : quoted.replace(/\\(.)/gs, '$1'),
    );
    at += all.length;
    if (body[at] === '}' && at === body.length - 1) return items;
    if (body[at] !== ',') return undefined;
    at += 1;
  }
}

export function arrayText(items: readonly (string | null)[]): string {
  return `{${items
    .map((item) => (item === null ? 'NULL' : `"${item.replace(/["\\]/g, (char) => `\\${char}`)}"`))
    .join(',')}}`;
}
