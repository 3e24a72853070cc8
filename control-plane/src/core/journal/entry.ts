import type { Stage } from '../orchestrator/stages.ts';

/** What a decision's author writes; the journal adds sequence and hash. */
export interface JournalDraft {
  /** Empty when it concerns the whole migration. */
  readonly group: string;
  readonly atMs: number;
  readonly action:
    | 'apply'
    | 'start'
    | 'step'
    | 'weight'
    | 'return'
    | 'pause'
    | 'resume'
    | 'kill'
    | 'deploy'
    | 'epoch'
    | 'hold'
    | 'answer'
    | 'rule'
    | 'verify'
    | 'copy'
    | 'stop'
    | 'seal';
  readonly fromStage: Stage | undefined;
  readonly toStage: Stage | undefined;
  readonly fromWeightBp: number;
  readonly toWeightBp: number;
  readonly actor: string;
  /** One sentence for people. */
  readonly reason: string;
  /** The evidence it stood on. */
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly requestId: string;
  readonly traceparent: string;
}

export interface JournalEntry extends Omit<JournalDraft, 'evidence'> {
  readonly sequence: bigint;
  readonly migration: string;
  /** As written, byte for byte: the hash covers it. */
  readonly evidenceJson: string;
  /** SHA-256 over the hash before and this entry, hexadecimal. */
  readonly hash: string;
}

/** Hash before the first entry. */
export const genesisHash = '0'.repeat(64);

/** Who decides when no operator does. */
export const chronosActor = 'chronos';

/**
 * The bytes that an entry's hash covers, as text: a JSON array in fixed order, beginning with the hash before. Part of the journal's
 * format: a Time Capsule is verified with it years later.
 */
export function hashedText(previousHash: string, entry: Omit<JournalEntry, 'hash'>): string {
  return JSON.stringify([
    previousHash,
    entry.sequence.toString(),
    entry.migration,
    entry.group,
    entry.atMs,
    entry.action,
    entry.fromStage ?? '',
    entry.toStage ?? '',
    entry.fromWeightBp,
    entry.toWeightBp,
    entry.actor,
    entry.reason,
    entry.evidenceJson,
    entry.requestId,
    entry.traceparent,
  ]);
}

/** Turns a draft into the entry that follows `previous`. `sha256` gives hexadecimal. */
export function chain(
  migration: string,
  previous: { readonly sequence: bigint; readonly hash: string },
  draft: JournalDraft,
  sha256: (text: string) => string,
): JournalEntry {
  const { evidence, ...rest } = draft;
  const entry = {
    ...rest,
    migration,
    sequence: previous.sequence + 1n,
    evidenceJson: JSON.stringify(evidence),
  };
  return { ...entry, hash: sha256(hashedText(previous.hash, entry)) };
}

/** The first sequence at which the chain (oldest entry first, from the beginning) is broken; undefined when it is whole. */
export function brokenAt(
  entries: readonly JournalEntry[],
  sha256: (text: string) => string,
): bigint | undefined {
  let previous = { sequence: 0n, hash: genesisHash };
  for (const entry of entries) {
    const { hash, ...hashed } = entry;
    if (entry.sequence !== previous.sequence + 1n || sha256(hashedText(previous.hash, hashed)) !== hash) {
      return previous.sequence + 1n;
    }
    previous = entry;
  }
  return undefined;
}
