/**
 * Wakes a reader when something changed, at most every `intervalMs`: changes in between become one. Ends with the signal.
 */
export async function* changes(
  subscribe: (changed: () => void) => () => void,
  options: { readonly intervalMs: number; readonly signal: AbortSignal },
): AsyncGenerator<void> {
  let dirty = false;
  let wake = Promise.withResolvers<void>();
  const changed = () => {
    dirty = true;
    wake.resolve();
  };
  const unsubscribe = subscribe(changed);
  const ended = new Promise<void>((resolve) => {
    if (options.signal.aborted) resolve();
    options.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  try {
    while (!options.signal.aborted) {
      await Promise.race([wake.promise, ended]);
      if (options.signal.aborted) return;
      if (!dirty) continue;
      dirty = false;
      wake = Promise.withResolvers<void>();
      yield;
      await Promise.race([delay(options.intervalMs), ended]);
    }
  } finally {
    unsubscribe();
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
