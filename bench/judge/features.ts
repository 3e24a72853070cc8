import type { Episode, Triple } from '@chronos/arbiter/core/judge/episode.ts';

/** What a classifier sees of an episode: generic figures, nothing of the judge's rules. */
export const FEATURES = [
  'share differing',
  'log of observations',
  'share where legacy differs from itself',
  'modern absent',
  'legacy absent',
  'types differ',
  'both numbers',
  'relative difference of numbers, median',
  'relative difference of numbers, greatest',
  'signs of differences in balance',
  'ratio constant',
  'same characters in another order',
  'same without case',
  'same without separators',
  'length ratio',
  'edit share at the front',
  'edit share at the end',
  'legacy values distinct',
  'modern values distinct',
  'digits share',
  'decimals of legacy',
  'decimals of modern',
] as const;

export function featuresOf({ observations }: Episode): number[] {
  const differing = observations.filter(({ legacy, modern }) => legacy !== modern);
  const share = (of: readonly Triple[], test: (one: Triple) => boolean) =>
    of.length === 0 ? 0 : of.filter(test).length / of.length;
  const again = observations.filter((one) => 'legacy2' in one);
  const numbers = differing.map(
    ({ legacy, modern }) => [Number(bare(legacy)), Number(bare(modern))] as const,
  );
  const both = numbers.filter(([a, b]) => !Number.isNaN(a) && !Number.isNaN(b));
  const relative = both.map(([a, b]) => Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), 1e-12));
  const ratios = both.map(([a, b]) => (a === 0 ? 0 : b / a));
  const texts = (key: 'legacy' | 'modern') => differing.map((one) => bare(one[key]));
  const mean = (values: readonly number[]) =>
    values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
  return [
    share(observations, ({ legacy, modern }) => legacy !== modern),
    Math.log1p(observations.length),
    share(again, ({ legacy, legacy2 }) => legacy !== legacy2),
    share(differing, ({ modern }) => modern === undefined || modern === 'null'),
    share(differing, ({ legacy }) => legacy === undefined || legacy === 'null'),
    share(differing, ({ legacy, modern }) => kindOf(legacy) !== kindOf(modern)),
    differing.length === 0 ? 0 : both.length / differing.length,
    median(relative),
    Math.max(0, ...relative),
    Math.abs(mean(both.map(([a, b]) => Math.sign(b - a)))),
    spread(ratios),
    share(differing, ({ legacy, modern }) => sorted(bare(legacy)) === sorted(bare(modern))),
    share(differing, ({ legacy, modern }) => bare(legacy).toLowerCase() === bare(modern).toLowerCase()),
    share(differing, ({ legacy, modern }) => plain(legacy) === plain(modern)),
    mean(
      differing.map(({ legacy, modern }) => Math.log((1 + bare(modern).length) / (1 + bare(legacy).length))),
    ),
    mean(differing.map(({ legacy, modern }) => commonFront(bare(legacy), bare(modern)))),
    mean(differing.map(({ legacy, modern }) => commonFront(reversed(bare(legacy)), reversed(bare(modern))))),
    distinct(texts('legacy')),
    distinct(texts('modern')),
    mean(differing.map(({ legacy }) => digitShare(bare(legacy)))),
    mean(differing.map(({ legacy }) => decimals(bare(legacy)))),
    mean(differing.map(({ modern }) => decimals(bare(modern)))),
  ];
}

const textMax = 2_000;
const bare = (raw: string | undefined) => (raw ?? '').slice(0, textMax).replace(/^"|"$/g, '');
const plain = (raw: string | undefined) => bare(raw).replace(/[^\p{L}\p{N}]/gu, '');
const sorted = (text: string) => [...text].sort().join('');
const reversed = (text: string) => [...text].reverse().join('');
const digitShare = (text: string) => text.replace(/\D/g, '').length / Math.max(1, text.length);
const decimals = (text: string) => /^-?\d+\.(\d+)$/.exec(text)?.[1]?.length ?? 0;
const distinct = (texts: readonly string[]) => (texts.length === 0 ? 0 : new Set(texts).size / texts.length);

function kindOf(raw: string | undefined): string {
  if (raw === undefined) return 'absent';
  return raw[0] === '"'
    ? 'text'
    : raw[0] === '[' || raw[0] === '{'
      ? 'structure'
      : /^[-\d]/.test(raw)
        ? 'number'
        : raw;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function spread(values: readonly number[]): number {
  if (values.length < 2) return 0;
  return Math.min(1, (Math.max(...values) - Math.min(...values)) / Math.max(1e-12, Math.abs(median(values))));
}

function commonFront(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1;
  return at / Math.max(1, a.length, b.length);
}
