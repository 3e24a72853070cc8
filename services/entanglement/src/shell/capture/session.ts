import type { Wanted } from '../../core/change/preflight.ts';
import { tagPrefixDefault } from '../../core/change/tags.ts';
import { clockSkewMs } from '../../core/quiet.ts';
import { hasTriggers } from '../attribution/install.ts';
import type { FormerSlot } from '../cdc/former-slot.ts';
import { openSql } from '../cdc/open-sql.ts';
import { prepareCapture } from '../cdc/prepare.ts';
import { SerialSql } from '../cdc/serial-sql.ts';
import type { CaptureDeps, CaptureOptions } from './capture-options.ts';
import { ChangeStream } from './change-stream.ts';
import { DatabaseClock } from './database-clock.ts';
import { StandingWarnings } from './standing-warnings.ts';
import type { CaptureStatus } from './status.ts';

/**
 * Captures until `signal` or trouble ends it.
 *
 * @throws Stopped when somebody has to do something; any other error when the database or the connection is away.
 */
export async function captureSession(
  options: CaptureOptions,
  deps: CaptureDeps,
  status: CaptureStatus,
  signal: AbortSignal,
): Promise<void> {
  const sql = await openSql(options.url);
  const log = (line: string) => deps.log(`${options.wanted.slot}: ${line}`);
  const clock = new DatabaseClock(clockSkewMs(options.entanglement), status, log);
  try {
    await clock.ask(sql, deps.nowUs);
    const standing = new StandingWarnings(status, options.entanglement, log);
    const { completeSinceUs, former, facts } = await prepareCapture({
      ...options,
      sql,
      isReadByOthers: deps.isReadByOthers,
      release: deps.release,
      nowUs: deps.nowUs,
      warn: (text) => {
        if (!status.warnings.includes(text)) log(text);
        status.warnings = [...new Set([...status.warnings, text])];
      },
    });
    standing.set(facts);
    const reading = former === undefined ? options : { ...options, wanted: named(options.wanted, former) };
    const sides = await options.sides();
    const traces = (await hasTriggers(sql)) ? await deps.traces() : undefined;
    const source = await deps.openSource({
      url: options.url,
      wanted: reading.wanted,
      tagPrefix: options.entanglement.tagPrefix || tagPrefixDefault,
      generation: String(completeSinceUs),
      acknowledgedOffset: await options.store.topicOffset(),
    });
    const stream = new ChangeStream(reading, deps, status, {
      source,
      sql: new SerialSql(sql),
      sides,
      traces,
      completeSinceUs,
      untilLsn: former?.untilLsn,
      version: facts.version,
      clock,
      standing,
      onChanges: deps.onChanges,
      log: deps.log,
    });
    await stream.run(signal);
  } finally {
    await sql.end().catch(() => undefined);
  }
}

function named(wanted: Wanted, { slot, publication }: FormerSlot): Wanted {
  return { ...wanted, slot, publication };
}
