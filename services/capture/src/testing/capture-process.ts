import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

export interface CaptureProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly port: number;
  readonly metricsUrl: string;
  /** What it wrote to its log, the last of it. */
  said(): string;
  /** A counter or gauge by its whole name with labels, as /metrics shows it; 0 when it is not there. */
  metric(name: string): Promise<number>;
  /** Ends it; resolves with its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

const main = resolve(import.meta.dirname, '../main.ts');

/** services/capture as a process of its own. */
export async function startCapture(options: {
  readonly port: number;
  readonly brokers: string;
  readonly bodyBytesMax: number;
}): Promise<CaptureProcess> {
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      CAPTURE_LISTEN: `127.0.0.1:${options.port}`,
      KAFKA_BROKERS: options.brokers,
      CAPTURE_MAX_BODY_BYTES: String(options.bodyBytesMax),
      METRICS_LISTEN: '127.0.0.1:0',
      CHRONOS_MASKING_KEY: 'a key for tests, of 32 characters',
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

  const addresses = new Map<string, string>();
  for await (const line of createInterface({ input: child.stdout })) {
    const said = /^(ready capture|metrics) \S+:(\d+)$/.exec(line);
    if (said) addresses.set(said[1]!, said[2]!);
    if (addresses.size === 2) break;
  }
  if (addresses.size < 2) throw new Error(`capture did not start: ${stderr}`);
  child.stdout.resume();

  return {
    child,
    pid: child.pid!,
    port: Number(addresses.get('ready capture')),
    metricsUrl: `http://127.0.0.1:${addresses.get('metrics')}/metrics`,
    said: () => stderr,
    async metric(name) {
      const text = await fetch(`http://127.0.0.1:${addresses.get('metrics')}/metrics`).then(
        (response) => response.text(),
        (cause) => {
          throw new Error(`capture (exit code ${child.exitCode}) does not answer: ${stderr}`, { cause });
        },
      );
      const line = text.split('\n').find((l) => l.startsWith(`${name} `));
      return Number(line?.slice(name.length + 1) ?? 0);
    },
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
}
