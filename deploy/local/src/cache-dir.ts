import { join, resolve } from 'node:path';

/** `.chronos/cache` at the root of the repository. */
export const defaultCacheDir = resolve(import.meta.dirname, '../../../.chronos/cache');

/** Where Node keeps what it compiled (NODE_COMPILE_CACHE). */
export const compiledCodeDir = join(defaultCacheDir, 'node');
