import type { EntanglementState, Verification } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import type { JournalDraft } from '../../core/journal/entry.ts';
import { appendJournal } from '../store/journal-store.ts';
import { type Engine, note } from './engine.ts';

/**
 * People begin and end verifications and copies in the process that has the databases: who did stands in the journal, beside what they decided.
 * What was done holds though the journal cannot be written now; that is logged.
 */
export async function journalJob(
  engine: Engine,
  action: JournalDraft['action'],
  { migration, actor }: { readonly migration: string; readonly actor: string },
  reason: string,
  evidence: Readonly<Record<string, unknown>>,
): Promise<void> {
  const by = actor === '' ? 'operator' : actor;
  const entry = note(action, engine.nowMs(), reason, evidence, by);
  try {
    await engine.queue.run(() => engine.database.transaction((tx) => appendJournal(tx, migration, [entry])));
  } catch (error) {
    engine.log(`the journal of ${migration} lacks ${action} by ${by} (${reason}): ${String(error)}`);
  }
}

export function verificationWords({ repair, resumed }: Pick<Verification, 'repair' | 'resumed'>): string {
  const goesOn = resumed ? ', which goes on where it was stopped' : '';
  return `both databases are compared row by row${repair ? ', and what differs is repaired' : ''}${goesOn}`;
}

export function copyWords({ intoFilled, resume }: { intoFilled: boolean; resume: boolean }): string {
  const over = intoFilled ? ", over the rows that modern's has" : '';
  return `legacy's rows are copied into modern's database${over}${resume ? ', from where it was stopped' : ''}`;
}

/** Which of what ran until now it was. */
export function stopWords(
  { runningVerification, runningCopy }: Pick<EntanglementState, 'runningVerification' | 'runningCopy'>,
  id: string,
): string {
  if (runningCopy?.id === id) return `the copy, after ${runningCopy.rowsWritten} rows were written`;
  const rows = runningVerification?.id === id ? `, after ${runningVerification.rowsRead} rows were read` : '';
  return `the verification${rows}`;
}
