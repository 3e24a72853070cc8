/** A look that takes long is taken less often: polling costs no more than this part of the time. */
const shareMax = 0.05;
/** One that failed after a long wait is taken again within this: what is shown must not stay old long after a database is back. */
const failedMaxMs = 5_000;

/**
 * Looks every `intervalMs` (from the end of one look to the next), and at once when `nudge` is called, but never twice at a time. A look that fails is
 * logged and taken again. Returns how to stop.
 */
export function polled(
  intervalMs: number,
  look: () => void | Promise<void>,
  failed: (error: unknown) => void,
): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const run = async (): Promise<void> => {
    const begunMs = performance.now();
    let maxMs = Number.POSITIVE_INFINITY;
    try {
      await look();
    } catch (error) {
      maxMs = failedMaxMs;
      if (!stopped) failed(error);
    }
    if (stopped) return;
    const pauseMs = Math.max(intervalMs, (performance.now() - begunMs) / shareMax);
    timer = setTimeout(run, Math.min(pauseMs, maxMs));
    timer.unref();
  };
  void run();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
