import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clusterId, kafkaJvmOptions, kafkaProperties } from './core/kafka-config.ts';
import { LocalError, messageOf } from './errors.ts';
import { freePorts } from './free-port.ts';
import { brokerAnswers } from './kafka-probe.ts';
import { ensurePythonPackages, requirementsDir, shortHash } from './python-packages.ts';
import { runCommand } from './run-command.ts';
import { startPart } from './start-part.ts';
import { ensureCached, type OnProgress, type ToolchainPart } from './toolchain-cache.ts';
import type { Java } from './toolchain-java.ts';
import { versions } from './versions.ts';

const manifest = join(requirementsDir, 'kafka-jars.sha256');
/** An archive belongs to the JVM options it was made with. */
const jvmOptions = join(import.meta.dirname, 'core/kafka-config.ts');

/** Kafka's class path. */
export async function ensureKafkaJars(cacheDir: string, onProgress?: OnProgress): Promise<string> {
  const folder = `kafka-${versions.kafka}-${await shortHash(manifest)}`;
  return await ensureJars({
    cacheDir,
    what: `Kafka ${versions.kafka}`,
    folder,
    manifest,
    neededMb: 150,
    onProgress,
  });
}

/** What Kafka Connect with Debezium's connector for Postgres needs beside Kafka's own jars. Only those who ask for Debezium get it. */
export async function ensureConnectJars(cacheDir: string, onProgress?: OnProgress): Promise<string> {
  const jars = join(requirementsDir, 'connect-jars.sha256');
  const folder = `connect-${versions.debezium}-${await shortHash(jars)}`;
  const what = `Kafka Connect ${versions.kafka} and Debezium ${versions.debezium}`;
  return await ensureJars({ cacheDir, what, folder, manifest: jars, neededMb: 40, onProgress });
}

/** Zipkin's server, one jar. Only those who ask for `--observability` get it. */
export async function ensureZipkinJar(cacheDir: string, onProgress?: OnProgress): Promise<string> {
  const jars = join(requirementsDir, 'zipkin-jars.sha256');
  const folder = `zipkin-${versions.zipkin}-${await shortHash(jars)}`;
  const what = `Zipkin ${versions.zipkin}`;
  return await ensureJars({
    cacheDir,
    part: 'zipkin',
    what,
    folder,
    manifest: jars,
    neededMb: 100,
    onProgress,
  });
}

interface Jars {
  readonly cacheDir: string;
  /** Default kafka. */
  readonly part?: ToolchainPart;
  readonly what: string;
  readonly folder: string;
  readonly manifest: string;
  readonly neededMb: number;
  readonly onProgress?: OnProgress | undefined;
}

/** A class path, each jar verified against its pinned sha256. jgo, not Maven: the same way on every machine, and it needs no Java. */
async function ensureJars({
  cacheDir,
  part = 'kafka',
  what,
  folder,
  manifest: list,
  neededMb,
  onProgress,
}: Jars): Promise<string> {
  const build = async (dir: string) => {
    const jgo = await ensurePythonPackages({
      cacheDir,
      part: 'kafka',
      requirements: 'jgo.txt',
      folder: `jgo-${versions.jgo}`,
      neededMb: 20,
    });
    try {
      const script = join(import.meta.dirname, 'fetch_jars.py');
      await runCommand('python3', [script, list, dir], {
        env: { PYTHONPATH: jgo, PYTHONDONTWRITEBYTECODE: '1' },
      });
    } catch (error) {
      throw new LocalError(
        `cannot fetch ${what}: ${messageOf(error)}`,
        'check that this machine reaches Maven Central (a proxy is set by HTTPS_PROXY), then start again',
        { cause: error },
      );
    }
  };
  const dir = await ensureCached({ cacheDir, part, folder, neededMb, onProgress, build });
  const jars = (await readdir(dir)).filter((name) => name.endsWith('.jar')).sort();
  return jars.map((jar) => join(dir, jar)).join(':');
}

export interface KafkaTemplate {
  /** A formatted, empty data folder: copying it replaces a run of Kafka's storage tool. */
  dataDir: string;
  /** AppCDS archive of the broker's classes, or undefined if this JVM could not make one. */
  archive: string | undefined;
}

/**
 * Formats a data folder once and runs a broker on it once to archive its classes. Measured on two cores, Java 17: a broker then is ready
 * in 1.7 s instead of 2.6 s, for 2.7 s of CPU instead of 4.0 s; making it takes some 8 s, once for each JVM.
 */
export async function ensureKafkaTemplate(
  cacheDir: string,
  java: Java,
  classpath: string,
  onProgress?: OnProgress,
): Promise<KafkaTemplate> {
  const build = async (dir: string) => {
    const dataDir = join(dir, 'data');
    await mkdir(dataDir);
    await format(join(dir, 'server.properties'), dataDir, java, classpath);
    const trial = join(dir, 'trial');
    await mkdir(trial);
    await archiveClasses(trial, join(dir, 'classes.jsa'), java, classpath);
    await rm(trial, { recursive: true });
  };
  const folder = `kafka-template-${versions.kafka}-java-${java.version}-${await shortHash(manifest, jvmOptions)}`;
  const dir = await ensureCached({
    cacheDir,
    part: 'kafka-archive',
    folder,
    neededMb: 150,
    onProgress,
    build,
  });
  const archive = join(dir, 'classes.jsa');
  return { dataDir: join(dir, 'data'), archive: existsSync(archive) ? archive : undefined };
}

async function format(properties: string, dataDir: string, java: Java, classpath: string): Promise<void> {
  await writeFile(properties, kafkaProperties({ port: 9092, controllerPort: 9093, dataDir }));
  const tool = ['kafka.tools.StorageTool', 'format', '--cluster-id', clusterId, '--config', properties];
  await runCommand(java.path, [...kafkaJvmOptions(undefined), '-cp', classpath, ...tool], {
    timeoutMs: 120_000,
  });
}

/** A JVM that cannot archive (some builds lack it) leaves no file, and brokers start without one: slower, never broken. */
async function archiveClasses(dir: string, archive: string, java: Java, classpath: string): Promise<void> {
  const [port, controllerPort] = (await freePorts(2)) as [number, number];
  const properties = join(dir, 'server.properties');
  const dataDir = join(dir, 'data');
  await mkdir(dataDir);
  await writeFile(properties, kafkaProperties({ port, controllerPort, dataDir }));
  await writeFile(join(dataDir, 'meta.properties'), `version=1\ncluster.id=${clusterId}\nnode.id=1\n`);
  const options = [...kafkaJvmOptions(undefined), `-XX:ArchiveClassesAtExit=${archive}`];
  const broker = await startPart(
    {
      name: 'kafka-archive',
      command: java.path,
      args: [...options, '-cp', classpath, 'kafka.Kafka', properties],
      ready: () => brokerAnswers(`127.0.0.1:${port}`),
      readyWithinMs: 90_000,
      stopWithinMs: 60_000,
      restart: false,
    },
    join(dir, 'log'),
  );
  await broker.stop();
}
