import { LogLevel } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';

/** What a structured line of a part's log says. */
export interface LoggedLine {
  readonly atMs: number;
  readonly level: LogLevel;
  readonly text: string;
  readonly requestId: string;
  readonly traceId: string;
}

const levels: Readonly<Record<string, LogLevel>> = {
  info: LogLevel.INFO,
  warn: LogLevel.WARNING,
  error: LogLevel.ERROR,
  fatal: LogLevel.ERROR,
};

/**
 * Reads a line as @chronos/observability/log.ts writes it. Undefined for any other: what is no JSON may be anything, a customer's data too, and
 * traces and details are for the file.
 */
export function readLogLine(line: string): LoggedLine | undefined {
  if (!line.startsWith('{')) return undefined;
  const fields = objectOf(line);
  const level = levels[textOf(fields.level)];
  const atMs = Date.parse(textOf(fields.time));
  const said = textOf(fields.msg);
  if (level === undefined || Number.isNaN(atMs) || said === '') return undefined;
  const error = isObject(fields.err) ? textOf(fields.err.message) : '';
  return {
    atMs,
    level,
    text: error === '' || said.includes(error) ? said : `${said}: ${error}`,
    requestId: textOf(fields.request_id),
    traceId: textOf(fields.trace_id),
  };
}

function objectOf(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
