/**
 * Group commit: items that arrive while `work` is under way go into its next call together, in their order; nothing waits while nothing is
 * under way. When a call rejects, so does every item in it. What arrives is bounded by the callers: each waits for its item.
 */
export function gathered<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  let waiting: { item: Item; settle: PromiseWithResolvers<Result> }[] = [];
  let running = false;
  const run = async () => {
    running = true;
    // The items of one turn of the event loop begin together.
    await Promise.resolve();
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        const results = await work(group.map(({ item }) => item));
        for (const [i, { settle }] of group.entries()) settle.resolve(results[i] as Result);
      } catch (error) {
        for (const { settle } of group) settle.reject(error);
      }
    }
    running = false;
  };
  return (item) => {
    const settle = Promise.withResolvers<Result>();
    waiting.push({ item, settle });
    if (!running) void run();
    return settle.promise;
  };
}
