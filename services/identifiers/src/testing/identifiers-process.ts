import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

export interface IdentifiersProcess {
  readonly child: ChildProcess;
  /** A counter or gauge by its whole name with labels; 0 when it is not there. */
  metric(name: string): Promise<number>;
  stop(signal?: NodeJS.Signals): Promise<void>;
}

const main = resolve(import.meta.dirname, '../main.ts');

/** services/identifiers as a process of its own; resolves when it serves. */
export async function startIdentifiers(options: {
  readonly port: number;
  readonly brokers: string;
  readonly databaseUrl: string;
  readonly maskingKey: string;
}): Promise<IdentifiersProcess> {
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      IDENTIFIERS_LISTEN: `127.0.0.1:${options.port}`,
      KAFKA_BROKERS: options.brokers,
      DATABASE_URL: options.databaseUrl,
      CHRONOS_MASKING_KEY: options.maskingKey,
      METRICS_LISTEN: '127.0.0.1:0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killOnExit = () => child.kill('SIGKILL');
  process.once('exit', killOnExit);
  const exited = once(child, 'exit');
  exited.then(() => process.off('exit', killOnExit));
  let stderr = '';
  child.stderr.on('data', (text) => {
    stderr = `${stderr}${text}`.slice(-10_000);
  });
  let metricsPort = '';
  for await (const line of createInterface({ input: child.stdout })) {
    metricsPort = /^metrics \S+:(\d+)$/.exec(line)?.[1] ?? '';
    if (metricsPort !== '') break;
  }
  if (metricsPort === '') throw new Error(`services/identifiers did not start: ${stderr}`);
  child.stdout.resume();
  return {
    child,
    async metric(name) {
      const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
      const line = text.split('\n').find((l) => l.startsWith(`${name} `));
      return Number(line?.slice(name.length + 1) ?? 0);
    },
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      await exited;
    },
  };
}
