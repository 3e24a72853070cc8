/** What ordering needs to know of a part: its name and the names of those that must be ready before it starts. */
export interface Ordered {
  name: string;
  after?: readonly string[];
}

export class OrderError extends Error {
  override readonly name = 'OrderError';
}

/**
 * Groups parts into waves: each part stands in a later wave than everything it comes after, as early as possible. Parts of one wave may
 * start in parallel; stopping goes through the waves backwards. Names in `running` count as ready already.
 * Throws OrderError for a name used twice, an unknown dependency, or a cycle.
 */
export function startWaves<P extends Ordered>(
  parts: readonly P[],
  running: ReadonlySet<string> = new Set(),
): P[][] {
  checkNames(parts, running);
  const placed = new Set(running);
  let left = [...parts];
  const waves: P[][] = [];
  while (left.length > 0) {
    const wave = left.filter((part) => (part.after ?? []).every((name) => placed.has(name)));
    if (wave.length === 0) {
      throw new OrderError(
        `parts wait for each other in a circle: ${left.map((part) => part.name).join(', ')}`,
      );
    }
    for (const part of wave) placed.add(part.name);
    left = left.filter((part) => !placed.has(part.name));
    waves.push(wave);
  }
  return waves;
}

function checkNames(parts: readonly Ordered[], running: ReadonlySet<string>): void {
  const known = new Set(running);
  for (const { name } of parts) {
    if (known.has(name)) throw new OrderError(`two parts are named ${name}; names must be unique`);
    known.add(name);
  }
  for (const { name, after = [] } of parts) {
    const unknown = after.filter((dependency) => !known.has(dependency));
    if (unknown.length > 0)
      throw new OrderError(`${name} comes after ${unknown.join(', ')}, which no part is named`);
  }
}

/**
 * How long one wave may take to stop so that all waves together keep the deadline: what the wave wants, but never so much that the waves
 * still to come get less than `reserveMs` each.
 */
export function stopGraceMs(
  wantedMs: number,
  remainingMs: number,
  wavesAfter: number,
  reserveMs: number,
): number {
  return Math.max(0, Math.min(wantedMs, remainingMs - wavesAfter * reserveMs));
}
