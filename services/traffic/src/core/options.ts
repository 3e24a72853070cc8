export interface Options {
  readonly target: URL;
  readonly speak: 'rpc' | 'forms';
  readonly tps: number;
  readonly seed: number;
  readonly customers: number;
  /** Seconds; 0 goes on until stopped. */
  readonly durationS: number;
  readonly timeoutMs: number;
  readonly ledger: string | undefined;
  readonly report: string | undefined;
}

export const HELP = `traffic: a constant load of bank customers, and what became of each request

usage: node main.ts [--target URL] [options]

  --target URL      where the bank is (default: environment TARGET_URL)
  --speak HOW       rpc: JSON and gRPC; forms: as the Bank of 1990 is spoken to (default rpc)
  --tps N           requests a second, whatever comes back (default 100)
  --seed N          same seed, same customers doing the same things (default 7)
  --customers N     customers, 1 to 400 (default 400); one in ten is a VIP
  --duration S      seconds; 0 goes on until SIGTERM or SIGINT (default 0)
  --timeout MS      a request that takes longer has failed (default 15000)
  --ledger FILE     one JSON line for each acknowledged write
  --report FILE     at the end: {"requests":{"sent","succeeded","failed"},"latency_ms":{"p50","p99","max"},…}

Once a second one JSON line goes to standard output. Latency counts from the moment a request was due, not from when it was sent.
`;

/**
 * A customer's least time between an answer and the next request, in milliseconds: people read before they click, and whoever mirrors requests
 * must be done with one before the next. Half of the time that the rate leaves each customer, from 0.2 to 2 s.
 */
export function thinkMs({ customers, tps }: Pick<Options, 'customers' | 'tps'>): number {
  return Math.min(2_000, Math.max(200, (500 * customers) / tps));
}

const NAMES = [
  'target',
  'speak',
  'tps',
  'seed',
  'customers',
  'duration',
  'timeout',
  'ledger',
  'report',
] as const;
type Name = (typeof NAMES)[number];

/** Parses the arguments; returns every error at once. */
export function parseOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): { ok: true; options: Options } | { ok: false; errors: string[] } {
  const errors: string[] = [];
  const given = new Map<Name, string>();
  for (let at = 0; at < args.length; at += 2) {
    const name = NAMES.find((known) => args[at] === `--${known}`);
    const value = args[at + 1];
    if (name === undefined)
      errors.push(`"${args[at]}": expected one of ${NAMES.map((known) => `--${known}`).join(', ')}`);
    else if (value === undefined) errors.push(`--${name}: expected a value`);
    else given.set(name, value);
  }
  const number = (name: Name, fallback: number, min: number, max: number): number => {
    const text = given.get(name) ?? String(fallback);
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max))
      errors.push(`--${name} "${text}": expected a number from ${min} to ${max}`);
    return value;
  };
  const targetText = given.get('target') ?? env.TARGET_URL ?? '';
  const target = URL.canParse(targetText) ? new URL(targetText) : undefined;
  if (target?.protocol !== 'http:')
    errors.push(`--target "${targetText}": expected a URL such as http://127.0.0.1:8080`);
  const speak = given.get('speak') ?? 'rpc';
  if (speak !== 'rpc' && speak !== 'forms') errors.push(`--speak "${speak}": expected rpc or forms`);
  const options = {
    speak: speak === 'forms' ? ('forms' as const) : ('rpc' as const),
    tps: number('tps', 100, 0.1, 10_000),
    seed: Math.floor(number('seed', 7, 0, 2 ** 31)),
    customers: Math.floor(number('customers', 400, 1, 400)),
    durationS: number('duration', 0, 0, 31_536_000),
    timeoutMs: number('timeout', 15_000, 1, 600_000),
    ledger: given.get('ledger'),
    report: given.get('report'),
  };
  return target === undefined || errors.length > 0
    ? { ok: false, errors }
    : { ok: true, options: { target, ...options } };
}
