import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

/** More, or larger ones, are no build of the page. */
const filesMax = 500;
const fileBytesMax = 8 * 1024 * 1024;
const checkEveryMs = 1_000;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};
const encodings: Readonly<Record<string, string>> = { '.br': 'br', '.gz': 'gzip' };

export interface PageFile {
  readonly type: string;
  readonly etag: string;
  readonly body: Buffer;
  /** Encoding → the file in it, the smallest first. */
  readonly encoded: ReadonlyMap<string, Buffer>;
}

/**
 * The built page in memory, by URL path: what is not there cannot be asked for, whatever the path says. Read when first needed, and again when
 * it was built anew.
 */
export class PageFiles {
  readonly #dir: string;
  readonly #nowMs: () => number;
  #files: ReadonlyMap<string, PageFile> = new Map();
  #builtAtMs = -1;
  #checkedAtMs = Number.NEGATIVE_INFINITY;

  constructor(dir: string, nowMs: () => number) {
    this.#dir = dir;
    this.#nowMs = nowMs;
  }

  /** Undefined: there is no such file. */
  get(path: string): PageFile | undefined {
    this.#refresh();
    return this.#files.get(path);
  }

  #refresh(): void {
    const nowMs = this.#nowMs();
    if (nowMs - this.#checkedAtMs < checkEveryMs) return;
    this.#checkedAtMs = nowMs;
    const builtAtMs = statSync(join(this.#dir, 'index.html'), { throwIfNoEntry: false })?.mtimeMs;
    if (builtAtMs === undefined || builtAtMs === this.#builtAtMs) return;
    this.#files = readFiles(this.#dir);
    this.#builtAtMs = builtAtMs;
  }
}

function readFiles(dir: string): Map<string, PageFile> {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  if (entries.length > filesMax) throw new RangeError(`${dir} holds more than ${filesMax} files`);
  const contents = new Map<string, Buffer>();
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (statSync(path).size > fileBytesMax)
      throw new RangeError(`${path} is larger than ${fileBytesMax} bytes`);
    contents.set(`/${relative(dir, path).split(sep).join('/')}`, readFileSync(path));
  }
  const files = new Map<string, PageFile>();
  for (const [path, body] of contents) {
    const type = types[extname(path)];
    if (type === undefined) continue;
    const encoded = Object.entries(encodings).flatMap(([ending, encoding]): [string, Buffer][] => {
      const found = contents.get(`${path}${ending}`);
      return found === undefined ? [] : [[encoding, found]];
    });
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    files.set(path, { type, etag, body, encoded: new Map(encoded) });
  }
  return files;
}
