import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, readdir, stat } from 'node:fs/promises';
import { delimiter, dirname, join, relative, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';

export interface CodeDigest {
  readonly command: string[];
  readonly folder: string;
  readonly program: string;
  readonly programSha256: string;
  /** SHA-256 by path, relative to the folder. */
  readonly files: Record<string, string>;
  readonly digest: string;
  readonly notCovered: string[];
}

/** Packages with more are no service's source; what they are is not guessed, and a seal does not wait for them to be read. */
const filesMax = 20_000;
const bytesMax = 64 * 1024 * 1024;
const notSource = (folder: string) => folder === 'node_modules' || folder.startsWith('.');

/**
 * What a command runs, by the SHA-256 of its program, of each file that it names, and of all files of their packages (the nearest folder
 * above with a package.json, without node_modules and hidden folders). `notCovered` says what this leaves out.
 */
export async function digestBuild(command: readonly string[], folder: string): Promise<CodeDigest> {
  const program = await programOf(command[0] ?? '', folder);
  const programSha256 = program === '' ? '' : await sumOf(program);
  const notCovered = [
    'packages in node_modules and of other folders that the code loads, hidden folders, system libraries, environment variables',
  ];
  if (program === '') notCovered.push(`the program ${command[0] ?? ''} was not found`);
  const paths = new Set<string>();
  for (const word of command.slice(1)) {
    const path = resolve(folder, word);
    if (!(await isFile(path))) continue;
    const root = await packageOf(path);
    if (root === undefined) {
      paths.add(path);
      notCovered.push(`${word} is in no package: nothing beside it is covered`);
      continue;
    }
    const found = await sourcesBelow(root);
    if (found === undefined) {
      paths.add(path);
      notCovered.push(
        `the package of ${word} has more than ${filesMax} files or ${bytesMax / 1024 / 1024} MiB: nothing beside it is covered`,
      );
    } else for (const source of found) paths.add(source);
  }
  const files: Record<string, string> = {};
  for (const path of [...paths].sort()) {
    const name = relative(folder, path);
    // A temporary file may be gone by now; that is no reason to refuse a seal.
    const sum = await sumOf(path).catch(() => undefined);
    if (sum === undefined) notCovered.push(`${name} could not be read`);
    else files[name] = sum;
  }
  const digest = createHash('sha256')
    .update(JSON.stringify([command, programSha256, files]))
    .digest('hex');
  return { command: [...command], folder, program, programSha256, files, digest, notCovered };
}

async function programOf(word: string, folder: string): Promise<string> {
  // As a build is started: `node` is the one that runs Chronos.
  const folders = word.includes('/')
    ? ['']
    : [dirname(process.execPath), ...(process.env.PATH ?? '').split(delimiter)];
  for (const below of folders) {
    const path = resolve(folder, below, word);
    if ((await isFile(path)) && (await canRun(path))) return path;
  }
  return '';
}

async function packageOf(path: string): Promise<string | undefined> {
  let folder = dirname(path);
  while (!(await isFile(join(folder, 'package.json')))) {
    if (folder === dirname(folder)) return undefined;
    folder = dirname(folder);
  }
  return folder;
}

async function sourcesBelow(root: string): Promise<string[] | undefined> {
  const found: string[] = [];
  let bytes = 0;
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !notSource(entry.name)) folders.push(path);
      if (!entry.isFile()) continue;
      found.push(path);
      bytes += (await stat(path).catch(() => undefined))?.size ?? 0;
      if (found.length > filesMax || bytes > bytesMax) return undefined;
    }
  }
  return found;
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}

function canRun(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function sumOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
