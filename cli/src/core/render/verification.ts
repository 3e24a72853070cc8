/** Verification and copy of databases, for people. */
import { timestampFromMs, timestampMs } from '@bufbuild/protobuf/wkt';
import {
  type Copy,
  type CopyComparison,
  type EntanglementState,
  JobState,
  type RowDifference,
  type Verification,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import type { Vector, VectorField } from '@chronos/proto/events/v1/state_update_pb.js';
import { printable } from '../text/cells.ts';
import { count, durationMsBetween, isoTime, span } from '../text/numbers.ts';
import type { Palette } from '../text/palette.ts';
import { table } from '../text/table.ts';

/** Rows printed; the API keeps 200, `--json` has them all. */
const ROWS_SHOWN = 20;

/** One line while it runs: `entry  1,200,000 of 5,000,000 rows  24 %  312,004/s  12 s left  4,100 differ, 640 repaired`. */
export function progressText(job: Verification | Copy, colors: Palette): string {
  if ('comparison' in job && job.comparison !== undefined) return comparisonText(job.comparison);
  const done = 'rowsRead' in job ? job.rowsRead : job.rowsWritten;
  const entity = job.entities.find((each) => !each.done)?.entity ?? '';
  const share = job.rowsExpected > 0n ? `${Math.min(100, Number((done * 100n) / job.rowsExpected))} %` : '';
  const left = job.secondsLeft === undefined ? '' : `${span(job.secondsLeft * 1_000)} left`;
  const rate = job.rowsPerSecond > 0 ? `${count(Math.round(job.rowsPerSecond))}/s` : '';
  const of = job.rowsExpected > 0n ? ` of about ${count(job.rowsExpected)}` : '';
  const found = 'rowsRead' in job ? foundText(job) : '';
  const parts = [colors.dim(printable(entity)), `${count(done)}${of} rows`, share, rate, left, found];
  return parts.filter((part) => part !== '').join('  ');
}

/** Nothing is read while rows that differ are repaired. */
function foundText({ entities, repair, waitsFor }: Verification): string {
  const sum = (name: 'differences' | 'repaired') =>
    entities.reduce((all, { [name]: rows }) => all + rows, 0n);
  const differ = sum('differences');
  const found =
    differ === 0n ? '' : `${count(differ)} differ${repair ? `, ${count(sum('repaired'))} repaired` : ''}`;
  return [found, waitsFor === '' ? '' : `waits for ${printable(waitsFor)}`]
    .filter((part) => part !== '')
    .join('  ');
}

/** All rows are copied: how long it takes from here on depends on what changes meanwhile. */
function comparisonText({
  round,
  roundsMax,
  rowsRead,
  rowsExpected,
  differences,
  repaired,
}: CopyComparison): string {
  const of = rowsExpected > 0n ? ` of about ${count(rowsExpected)}` : '';
  return `copied; comparing, round ${round} of at most ${roundsMax}: ${count(rowsRead)}${of} rows, ${count(differences)} differ, ${count(repaired)} repaired`;
}

export function verificationLines(job: Verification, colors: Palette): string[] {
  const took = span(durationMsBetween(job.startedAt, job.endedAt));
  return [
    ...table(
      [
        { title: 'ENTITY' },
        { title: 'LEGACY', align: 'right' },
        { title: 'MODERN', align: 'right' },
        { title: 'DIFFER', align: 'right' },
        { title: 'REPAIRED', align: 'right' },
        { title: 'IN FLIGHT', align: 'right' },
        { title: 'UNSETTLED', align: 'right' },
      ],
      job.entities.map((entity) => [
        printable(entity.entity),
        count(entity.rowsLegacy),
        count(entity.rowsModern),
        count(entity.differences),
        count(entity.repaired),
        count(entity.inFlight),
        count(entity.unsettled),
      ]),
    ),
    ...job.entities
      .filter(({ note }) => note !== '')
      .map(({ entity, note }) => colors.dim(`${printable(entity)}: ${printable(note)}`)),
    ...job.differences.slice(0, ROWS_SHOWN).flatMap((row) => differenceLines(row, colors)),
    ...(job.differences.length > ROWS_SHOWN
      ? [colors.dim(`… and ${count(job.differences.length - ROWS_SHOWN)} more (--json)`)]
      : []),
    `${verdict(job, colors)} (${count(job.rowsRead)} rows, ${took}, ${isoTime(job.endedAt) ?? 'still running'}${job.resumed ? '; resumed after a stop: no seal stands on it' : ''})`,
  ];
}

export function copyLines(job: Copy, colors: Palette): string[] {
  const took = span(durationMsBetween(job.startedAt, job.endedAt));
  return [
    ...table(
      [{ title: 'ENTITY' }, { title: 'WRITTEN', align: 'right' }],
      job.entities.map(({ entity, rowsWritten }) => [printable(entity), count(rowsWritten)]),
    ),
    `${copyVerdict(job, colors)} (${count(job.rowsWritten)} rows, ${took})`,
  ];
}

/** How the databases are kept in step; nothing for a migration that leaves them alone. */
export function entanglementLines(state: EntanglementState, colors: Palette): string[] {
  const captures = state.captures.map(({ universe, lagSeconds, paused, pauseReason, ready, attributed }) => {
    const name = nameOf(universe);
    if (paused) return `  ${name}: ${colors.bad('capture paused')}: ${printable(pauseReason)}`;
    if (pauseReason !== '') return `  ${name}: ${colors.warn('capture waits')}: ${printable(pauseReason)}`;
    if (!ready && lagSeconds === 0) return `  ${name}: ${colors.warn('its changes are not read yet')}`;
    return `  ${name}: ${sharesText(attributed)}, ${span(Math.max(0, lagSeconds) * 1_000)} behind`;
  });
  const alarms = state.captures
    .filter(({ walAlarm }) => walAlarm !== '')
    .map(
      ({ universe, walAlarm }) => `  ${nameOf(universe)}: ${colors.bad('much WAL')}: ${printable(walAlarm)}`,
    );
  const copy =
    state.runningCopy === undefined ? [] : [`  being copied: ${progressText(state.runningCopy, colors)}`];
  return [colors.bold('databases'), ...captures, ...alarms, ...copy, `  ${proofText(state, colors)}`];
}

const nameOf = (universe: Universe) => (universe === Universe.LEGACY ? 'legacy' : 'modern');

function proofText(
  { lastVerification, sinceVerification, runningVerification, captures }: EntanglementState,
  colors: Palette,
): string {
  if (runningVerification !== undefined)
    return `being verified: ${progressText(runningVerification, colors)}`;
  if (lastVerification === undefined) return colors.warn('never verified: chronos verify compares both');
  const { ageSeconds = 0, transactions } = sinceVerification ?? {};
  const since =
    transactions === undefined
      ? 'what happened since is not known'
      : `${count(transactions)} ${transactions === 1n ? 'transaction' : 'transactions'} since`;
  const startedMs = timestampMs(lastVerification.startedAt ?? timestampFromMs(0));
  const rewritten = captures.find(
    ({ tablesKeptSince: at }) => at !== undefined && timestampMs(at) > startedMs,
  )?.tablesKeptSince;
  const outdated =
    rewritten === undefined
      ? ''
      : colors.warn(
          `; a table was rewritten as a whole, or is watched anew, at ${isoTime(rewritten)}: no seal stands on it`,
        );
  return `verified ${span(ageSeconds * 1_000)} ago: ${verdict(lastVerification, colors)}; ${since}${outdated}`;
}

/** `1,204 transactions, 99.9 % tagged`. */
function sharesText(attributed: { readonly [attribution: string]: bigint }): string {
  const own = Object.entries(attributed).filter(([word]) => !['repair', 'copy'].includes(word));
  const total = own.reduce((sum, [, value]) => sum + value, 0n);
  if (total === 0n) return 'no transactions yet';
  const known = total - (attributed.none ?? 0n);
  const rest = known === total ? '' : ' (the others are inferred, or nobody’s)';
  return `${count(total)} ${total === 1n ? 'transaction' : 'transactions'}, ${Number((known * 10_000n) / total) / 100} % attributed${rest}`;
}

function verdict(job: Verification, colors: Palette): string {
  switch (job.state) {
    case JobState.CLEAN:
      return colors.good(
        job.entities.some(({ repaired }) => repaired > 0n) ? 'equal, once repaired' : 'equal',
      );
    case JobState.DIFFERENT:
      return colors.bad(
        job.truncated ? 'different; more rows than a repair is for: chronos copy' : 'different',
      );
    case JobState.UNSETTLED:
      return colors.warn('nothing differs for certain, but some rows never rested');
    case JobState.RUNNING:
      return 'running';
    case JobState.STOPPED:
      return colors.warn('stopped; go on with --resume');
    default:
      return colors.bad(`failed: ${printable(job.failure)}`);
  }
}

function copyVerdict(job: Copy, colors: Palette): string {
  switch (job.state) {
    case JobState.CLEAN:
      return colors.good('copied, and both databases are equal');
    case JobState.UNSETTLED:
      return colors.warn(
        'copied; some rows change all the time, which only traffic on modern, too, can follow',
      );
    case JobState.DIFFERENT:
      return colors.bad(printable(job.failure || 'copied, but rows differ'));
    case JobState.RUNNING:
      return 'running';
    case JobState.STOPPED:
      return colors.warn('stopped; go on with --resume');
    default:
      return colors.bad(`failed: ${printable(job.failure)}`);
  }
}

function differenceLines(
  { entity, key, legacy, modern, fields, repaired, repairFailure }: RowDifference,
  colors: Palette,
): string[] {
  const outcome = repaired
    ? colors.good('repaired')
    : repairFailure === ''
      ? ''
      : colors.bad(`not repaired: ${printable(repairFailure)}`);
  return [
    `${colors.bold(printable(entity))} ${printable(key)}${outcome === '' ? '' : `  ${outcome}`}`,
    `  legacy  ${vectorText(legacy, fields)}`,
    `  modern  ${vectorText(modern, fields)}`,
  ];
}

/** The fields that differ, or all of a row that is alone. */
function vectorText(vector: Vector | undefined, fields: readonly string[]): string {
  if (vector === undefined) return 'no such row';
  return vector.fields
    .filter(({ name }) => fields.length === 0 || fields.includes(name))
    .map((field) => `${printable(field.name)} ${valueText(field)}`)
    .join('  ');
}

function valueText({ value }: VectorField): string {
  switch (value.case) {
    case 'text':
      return printable(value.value);
    case 'masked':
      return `masked:${printable(value.value).slice(0, 12)}`;
    case 'null':
      return 'null';
    default:
      return 'unknown';
  }
}
