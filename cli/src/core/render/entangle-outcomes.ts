/** What `chronos entangle` found or did, database by database. */
import type { Palette } from '../text/palette.ts';

export interface ShownProblem {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** What one universe's database has to say, or both of them about the entities, or Chronos' own. */
export interface Outcome {
  readonly universe: 'legacy' | 'modern' | 'both' | 'chronos';
  readonly done?: readonly string[];
  /** What was taken out; empty where nothing of Chronos' was there. */
  readonly removed?: readonly string[];
  /** What is still there, and why. */
  readonly left?: readonly string[];
  readonly problems?: readonly ShownProblem[];
  readonly warnings?: readonly string[];
  /** Why it was left alone. */
  readonly skipped?: string;
  /** What could not be done, and why. */
  readonly failed?: string;
}

/** Without what only the process needs. */
export const shownProblem = ({ code, message, remedy }: ShownProblem): ShownProblem => ({
  code,
  message,
  remedy,
});

export function outcomeLines(outcomes: readonly Outcome[], colors: Palette): string[] {
  return outcomes.flatMap(
    ({ universe, done = [], removed, left = [], problems, warnings = [], skipped, failed }) => [
      ...(skipped === undefined ? [] : [`${universe}: left alone, ${skipped}`]),
      ...done.map((text) => `${universe}: ${colors.good('done')} ${text}`),
      ...(removed ?? []).map((text) => `${universe}: ${colors.good('removed')} ${text}`),
      ...(removed?.length === 0
        ? [`${universe}: nothing to remove: nothing that Chronos made is there`]
        : []),
      ...left.map((text) => `${universe}: ${text}`),
      ...(failed === undefined ? [] : [`${universe}: ${colors.bad(failed)}`]),
      ...(problems ?? []).flatMap(({ message, remedy }) => [
        `${universe}: ${colors.bad(message)}`,
        `  → ${remedy}`,
      ]),
      ...warnings.map((text) => `${universe}: ${text}`),
      ...(problems?.length === 0 ? [`${universe}: ${colors.good('ready')} to be ${readyFor(universe)}`] : []),
    ],
  );
}

function readyFor(universe: Outcome['universe']): string {
  return universe === 'both' ? 'compared: the entities fit both databases' : 'captured';
}
