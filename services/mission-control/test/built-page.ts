import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, resolve } from 'node:path';

const dist = resolve(import.meta.dirname, '../dist');
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The built page, as the real control plane serves it: gzipped, and index.html for every address of a page. */
export async function builtPage(
  { url = '/' }: { readonly url?: string | undefined },
  response: ServerResponse,
): Promise<void> {
  const path = new URL(url, 'http://page').pathname;
  const name = extname(path) === '' ? '/index.html' : path;
  const type = types[extname(name)];
  const file = join(dist, name);
  const zipped = await readFile(`${file}.gz`).catch(() => undefined);
  const content = zipped ?? (await readFile(file).catch(() => undefined));
  if (content === undefined || type === undefined) {
    response.writeHead(404).end();
    return;
  }
  response
    .writeHead(200, { 'content-type': type, ...(zipped && { 'content-encoding': 'gzip' }) })
    .end(content);
}
