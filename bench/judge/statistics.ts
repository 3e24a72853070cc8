/** Wilson's 95 % interval of a share. Episodes of one family are no independent draws: see `byFamily` for those. */
export function wilson(hits: number, of: number): readonly [number, number] {
  if (of === 0) return [0, 1];
  const z = 1.959964;
  const share = hits / of;
  const centre = share + (z * z) / (2 * of);
  const spread = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)];
}

export interface Scored {
  readonly family: string;
  readonly bug: boolean;
  readonly critical: boolean;
  readonly score: number;
}

/** Chance that a bug scores higher than a harmless difference; ties count half (Mann–Whitney). NaN without either. */
export function rocAuc(scored: readonly Scored[]): number {
  const sorted = scored.toSorted((a, b) => a.score - b.score);
  const bugs = sorted.filter(({ bug }) => bug).length;
  let rankSum = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    while (to < sorted.length && sorted[to]?.score === sorted[from]?.score) to += 1;
    const rank = (from + 1 + to) / 2;
    for (let at = from; at < to; at += 1) if (sorted[at]?.bug) rankSum += rank;
    from = to;
  }
  return (rankSum - (bugs * (bugs + 1)) / 2) / (bugs * (sorted.length - bugs));
}

/** Share of critical bugs that score above the value which at most `falseAlarms` of the harmless ones exceed. */
export function criticalRecall(scored: readonly Scored[], falseAlarms: number): number {
  const harmless = scored.filter(({ bug }) => !bug).map(({ score }) => score);
  const critical = scored.filter((one) => one.bug && one.critical);
  if (harmless.length === 0 || critical.length === 0) return Number.NaN;
  const descending = harmless.toSorted((a, b) => b - a);
  const threshold = descending[Math.floor(falseAlarms * harmless.length)] ?? Number.NEGATIVE_INFINITY;
  return critical.filter(({ score }) => score > threshold).length / critical.length;
}

/** 95 % interval of a figure when whole families are drawn anew, as other authors would have drawn others. Deterministic by seed. */
export function byFamily<T extends { readonly family: string }>(
  items: readonly T[],
  figure: (drawn: readonly T[]) => number,
  seed = 1,
  draws = 500,
): readonly [number, number] {
  const families = [...Map.groupBy(items, ({ family }) => family).values()];
  const random = mulberry(seed);
  const figures: number[] = [];
  for (let draw = 0; draw < draws; draw += 1) {
    const drawn = families.flatMap(() => families[Math.floor(random() * families.length)] ?? []);
    const value = figure(drawn);
    if (!Number.isNaN(value)) figures.push(value);
  }
  figures.sort((a, b) => a - b);
  const at = (q: number) =>
    figures[Math.min(figures.length - 1, Math.floor(q * figures.length))] ?? Number.NaN;
  return [at(0.025), at(0.975)];
}

/** A small seeded generator, from 0 to 1. */
export function mulberry(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
