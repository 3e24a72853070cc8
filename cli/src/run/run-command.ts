import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { CliError, exitCodes } from '../core/exit-codes.ts';
import type { Io } from '../io.ts';
import { defaultStateDir } from '../shell/state-paths.ts';

export function addRunCommand(program: Command, io: Io): void {
  const command = program
    .command('run')
    .description(
      'run a whole migration here: Envoy, Kafka, Postgres and Chronos embedded, in front of your services',
    )
    .option('-f, --file <file>', 'the migration file')
    .option('--migration <file>', 'the same as --file')
    .option('--tps <n>', "requests a second of the file's traffic", wholeNumber(1, 100_000), 100)
    .option('--seed <n>', 'seed of the traffic', wholeNumber(0, 2 ** 31 - 1), 1)
    .option('--exit', 'end when sealed; exit code 0 only if sealed and no client saw a failure')
    .option('--report <file>', 'write a JSON report at the end')
    .option('--state <dir>', 'folder of databases, logs and secrets; one run at a time', defaultStateDir)
    .option(
      '--keep',
      'go on with the state of the run before (default: start clean; Time Capsules are always kept)',
    )
    .option(
      '--only <name>',
      'migrate only the route group, gRPC method or last path segment of this name; ends at the hot-swap',
    )
    .addOption(new Option('--java <which>', "Kafka's Java").choices(['auto', 'bundled']).default('auto'))
    .addOption(
      new Option(
        '--cdc <how>',
        "who reads the databases' changes: Chronos itself, or Debezium on Kafka Connect",
      )
        .choices(['pgoutput', 'debezium'])
        .default('pgoutput'),
    )
    .option('--api <port>', 'port of the API; 0: any free one', wholeNumber(0, 65_535), 7400)
    .option('--listen <host:port>', "overrides the file's listen", parseAddress)
    .option(
      '--observability',
      'start Prometheus (if it is installed) and Zipkin (installed like the rest) beside it, and print their links',
    )
    .option('--json', 'tell the story as JSON, one event a line; standard output has nothing else')
    .addHelpText(
      'after',
      `
Everything listens on loopback. What is missing (Envoy, Kafka, a JRE) is installed into .chronos/cache, pinned and verified.
Ctrl-C stops all parts within 5 s; a second Ctrl-C kills them.
Without traffic in the file, requests and latency_ms of the report are null: nobody measured what the clients saw.

With --json each line is {at, event, text, …}: text is what a person would read, event one of part (phase, part, url), decision, state (when
it changes, and each 10 s), clients (requests, latency_ms), mismatch, first_mirrored, report, note, and at last end (exit_code).

Metrics: what a Prometheus needs to watch the run stands in <state>/prometheus: prometheus.yml, rules, the addresses of all parts.

Traces: with OTEL_EXPORTER_OTLP_ENDPOINT=http://HOST:4318 in the environment every part sends spans there by OTLP/HTTP, and Envoy to HOST:4317
by OTLP/gRPC without TLS (elsewhere: OTLP_ADDRESS=host:port). One trace then runs from Envoy through both universes to the verdict.
Without it, --observability sends them to its Zipkin: each trace with a mismatch, an error, a slow request or a decision, and of the others the
share that CHRONOS_TRACE_SHARE names (default 0.1; docs/tracing.md). TRACE_ADDRESS=http://HOST:16686/trace/{trace} says where people look at
traces elsewhere.`,
    );
  type Options = {
    file?: string;
    migration?: string;
    tps: number;
    seed: number;
    exit?: boolean;
    report?: string;
    state: string;
    keep?: boolean;
    only?: string;
    java: 'auto' | 'bundled';
    cdc: 'pgoutput' | 'debezium';
    api: number;
    listen?: string;
    json?: boolean;
    observability?: boolean;
  };
  command.action(async () => {
    const options: Options = command.opts();
    // npm start puts the bank's file first; what the user names wins.
    const file = options.migration ?? options.file;
    if (file === undefined) throw new CliError(exitCodes.usage, 'which migration? give its file: -f FILE');
    // Loaded here: the other commands do without the broker's, the databases' and the proxy's code.
    const { runMigration } = await import('./run.ts');
    await runMigration(
      {
        file,
        tps: options.tps,
        seed: options.seed,
        exit: options.exit === true,
        reportFile: options.report === undefined ? undefined : resolve(options.report),
        stateDir: resolve(options.state),
        keep: options.keep === true,
        only: options.only,
        java: options.java,
        cdc: options.cdc,
        apiPort: options.api,
        listen: options.listen,
        json: options.json === true,
        observability: options.observability === true,
      },
      io,
    );
  });
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`accepted: a whole number from ${least} to ${most}`);
    return value;
  };
}

function parseAddress(text: string): string {
  const port = Number(text.slice(text.lastIndexOf(':') + 1));
  if (!/^[^:\s]+:\d{1,5}$/.test(text) || port < 1 || port > 65_535)
    throw new InvalidArgumentError('accepted: host:port such as 127.0.0.1:7500');
  return text;
}
