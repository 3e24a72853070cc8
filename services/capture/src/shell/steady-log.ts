const everyMs = 10_000;
const linesMax = 100;

/** A log for what may happen thousands of times a second: one line for each kind in ten seconds, with how often it happened. */
export function steadyLog(write: (line: string) => void, now: () => number = Date.now) {
  const kinds = new Map<string, { lastMs: number; held: number }>();
  return (what: string, detail = ''): void => {
    const known = kinds.get(what);
    const nowMs = now();
    if (known && nowMs - known.lastMs < everyMs) {
      known.held += 1;
      return;
    }
    if (kinds.size >= linesMax) kinds.clear();
    const again = known?.held ? ` (and ${known.held} more since the last such line)` : '';
    kinds.set(what, { lastMs: nowMs, held: 0 });
    write(`${what}${detail && ` (${detail})`}${again}`);
  };
}
