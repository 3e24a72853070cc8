import type { EntanglementState } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';

/** Why the changes of both databases are not all known from now on. */
export interface Unread {
  /** In words, with the remedy where somebody has to do something. */
  readonly why: string;
  /** Time does not help. */
  readonly stands: boolean;
}

const universes = [
  ['legacy', Universe.LEGACY],
  ['modern', Universe.MODERN],
] as const;

/** Undefined: a request that begins now can be compared by what it does. `revision`: of the specification that is to be started. */
export function unreadBy(state: EntanglementState, revision: bigint): Unread | undefined {
  // The captures of the specification before may stream, and have to be made anew.
  if (state.revision < revision) return { why: 'its captures are being made', stands: false };
  const unread = universes.flatMap(([name, universe]): Unread[] => {
    const capture = state.captures.find((each) => each.universe === universe);
    if (capture === undefined)
      return [
        {
          why: `${name}: the entanglement does not know its database → give it the URL, CHRONOS_DB_<MIGRATION>_${name.toUpperCase()}`,
          stands: true,
        },
      ];
    if (capture.ready) return [];
    const why = capture.pauseReason || 'its stream has only begun';
    return [{ why: `${name}: ${why}`, stands: capture.paused }];
  });
  if (unread.length === 0) return undefined;
  return { why: unread.map(({ why }) => why).join('; '), stands: unread.some(({ stands }) => stands) };
}
