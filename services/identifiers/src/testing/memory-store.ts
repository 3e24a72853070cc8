import type { PairStore, StoredPair } from '../shell/pair-store.ts';

/** Pairs as the store keeps them, without a database. */
export function memoryStore(): PairStore {
  let pairs: (StoredPair & { endedMs?: number })[] = [];
  const store: Pick<PairStore, 'learn' | 'find' | 'end'> = {
    async learn(pair, seenMs) {
      const taken = pairs.filter(
        ({ legacy, modern }) => legacy.key.equals(pair.legacy.key) || modern.key.equals(pair.modern.key),
      );
      const [known] = taken;
      if (known?.legacy.key.equals(pair.legacy.key) && known.modern.key.equals(pair.modern.key)) {
        if (known.endedMs === undefined || known.endedMs > seenMs) return { learned: 'known' };
        delete known.endedMs;
        return { learned: 'replaced', gone: { legacyIds: [], keys: [] } };
      }
      if (taken.some(({ endedMs }) => endedMs === undefined || endedMs > seenMs))
        return { learned: 'conflict' };
      pairs = [...pairs.filter((each) => !taken.includes(each)), pair];
      if (taken.length === 0) return { learned: 'new' };
      const keys = taken.flatMap(({ legacy, modern }) => [legacy.key, modern.key]);
      return { learned: 'replaced', gone: { legacyIds: [], keys } };
    },
    async find(_migration, bijection, keys) {
      const isWanted = (own: Buffer) => keys.some((key) => key.equals(own));
      return pairs
        .filter((each) => each.bijection === bijection)
        .filter(({ legacy, modern }) => isWanted(legacy.key) || isWanted(modern.key))
        .map((each) => ({ ...each, isEnded: each.endedMs !== undefined }));
    },
    async end(_migration, bijection, side, keys, atMs) {
      const ended = pairs.filter(
        (each) =>
          each.bijection === bijection &&
          each.endedMs === undefined &&
          keys.some((key) => key.equals(each[side].key)),
      );
      for (const each of ended) each.endedMs = atMs;
      return ended;
    },
  };
  return store as PairStore;
}
