import { setTimeout as delay } from 'node:timers/promises';
import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { PartStatus } from '@chronos/local/supervisor.ts';
import { redactLine } from '@chronos/observability/core/redact.ts';
import type { WatchLogsResponseSchema } from '@chronos/proto/chronos/v1/runtime_service_pb.js';
import { type LoggedLine, readLogLine } from '../core/run/log-line.ts';
import { LogFollower } from './follow-log.ts';
import { partNames } from './part-names.ts';

const lookMs = 1_000;
/** Lines that one look passes on: a part that logs much must not cost the page its others. */
const linesMax = 40;

/** Tells its own lines itself. */
const silent: readonly string[] = [partNames.controlPlane];

/**
 * What the supervised parts log, in the order of time: first the last lines of each, then what comes, until the signal.
 *
 * @param parts those that run now
 * @param secrets values that are left out wherever they stand
 */
export async function* partLogs(
  parts: () => readonly Pick<PartStatus, 'name' | 'logPath'>[],
  secrets: readonly string[],
  sinceMs: number,
  signal: AbortSignal,
): AsyncGenerator<MessageInitShape<typeof WatchLogsResponseSchema>> {
  const followers = new Map<string, LogFollower>();
  const follower = (path: string) => {
    const known = followers.get(path) ?? new LogFollower(path);
    followers.set(path, known);
    return known;
  };
  while (!signal.aborted) {
    const fresh = parts()
      .filter(({ name }) => !silent.includes(name))
      .flatMap(({ name, logPath }) => readNew(follower(logPath), name, secrets))
      .filter(({ atMs }) => atMs > sinceMs)
      .sort((a, b) => a.atMs - b.atMs);
    const skipped = Math.max(0, fresh.length - linesMax);
    const lines = fresh.slice(skipped).map(({ atMs, ...line }) => ({ ...line, at: timestampFromMs(atMs) }));
    if (lines.length > 0) yield { lines, skipped: BigInt(skipped) };
    await delay(lookMs, undefined, { signal }).catch(() => undefined);
  }
}

function readNew(
  follower: LogFollower,
  name: string,
  secrets: readonly string[],
): (LoggedLine & { readonly part: string })[] {
  // A run has one migration: `build-bank.modern.v1@1` is modern v1@1.
  const part = name.replace(/^build-[^.]+\.(legacy|modern)\./, '$1 ');
  return follower.newLines().flatMap((line) => {
    const read = readLogLine(redactLine(line, secrets));
    return read === undefined ? [] : [{ ...read, part }];
  });
}
