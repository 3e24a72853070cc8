import { parseShares } from './core/sampling.ts';
import type { TailOptions } from './core/tail.ts';

export const HELP = `Usage: node observability/src/relay/main.ts

Takes spans by OTLP, holds each trace until it shows whether it is worth keeping, and sends the kept ones on in Zipkin's format. Kept are
traces with a verdict of mismatch, lost or race, with an error, with a slow request, those a weight decision stands on, and a share of the rest.

Environment:
  ZIPKIN_URL             required: http://HOST:9411 (Zipkin, Jaeger, Tempo, OpenTelemetry collector)
  OTLP_HTTP_LISTEN       default 127.0.0.1:4318; also serves /metrics and /healthz
  OTLP_GRPC_LISTEN       default 127.0.0.1:4317
  CHRONOS_TRACE_SHARE    share of unremarkable traces, then of single routes: 0.1,checkout=1,health=0; default 0.1
  CHRONOS_TRACE_SLOW_MS  a request that takes as long is kept; default 1000
  CHRONOS_TRACE_HOLD_MS  how long a trace waits for its verdict; default 20000
  CHRONOS_TRACE_MEMORY_MB  room for what waits; default 64
`;

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface Settings extends Pick<TailOptions, 'sampling' | 'holdMs' | 'charsMax'> {
  readonly zipkinUrl: string;
  readonly http: Address;
  readonly grpc: Address;
}

/** Every problem at once. */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
): Settings | { readonly errors: readonly string[] } {
  const errors: string[] = [];
  const whole = (name: string, preset: number): number => {
    const value = Number(env[name] || preset);
    if (!Number.isSafeInteger(value) || value < 1)
      errors.push(`${name} is "${env[name]}"; accepted: a whole number from 1 on`);
    return value;
  };
  const address = (name: string, preset: string): Address => {
    const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(env[name] || preset) ?? [];
    if (host === '' || Number(port) > 65_535) errors.push(`${name} is "${env[name]}"; accepted: host:port`);
    return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
  };
  const zipkin = URL.parse(env.ZIPKIN_URL ?? '');
  if (zipkin === null || !/^https?:$/.test(zipkin.protocol))
    errors.push(`ZIPKIN_URL is "${env.ZIPKIN_URL ?? ''}"; accepted: a URL such as http://127.0.0.1:9411`);
  let shares: ReturnType<typeof parseShares> = { share: 0, routes: new Map() };
  try {
    shares = parseShares(env.CHRONOS_TRACE_SHARE || '0.1');
  } catch (error) {
    errors.push(`CHRONOS_TRACE_SHARE: ${(error as Error).message}; accepted: 0.1 or 0.1,route=0.5`);
  }
  const settings: Settings = {
    zipkinUrl: zipkin === null ? '' : new URL('/api/v2/spans', zipkin).href,
    http: address('OTLP_HTTP_LISTEN', '127.0.0.1:4318'),
    grpc: address('OTLP_GRPC_LISTEN', '127.0.0.1:4317'),
    sampling: { ...shares, slowMs: whole('CHRONOS_TRACE_SLOW_MS', 1_000) },
    holdMs: whole('CHRONOS_TRACE_HOLD_MS', 20_000),
    charsMax: whole('CHRONOS_TRACE_MEMORY_MB', 64) * 2 ** 20,
  };
  return errors.length > 0 ? { errors } : settings;
}
