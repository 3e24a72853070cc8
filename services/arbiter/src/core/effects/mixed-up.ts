import { Attribution } from '@chronos/proto/events/v1/state_update_pb.js';
import type { EntityRules } from './entities.ts';
import { type Flights, isWithin } from './in-flight.ts';
import type { Universes } from './state-window.ts';
import { type Transaction, UNIVERSES } from './transaction.ts';
import { twinsOf } from './twins.ts';

/**
 * Whether what differs between a request's effects may come of nothing but having been given another request's transactions. Of each of its
 * transactions, one state of these:
 *
 * | whose it is          | the same was done in both universes | then                                                        |
 * | -------------------- | ----------------------------------- | ----------------------------------------------------------- |
 * | told, in both        | whatever                            | what differs stands                                         |
 * | inferred, somewhere  | as often, of each of them           | another assignment explains it: nobody can tell             |
 * | inferred, somewhere  | more often in one, of any of them   | whichever request it belongs to, one of them differs: stands |
 *
 * So a booking that modern lost, doubled, or has a cent wrong stays a bug among any number of others: nothing in the other universe did the same. It is
 * held against the request that it was given, the most likely one.
 */
export function isMixedUp(
  requestId: string,
  flights: Flights,
  universes: Universes,
  entities: ReadonlyMap<string, EntityRules>,
): boolean {
  const isGuessed = UNIVERSES.some((universe) => {
    const own = universes[universe].of(requestId);
    if (own.length === 0) return !universes[universe].tags;
    return own.some(({ attribution }) => attribution === Attribution.INFERRED);
  });
  const own = UNIVERSES.flatMap((universe) => universes[universe].of(requestId));
  return (
    isGuessed &&
    own.length > 0 &&
    own.every((one) => {
      const twins = UNIVERSES.map((universe) => twinsOf(one, universes, universe, entities));
      const [legacy = [], modern = []] = twins;
      // Alone of its kind, what no request had at the time is nobody's: a batch job's, or work that came too late.
      const isNobodys = ({ requestId: owner, universe, committedMs }: Transaction) =>
        owner === '' && !isWithin({ committedMs }, flights[universe]);
      const isContested = legacy.length > 1 || !twins.flat().some(isNobodys);
      return legacy.length > 0 && legacy.length === modern.length && isContested;
    })
  );
}
