import type { ChangeFeed } from '../capture/change-feed.ts';
import { ChangeFollower } from '../copy/change-follower.ts';
import type { Follow } from '../copy/copy-job.ts';
import type { SuspectTimes } from '../verify/suspect-rows.ts';
import type { OpenDatabases } from './entangled.ts';

/** Rows that are written all the time are looked at often: each look has a chance of finding them equal. */
const looksApartMaxMs = 50;

export interface Following {
  readonly follow: (copyId: string) => Follow;
  readonly times: SuspectTimes;
  /** What legacy changes is no longer told of. */
  end(): void;
}

/** Legacy's change stream, from now on, as a copy needs it. `isDraft`: modern gets no requests of its own; from the first on nothing is followed. */
export function followLegacy(
  migration: string,
  { entities, sides, pools, pairs, prefixes }: OpenDatabases,
  feed: ChangeFeed,
  times: SuspectTimes,
  isDraft: () => boolean,
): Following {
  let follower: ChangeFollower | undefined;
  // A copy makes each row legacy's, whatever is still to come in a stream.
  const { passed, ...rest } = times;
  const waiting: SuspectTimes = {
    ...rest,
    passed: async (atMs, signal) => {
      await passed?.(atMs, signal);
      return true;
    },
  };
  const end = feed.follow(migration, 'legacy', (changes) => follower?.take(changes));
  return {
    end,
    times: isDraft() ? { ...waiting, looksApartMaxMs } : waiting,
    follow(copyId) {
      const own = new ChangeFollower(entities, sides.legacy, {
        pool: pools.modern,
        universe: 'modern',
        prefix: prefixes.copy,
        id: copyId,
        pairs,
      });
      follower = own;
      return {
        async drain() {
          if (isDraft()) await own.drain();
          else own.forget();
        },
        async told(signal) {
          await times.passed?.(Date.now(), signal);
        },
      };
    },
  };
}
