/** What becomes of the slot that stands under our name, or of its absence, decided from what the store remembers of ours. */
import { formatLsn } from './lsn.ts';
import type { Problem } from './preflight.ts';

export interface KnownSlot {
  readonly slot: string;
  readonly completeSinceUs: bigint;
  readonly isToBeMade?: boolean;
  readonly server?: string | undefined;
  readonly acknowledgedLsn?: bigint | undefined;
}

export interface SlotStands {
  readonly name: string;
  /** Undefined: there is none. */
  readonly slot: { readonly lost: string | undefined; readonly confirmedLsn: bigint } | undefined;
  /** Identifier and timeline. */
  readonly server: string;
  readonly known: KnownSlot | undefined;
  /** The database is Chronos' own making. */
  readonly owned: boolean;
  /** Debezium moves the slot on, without our word. */
  readonly isReadByOthers: boolean;
}

export type SlotPlan =
  | { readonly kind: 'read'; readonly known: KnownSlot }
  | { readonly kind: 'make' }
  /** Touch nothing. */
  | { readonly kind: 'foreign'; readonly problem: Problem }
  /** Tell it first; after people's word the slot is read as it stands, or made. */
  | { readonly kind: 'gap'; readonly problem: Problem; readonly next: 'read' | 'make' };

const verify =
  'verify the databases (chronos verify; where modern answered clients meanwhile: chronos verify --repair --authority modern), then chronos resume';

const movedRemedy = `${verify}, which goes on from where the slot stands; if it is somebody else's now, name another: database.slot of this universe in the migration file`;

/** A slot never stands further than what we acknowledged, unless another was made under its name or somebody else has read it. */
export function slotPlan({ name, slot, server, known, owned, isReadByOthers }: SlotStands): SlotPlan {
  if (known?.slot !== name)
    return slot === undefined || owned ? { kind: 'make' } : { kind: 'foreign', problem: foreignSlot(name) };
  if (known.isToBeMade === true) return { kind: 'make' };
  if (slot === undefined)
    return gap(
      'slot-lost',
      `slot ${name} is gone, though Chronos did not drop it: what was committed since it was read last is not known`,
      `it is made anew; ${verify}`,
      'make',
    );
  if (slot.lost !== undefined)
    return gap(
      'slot-lost',
      `slot ${name} cannot be read any more: ${slot.lost}`,
      `it is made anew; ${verify}; max_slot_wal_keep_size and idle_replication_slot_timeout say when the server gives a slot up`,
      'make',
    );
  const isOther = known.server !== undefined && known.server !== server;
  const isAhead = known.acknowledgedLsn !== undefined && slot.confirmedLsn > known.acknowledgedLsn;
  if (isOther || (isAhead && !isReadByOthers))
    return gap(
      'slot-moved',
      isOther
        ? `slot ${name} is another server's than before, or that server went back or failed over (identifier/timeline ${known.server}, now ${server}): what was committed in between is not known`
        : `slot ${name} stands at ${formatLsn(slot.confirmedLsn)}, beyond what Chronos has read: it was made anew, or somebody else read it; what was committed in between is not known`,
      movedRemedy,
      'read',
    );
  return { kind: 'read', known };
}

/** The gap was told, and others read on: what `chronos verify` began to compare before then is not all of it. */
export function movedOn(name: string, confirmedLsn: bigint, at: string): Problem {
  return {
    code: 'slot-moved',
    message: `slot ${name} is read by somebody else, who had come to ${formatLsn(confirmedLsn)} at ${at}: what was committed up to then is not known`,
    remedy: `end that reader; then ${movedRemedy}`,
    passing: false,
  };
}

function gap(code: Problem['code'], message: string, remedy: string, next: 'read' | 'make'): SlotPlan {
  return { kind: 'gap', next, problem: { code, message, remedy, passing: false } };
}

export function foreignSlot(name: string): Problem {
  return {
    code: 'slot-foreign',
    message: `slot ${name} exists, and Chronos did not make it for this migration: it is left alone`,
    remedy:
      'name another: database.slot of this universe in the migration file; if an earlier Chronos left it: chronos entangle remove -f FILE, then chronos resume',
    passing: false,
  };
}
