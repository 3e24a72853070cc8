import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFile } from '../shell/state-paths.ts';

/** A unix socket's path has a limit of 108 bytes on Linux and 104 on macOS. */
const socketPathMax = 100;

/** What a run keeps in its state folder, which the supervisor has locked. */
export interface StateFolder {
  readonly path: string;
  readonly capsules: string;
  readonly runtimeSocket: string;
  /** A random secret of that name: the same for as long as the state is kept. */
  secret(name: string): string;
  /** One that the builds of both universes know. */
  sharedSecret(name: string): string;
  sub(name: string): string;
  writeRunFile(content: { api: string; listen: string; migration: string }): void;
  /** What others must not take for a running Chronos. */
  removeRunFile(): void;
}

/** Survives a clean start: the supervisor's lock, and the capsules, which are the proof of migrations that are over. */
const kept = new Set(['chronos.lock', 'pids.json', 'capsules']);

/** Opens the folder; unless `keep`, what an earlier run left in it is removed. */
export function openStateFolder(path: string, keep: boolean): StateFolder {
  if (!keep) {
    for (const name of readdirSync(path)) {
      if (!kept.has(name)) rmSync(join(path, name), { recursive: true, force: true });
    }
  }
  const capsules = join(path, 'capsules');
  mkdirSync(capsules, { recursive: true });
  const secretsFile = join(path, 'secrets.json');
  const secrets = readSecrets(secretsFile);
  const secret = (name: string) => {
    const known = secrets.get(name);
    if (known !== undefined) return known;
    const made = randomBytes(32).toString('base64url');
    secrets.set(name, made);
    writeWhole(secretsFile, JSON.stringify(Object.fromEntries(secrets)), 0o600);
    return made;
  };
  return {
    path,
    capsules,
    runtimeSocket: socketIn(path),
    sub: (name) => join(path, name),
    secret,
    sharedSecret: (name) => secret(`shared ${name}`),
    writeRunFile: (content) =>
      writeWhole(runFile(path), `${JSON.stringify({ ...content, pid: process.pid })}\n`, 0o644),
    removeRunFile: () => rmSync(runFile(path), { force: true }),
  };
}

/** In a folder that only this user can enter, so that there is no moment at which others could connect. */
function socketIn(path: string): string {
  const folder = join(path, 'runtime');
  const socket = join(folder, 'runtime.sock');
  const isShort = Buffer.byteLength(socket) <= socketPathMax;
  const chosen = isShort ? folder : join(tmpdir(), `chronos-${process.pid}`);
  mkdirSync(chosen, { recursive: true, mode: 0o700 });
  const file = join(chosen, 'runtime.sock');
  rmSync(file, { force: true });
  return file;
}

function readSecrets(file: string): Map<string, string> {
  if (!existsSync(file)) return new Map();
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function writeWhole(file: string, text: string, mode: number): void {
  writeFileSync(`${file}.new`, text, { mode });
  renameSync(`${file}.new`, file);
}
