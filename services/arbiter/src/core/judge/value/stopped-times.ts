import type { Observed } from '../bugs/rule.ts';
import type { Side } from './side.ts';

const STOPPED = /^([01]?[0-9]|2[0-3])\.([0-5][0-9])$/;

/** The time of the day as ISO 8601 writes it, of one with a full stop: 9.05 is 09:05. */
export function stoppedTime({ text }: Side): string | undefined {
  const [, hours = '', minutes] = STOPPED.exec(text ?? '') ?? [];
  return minutes && `${hours.padStart(2, '0')}:${minutes}`;
}

/** Kinds of minutes, but those of quarters, from which on times of day are thought of. */
const KINDS_MIN = 3;

/**
 * How many times, but those of quarters, legacy has where all that it has may be times with a full stop and modern has them with a colon; 0 where one is
 * none. Hundredths of hours are minutes in three of five: of twelve of them, all are in two of a thousand fields.
 */
export function stoppedTimes(all: readonly Observed[]): number {
  const times = new Set<string>();
  for (const { legacy, modern } of all) {
    if (legacy.absent || legacy.value === null) continue;
    const told = stoppedTime(legacy);
    if (told === undefined || modern.text?.padStart(5, '0') !== told) return 0;
    if (Number(told.slice(3)) % 15 !== 0) times.add(told);
  }
  return new Set([...times].map((time) => time.slice(3))).size >= KINDS_MIN ? times.size : 0;
}

/** From which on they may be times of day. */
export const TIMES_MIN = 5;
/** From which on they are. */
export const TIMES_SURE = 12;
