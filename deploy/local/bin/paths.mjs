// Runs on Node 20 with nothing installed: no packages, no TypeScript, no newer API.
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
/** Node 24 from npm: everything but these few files runs on it. */
export const node24 = join(root, 'node_modules/.bin/node');
/** Warnings that tell a reader nothing: jest's use of vm modules, and a harmless negative timeout inside kafkajs 2.2.4. */
export const calm = ['--disable-warning=ExperimentalWarning', '--disable-warning=TimeoutNegativeWarning'];
/** Git-ignored: downloads, state, results. */
export const workDir = join(root, '.chronos');
