/** What one request did to the rows of both databases: before, after and Δ, side by side. */
import { deltaOf, sameCell, shownCell, stateOf } from '@chronos/arbiter/core/effects/cell.ts';
import { Attribution } from '@chronos/proto/events/v1/state_update_pb.js';
import {
  EffectsState,
  type EntityEffect,
  Ruling,
  type SideEffect,
  type Verdict,
} from '@chronos/proto/events/v1/verdict_pb.js';
import { padEnd, printable } from '../text/cells.ts';
import type { Palette } from '../text/palette.ts';

/** Rows shown of one request. */
const rowsMax = 20;

/** Nothing where no entities are declared. */
export function effectLines(verdict: Verdict, colors: Palette): string[] {
  const { effects, effectsState, effectsExplanation, race, revision, unattributed } = verdict;
  if (effectsState === EffectsState.UNSPECIFIED) return [];
  const more = effects.length > rowsMax ? [`  … ${effects.length - rowsMax} more rows`] : [];
  const notes = [
    ...(effectsExplanation === '' ? [] : [printable(effectsExplanation)]),
    ...(revision === 0 ? [] : [`A change came after the verdict: this is revision ${revision}.`]),
    ...(unattributed === 0
      ? []
      : [`${unattributed} transactions of nobody touched these rows while it was in flight.`]),
  ];
  return [
    colors.bold(titleOf(effectsState, effects.length, race)),
    ...notes.map((note) => `  ${colors.warn(note)}`),
    ...effects.slice(0, rowsMax).flatMap((effect) => rowLines(effect, colors)),
    ...more,
    '',
  ];
}

function titleOf(state: EffectsState, rows: number, race: boolean): string {
  if (state === EffectsState.UNKNOWN) return 'effects: not known in full';
  if (state === EffectsState.TOO_LARGE) return 'effects: more rows than are kept';
  if (state === EffectsState.AMBIGUOUS) return 'effects: whose they are cannot be told';
  if (rows === 0) return 'effects: no row was changed';
  return `effects: ${rows === 1 ? '1 row' : `${rows} rows`}${race ? ', in another order' : ''}`;
}

function rowLines(effect: EntityEffect, colors: Palette): string[] {
  const { entity, key, modernKey, legacy, modern, ruling, explanation } = effect;
  const name = printable(`${entity} ${key}${modernKey === '' ? '' : ` (modern ${modernKey})`}`);
  return [
    `${markOf(ruling, colors)} ${name}${explanation === '' ? '' : colors.dim(`  ${explanation}`)}`,
    ...sideLines('legacy', legacy),
    ...sideLines('modern', modern),
  ];
}

function markOf(ruling: Ruling, colors: Palette): string {
  if (ruling === Ruling.BUG || ruling === Ruling.ASKED) return colors.bad('✗');
  return ruling === Ruling.RACE ? colors.warn('⇄') : colors.dim('✓');
}

function sideLines(name: string, side: SideEffect | undefined): string[] {
  const label = `    ${padEnd(name, 7)} `;
  if (side === undefined) return [`${label}(left as it was)`];
  const inferred = side.attribution === Attribution.INFERRED ? ' (request inferred)' : '';
  const before = stateOf(side.before);
  const after = stateOf(side.after);
  if (after === undefined) return [`${label}deleted${inferred}`];
  const fields = [...after].flatMap(([field, cell]) => {
    const was = before?.get(field);
    if (before === undefined) return [`${field} ${shownCell(cell)}`];
    if (sameCell(was, cell)) return [];
    const delta = deltaOf(was, cell);
    return [`${field} ${shownCell(was)} → ${shownCell(cell)}${delta === undefined ? '' : ` (Δ ${delta})`}`];
  });
  const what = before === undefined ? `new: ${fields.join(', ')}` : fields.join(', ') || 'unchanged';
  return [`${label}${printable(what)}${inferred}`];
}
