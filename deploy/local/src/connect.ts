import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Part } from './part.ts';
import type { Toolchain } from './toolchain.ts';

export interface ConnectOptions {
  toolchain: Pick<Toolchain, 'java' | 'kafkaClasspath'>;
  /** Jars of Connect and of its connectors ({@link ensureConnectJars}). */
  connectClasspath: string;
  /** Its folder: configuration and the connectors' offsets, which are kept. */
  dir: string;
  port: number;
  /** `host:port` of the broker. */
  bootstrap: string;
}

export interface ConnectPart extends Part {
  /** REST interface. */
  url: string;
}

/** A real Kafka Connect (standalone, one worker) as a part, on loopback only. Connectors are made by its REST interface. */
export function connectPart(name: string, options: ConnectOptions): ConnectPart {
  const { toolchain, connectClasspath, port, bootstrap } = options;
  const dir = resolve(options.dir);
  const properties = join(dir, 'worker.properties');
  const url = `http://127.0.0.1:${port}`;
  return {
    name,
    url,
    command: toolchain.java,
    args: [
      '-Xmx256m',
      '-XX:+UseSerialGC',
      '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
      '-Dorg.slf4j.simpleLogger.showDateTime=true',
      '-cp',
      `${toolchain.kafkaClasspath}:${connectClasspath}`,
      'org.apache.kafka.connect.cli.ConnectStandalone',
      properties,
    ],
    cwd: dir,
    ports: [port],
    prepare: async () => {
      await mkdir(dir, { recursive: true });
      await writeFile(properties, workerProperties(bootstrap, port, join(dir, 'offsets')));
    },
    ready: async () => (await fetch(`${url}/connectors`, { signal: AbortSignal.timeout(2_000) })).ok,
    readyWithinMs: 90_000,
    stopWithinMs: 5_000,
    restart: true,
  };
}

/** Offsets are written every second: what a crash repeats is what came since. */
function workerProperties(bootstrap: string, port: number, offsets: string): string {
  const settings = {
    'bootstrap.servers': bootstrap,
    listeners: `http://127.0.0.1:${port}`,
    'offset.storage.file.filename': offsets,
    'offset.flush.interval.ms': '1000',
    'key.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'key.converter.schemas.enable': 'false',
    'value.converter.schemas.enable': 'false',
    'plugin.discovery': 'service_load',
    'connector.client.config.override.policy': 'All',
    'topic.creation.enable': 'false',
  };
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}
