import { LogLevel, type LogLine } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';

export interface LogFilter {
  /** Anywhere in a line, its ids too; upper and lower case are one. */
  readonly text: string;
  /** `warning`, `error`, or empty for all. */
  readonly level: string;
  readonly part: string;
}

/** Lines that fit, the newest first. */
export function shownLines(lines: readonly LogLine[], { text, level, part }: LogFilter): LogLine[] {
  const least =
    level === 'error' ? LogLevel.ERROR : level === 'warning' ? LogLevel.WARNING : LogLevel.UNSPECIFIED;
  const wanted = text.toLowerCase();
  const fits = (line: LogLine) =>
    line.level >= least &&
    (part === '' || line.part === part) &&
    (wanted === '' ||
      [line.text, line.part, line.group, line.requestId, line.traceId].some((value) =>
        value.toLowerCase().includes(wanted),
      ));
  return lines.filter(fits).reverse();
}
