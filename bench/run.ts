import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

/** One measurement: figures for the JSON report, and what is printed. */
export type Bench = () => Promise<{ readonly figures: unknown; readonly table: string }>;

export interface RunOptions<Name extends string> {
  readonly benches: Readonly<Record<Name, Bench>>;
  /** This one alone; all, in their order, where it is not given. */
  readonly only: Name | undefined;
  readonly quick: boolean;
  /** The report's file. */
  readonly json: string | undefined;
  /** What stands beside the machine and Node: versions of other parts. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Runs benches in turn: each one's table as soon as it is there, and the report after each. One that fails does not keep the others. */
export async function runBenches<Name extends string>(options: RunOptions<Name>): Promise<void> {
  // What was started ends with this process; without these lines a signal would end it too early for that.
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  const { benches, only, quick, json, versions } = options;
  const [cpu] = cpus();
  const machine = {
    cpus: cpus().length,
    model: cpu?.model ?? 'unknown',
    load_average_at_start: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    node: process.version,
    ...versions,
  };
  const parts = Object.entries(versions).map(([name, version]) => `, ${name} ${version}`);
  process.stdout.write(
    `${machine.cpus} × ${machine.model}, load average at start ${machine.load_average_at_start}, Node ${machine.node}${parts.join('')}${quick ? ', --quick' : ''}\n`,
  );
  const results: Partial<Record<Name, unknown>> = {};
  const save = () => {
    if (json !== undefined) writeReport(json, { at: new Date().toISOString(), quick, machine, ...results });
  };
  // Before anything is measured, so that a path that cannot be written costs nobody fifteen minutes; and after each, so that nothing is lost.
  save();
  for (const name of only === undefined ? (Object.keys(benches) as Name[]) : [only]) {
    process.stdout.write(`\n${name}\n`);
    try {
      const { figures, table } = await benches[name]();
      results[name] = figures;
      process.stdout.write(`${table}\n`);
    } catch (error) {
      process.exitCode = 1;
      process.stderr.write(`bench: ${name} failed: ${messageOf(error)}\n`);
    }
    save();
  }
}

/** What `read` makes of the command line; with help and exit code 2 when it throws, with help alone when it was asked for. */
export function readCommandLine<T extends { readonly help: boolean }>(help: string, read: () => T): T {
  try {
    const options = read();
    if (!options.help) return options;
    process.stdout.write(help);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`bench: ${messageOf(error)}\n\n${help}`);
    process.exit(2);
  }
}

/** The name that was asked for. @throws Error that says what is accepted. */
export function onlyOf<Name extends string>(
  names: readonly Name[],
  text: string | undefined,
): Name | undefined {
  const only = names.find((name) => name === text);
  if (text !== undefined && only === undefined)
    throw new Error(`--only is "${text}"; accepted: ${names.join(', ')}`);
  return only;
}

/** Progress, beside the tables. */
export function note(line: string): void {
  process.stderr.write(`  ${line}\n`);
}

function writeReport(file: string, report: object): void {
  try {
    writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  } catch (error) {
    process.stderr.write(`bench: cannot write ${file}: ${messageOf(error)}\n`);
    process.exit(1);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
