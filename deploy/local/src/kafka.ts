import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { kafkaJvmOptions, kafkaProperties } from './core/kafka-config.ts';
import { freePorts } from './free-port.ts';
import { brokerAnswers } from './kafka-probe.ts';
import type { Part } from './part.ts';
import { type StartedPart, startPart } from './start-part.ts';
import type { Toolchain } from './toolchain.ts';

export interface KafkaOptions {
  toolchain: Pick<Toolchain, 'java' | 'kafkaClasspath' | 'kafkaTemplate' | 'kafkaArchive'>;
  /** The broker's folder; an existing log in it is kept. */
  dir: string;
  port: number;
  controllerPort: number;
}

export interface KafkaPart extends Part {
  /** `host:port` for clients. */
  bootstrap: string;
}

/** A real one-node Kafka broker (KRaft) as a part, on loopback only. Topics are not made by use: their owners create them. */
export function kafkaPart(name: string, options: KafkaOptions): KafkaPart {
  const { toolchain, port, controllerPort } = options;
  const dir = resolve(options.dir);
  const properties = join(dir, 'server.properties');
  const bootstrap = `127.0.0.1:${port}`;
  return {
    name,
    bootstrap,
    command: toolchain.java,
    args: [
      ...kafkaJvmOptions(toolchain.kafkaArchive),
      '-cp',
      toolchain.kafkaClasspath,
      'kafka.Kafka',
      properties,
    ],
    cwd: dir,
    ports: [port, controllerPort],
    prepare: async () => {
      const dataDir = join(dir, 'data');
      await mkdir(dir, { recursive: true });
      await writeFile(properties, kafkaProperties({ port, controllerPort, dataDir }));
      await ensureFormatted(dataDir, toolchain.kafkaTemplate);
    },
    ready: () => brokerAnswers(bootstrap),
    readyWithinMs: 60_000,
    restart: true,
  };
}

/** Starts one broker alone, e.g. for a test. */
export async function startKafka(
  options: Omit<KafkaOptions, 'port' | 'controllerPort'> & { port?: number; controllerPort?: number },
): Promise<StartedPart & Pick<KafkaPart, 'bootstrap'>> {
  const [port, controllerPort] = (await freePorts(2)) as [number, number];
  const part = kafkaPart('kafka', { port, controllerPort, ...options });
  const started = await startPart(part, `${resolve(options.dir)}.log`);
  return { ...started, bootstrap: part.bootstrap };
}

async function ensureFormatted(dataDir: string, template: string): Promise<void> {
  if (existsSync(join(dataDir, 'meta.properties'))) return;
  const draft = `${dataDir}.new`;
  await rm(draft, { recursive: true, force: true });
  await cp(template, draft, { recursive: true });
  await rename(draft, dataDir);
}
