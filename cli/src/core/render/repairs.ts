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

/**
 * @param limit of what is not settled so many are shown, the oldest
 * @param request what was asked for alone; empty: everything
 */
export function repairLines(
  { repairs, unsettled, totals }: ListRepairsResponse,
  limit: number,
  colors: Palette,
  request = '',
): string[] {
  if (request !== '' && repairs.length + unsettled.length === 0)
    return [`nothing was repaired after request ${printable(request)}, and nothing of it waits`];
  const reported = totals?.reported ?? 0n;
  const known = (totals?.open ?? 0n) + (totals?.outstanding ?? 0n) + reported;
  const left = Math.max(Number(known), unsettled.length) - Math.min(limit, unsettled.length);
  const summary = `${count(totals?.repairs ?? 0n)} repairs, ${count(totals?.settled ?? 0n)} cases settled, ${count(totals?.open ?? 0n)} open, ${count(totals?.outstanding ?? 0n)} outstanding`;
  return [
    ...repairs.toReversed().flatMap((repair) => oneRepair(repair, colors)),
    ...unsettled.slice(0, limit).flatMap((each) => oneCase(each, colors)),
    ...(left > 0 ? [colors.dim(`… and ${count(left)} more that are not settled (--limit, --json)`)] : []),
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
  const works = unasked.map(({ universe, transactions, differed, takenBack, undecided }) => {
    const [own, other] = universe === Universe.MODERN ? ['modern', 'legacy'] : ['legacy', 'modern'];
    const back = takenBack > 0n ? `, ${count(takenBack)} taken back` : '';
    const open = undecided > 0n ? `, ${count(undecided)} not decided yet` : '';
    const text = `  ${own} without a request, 24 h: ${counted(transactions, 'transaction')} that ${other} did not do; rows differed after ${count(differed)}${back}${open}`;
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
    modern.paused
      ? colors.bad(
          'legacy may lack what modern did since then; before chronos resume: chronos verify names the rows that differ, chronos verify --repair --authority modern gives them to legacy',
        )
      : colors.dim(
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

function rowText(row: RepairedRow): string {
  const { entity, key, added, inserted, deleted, fields } = row;
  const name = `${printable(entity)} ${printable(key)}`;
  const changes = fields.map(({ name: field, before, after }) => {
    const values = inserted
      ? valueText(after)
      : deleted
        ? valueText(before)
        : `${valueText(before)} → ${valueText(after)}`;
    return `${printable(field)} ${values}`;
  });
  const what = inserted ? 'added' : deleted ? 'removed' : added ? 'compensated' : 'made equal';
  return `${name} ${what}${changes.length === 0 ? unshownText(row) : `: ${changes.join(', ')}`}`;
}

/** Sensitive fields are in no journal, nor is anything to be seen where what several requests left to be added comes to nothing. */
function unshownText({ added, inserted, deleted, hidden }: RepairedRow): string {
  if (inserted || deleted) return '';
  if (hidden === undefined) return ' in no field that is shown';
  if (hidden > 0) return ' in fields that are sensitive, not shown';
  return added ? ': what was missing comes to nothing' : ': it was so already';
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
    ...(rows.length > 0 ? [colors.dim(`  ${listed(rows)}`)] : []),
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
