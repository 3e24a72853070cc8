import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { Method } from '../core/mix.ts';

/** A write that the bank has acknowledged, for audits of the books. */
export interface LedgerLine {
  readonly customer: string;
  readonly method: Method;
  readonly key: string;
  readonly request: Readonly<Record<string, string | number>>;
  readonly response: Readonly<Record<string, unknown>> | undefined;
}

export interface Ledger {
  add(line: LedgerLine): void;
  /** Everything is on disk. */
  close(): Promise<void>;
}

/** @param path JSON lines are written there, one an acknowledged write, each with its time; undefined keeps no ledger */
export async function openLedger(path: string | undefined): Promise<Ledger> {
  if (path === undefined) return { add: () => {}, close: async () => {} };
  const file = createWriteStream(path, { flags: 'w' });
  await new Promise((resolve, reject) => {
    file.once('open', resolve);
    file.once('error', reject);
  });
  const failed = finished(file);
  // Reported by close(); a full disk must not stop the load.
  failed.catch(() => {});
  return {
    add: (line) => {
      file.write(`${JSON.stringify({ acknowledged_at: new Date().toISOString(), ...line })}\n`);
    },
    close: () => {
      file.end();
      return failed;
    },
  };
}
