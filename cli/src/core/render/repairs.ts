/** The journal of repairs, for people. */
import type {
  EntanglementState,
  ListRepairsResponse,
  Repair,
  RepairCase,
  RepairedRow,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { printable } from '../text/cells.ts';
import { count, isoTime, span } from '../text/numbers.ts';
import type { Palette } from '../text/palette.ts';

const ROWS_SHOWN = 10;
const CASES_SHOWN = 3;

export function repairLines({ repairs, unsettled, totals }: ListRepairsResponse, colors: Palette): string[] {
  const reported = totals?.reported ?? 0n;
  const summary = `${count(totals?.repairs ?? 0n)} repairs, ${count(totals?.settled ?? 0n)} cases settled, ${count(totals?.open ?? 0n)} open, ${count(totals?.outstanding ?? 0n)} outstanding`;
  return [
    ...repairs.toReversed().flatMap((repair) => oneRepair(repair, colors)),
    ...unsettled.flatMap((each) => oneCase(each, colors)),
    reported > 0n ? `${summary}, ${count(reported)} only reported` : summary,
  ];
}

/** For `chronos status`: nothing unless rows differ that could not be made equal in time. */
export function outstandingLines({ unsettled, totals }: ListRepairsResponse, colors: Palette): string[] {
  const outstanding = totals?.outstanding ?? 0n;
  if (outstanding === 0n) return [];
  const reason = unsettled.find(({ state }) => state === 'outstanding')?.reason ?? '';
  const why = reason === '' ? '' : `: ${printable(reason)}`;
  return [
    `  ${colors.bad(`${count(outstanding)} outstanding ${outstanding === 1n ? 'repair' : 'repairs'}`)}${why}`,
    `  ${colors.dim('chronos repairs shows them all')}`,
  ];
}

/** For `chronos status`: what the universes did without requests, and requests without verdicts; nothing where they did the same. */
export function unaskedLines({ unasked, unjudged }: ListRepairsResponse, colors: Palette): string[] {
  const works = unasked.map(({ universe, transactions, differed, takenBack }) => {
    const [own, other] = universe === Universe.MODERN ? ['modern', 'legacy'] : ['legacy', 'modern'];
    const back = takenBack > 0n ? `, ${count(takenBack)} taken back` : '';
    const text = `  ${own} without a request, 24 h: ${counted(transactions, 'transaction')} that ${other} did not do; rows differed after ${count(differed)}${back}`;
    return takenBack > 0n ? colors.warn(text) : text;
  });
  if (unjudged === 0n) return works;
  return [
    ...works,
    colors.warn(
      `  ${counted(unjudged, 'request')} changed rows after the verdict, or got none, 24 h: the rows were compared without it`,
    ),
  ];
}

function counted(n: bigint, what: string): string {
  return `${count(n)} ${what}${n === 1n ? '' : 's'}`;
}

/**
 * For `chronos kill`: what modern alone has, and legacy answers without. `undefined`: the entanglement did not answer.
 */
export function afterKillLines(
  state: EntanglementState | undefined,
  repairs: ListRepairsResponse | undefined,
  colors: Palette,
): string[] {
  const modern = state?.captures.find(({ universe }) => universe === Universe.MODERN);
  if (modern === undefined || repairs === undefined)
    return [
      colors.bad(
        'the entanglement does not answer: what modern alone has waits for it, and legacy answers without',
      ),
    ];
  const { open = 0n, outstanding = 0n } = repairs.totals ?? {};
  const lag = modern.paused
    ? colors.bad(`modern’s changes are not read: ${printable(modern.pauseReason)}`)
    : `modern’s changes are read up to ${span(modern.lagSeconds * 1_000)} ago`;
  const standing = `${count(open)} repairs open, ${count(outstanding)} outstanding`;
  return [
    `${outstanding > 0n ? colors.bad(standing) : standing}; ${lag}`,
    colors.dim(
      'legacy has every write of modern’s once chronos repairs says 0 open, 0 outstanding, some seconds from now',
    ),
  ];
}

function oneRepair({ universe, writtenAt, cases, rows, moreRows }: Repair, colors: Palette): string[] {
  const shown = rows.slice(0, ROWS_SHOWN).map((row) => `  ${rowText(row)}`);
  const more = rows.length - shown.length + moreRows;
  return [
    `${isoTime(writtenAt) ?? ''}  ${universeName(universe)} written for ${listed(cases)}`,
    ...shown,
    ...(more > 0 ? [colors.dim(`  … and ${count(more)} more rows (--json)`)] : []),
  ];
}

function rowText({ entity, key, added, inserted, deleted, fields }: RepairedRow): string {
  const name = `${printable(entity)} ${printable(key)}`;
  if (inserted) return `${name} added`;
  if (deleted) return `${name} removed`;
  const changes = fields.map(
    (field) => `${printable(field.name)} ${valueText(field.before)} → ${valueText(field.after)}`,
  );
  return `${name} ${added ? 'compensated' : 'made equal'}: ${changes.join(', ')}`;
}

function oneCase(
  { id, cause, authority, openedAt, state, reason, rows }: RepairCase,
  colors: Palette,
): string[] {
  const why = reason === '' ? '' : `: ${printable(reason)}`;
  return [
    colors.warn(
      `${isoTime(openedAt) ?? ''}  ${printable(id)} (${printable(cause)}, ${universeName(authority)} is right) is ${printable(state)}${why}`,
    ),
    colors.dim(`  ${listed(rows)}`),
  ];
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, CASES_SHOWN).map(printable).join(', ');
  const more = names.length - CASES_SHOWN;
  return more > 0 ? `${shown} and ${count(more)} more` : shown;
}

function valueText(value: string | undefined): string {
  return value === undefined ? 'null' : printable(value);
}

function universeName(universe: Universe): string {
  return universe === Universe.MODERN ? 'modern' : 'legacy';
}
