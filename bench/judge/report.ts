import { table } from '../table.ts';
import type { Figures, Share } from './measure.ts';

const header = [
  'data',
  'way',
  'critical accepted',
  'families wholly',
  'bugs found',
  'bugs asked',
  'harmless called bug',
  'harmless asked',
  'harmless proven',
  'AUC',
  'critical recall at 1 %',
];

const rowOf = (one: Figures): string[] => [
  one.data,
  one.contender,
  shown(one.critical_accepted),
  String(one.families_wholly_accepted.length),
  shown(one.bugs_found),
  shown(one.bugs_asked),
  shown(one.harmless_called_bug),
  shown(one.harmless_asked),
  shown(one.harmless_proven),
  ranged(one.auc, 2),
  ranged(one.critical_recall_at_1_percent, 2),
];

/** One line a contender and set; shares in percent with the interval over families. */
export function figuresTable(figures: readonly Figures[]): string {
  return table(header, figures.map(rowOf));
}

export function figuresMarkdown(figures: readonly Figures[]): string {
  const lines = [header, header.map(() => '---'), ...figures.map(rowOf)];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function shown({ hits, of, by_family: [low, high] }: Share): string {
  return of === 0 ? '–' : `${percent(hits / of)} (${percent(low)}–${percent(high)})`;
}

function ranged(one: { value: number; by_family: readonly [number, number] }, digits: number): string {
  if (Number.isNaN(one.value)) return '–';
  const [low, high] = one.by_family;
  return `${one.value.toFixed(digits)} (${low.toFixed(digits)}–${high.toFixed(digits)})`;
}

const percent = (share: number) => (100 * share).toFixed(1);
