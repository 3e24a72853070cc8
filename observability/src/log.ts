import { destination, type Logger, pino, stdTimeFunctions } from 'pino';
import { redactLine, secretFields, secretsOf } from './core/redact.ts';
import { traceIdOf } from './tracing.ts';

export type Log = Logger;

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

export interface LogOptions {
  /** Default: of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Takes each line with its line feed; default: standard error. */
  readonly write?: (line: string) => void;
}

/**
 * The log of a process: one JSON object a line on standard error, with `level`, `time` (ISO 8601), `part` and `msg`, and where they are known
 * `request_id`, `trace_id` and `err`. CHRONOS_LOG_LEVEL (trace, debug, info, warn, error, fatal, silent; default info) says how much; another
 * word counts as info, and the log says so. Secrets are left out: see core/redact.ts. Standard output is not for logs: the supervisor reads it.
 */
export function openLog(part: string, options: LogOptions = {}): Log {
  const env = options.env ?? process.env;
  const secrets = secretsOf(env);
  const stream = options.write === undefined ? destination({ fd: 2, sync: true }) : { write: options.write };
  const asked = env.CHRONOS_LOG_LEVEL || 'info';
  const log = pino(
    {
      level: levels.includes(asked) ? asked : 'info',
      base: { part },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secretFields, censor: '[redacted]' },
    },
    { write: (line: string) => stream.write(redactLine(line, secrets)) },
  );
  if (!levels.includes(asked))
    log.warn(`CHRONOS_LOG_LEVEL is "${asked}"; accepted: ${levels.join(', ')}; taken as info`);
  return log;
}

/** For code that tells its troubles in single lines. */
export function warnings(log: Log): (line: string) => void {
  return (line) => log.warn(line);
}

/** The ids by which a request is found again, of its headers; what is not known is left out. */
export function requestIds(headers: { get(name: string): string | null }): Record<string, string> {
  const requestId = headers.get('x-chronos-request-id');
  const traceId = traceIdOf(headers.get('traceparent') ?? '');
  return { ...(requestId && { request_id: requestId }), ...(traceId && { trace_id: traceId }) };
}
