import { readFile, writeFile } from 'node:fs/promises';
import { startRig, until } from '@chronos/entanglement/testing/rig.ts';
import { table } from '../table.ts';
import { books } from './books.ts';
import { followUpdates } from './updates.ts';

const withinMs = 600_000;

export interface Memory {
  /** Rows of the one transaction. */
  readonly rows: number;
  readonly parts: number;
  readonly largest_part: number;
  readonly seconds: number;
  /** Resident memory of the capturing process, MiB: before, at each quarter of the rows, at its highest. */
  readonly before_mib: number;
  readonly quarters_mib: readonly number[];
  readonly peak_mib: number;
}

/** One transaction of very many rows through the embedded capture, and what memory its process takes for it. */
export async function benchMemory(
  rowsOf: readonly number[],
  onStep: (step: Memory) => void,
): Promise<Memory[]> {
  const rig = await startRig(books.entanglement, books.schema);
  let changes = 0;
  let parts = 0;
  let largest = 0;
  let over = false;
  try {
    await rig.start();
    await rig.streaming();
    const updates = await followUpdates(rig.bus, (part) => {
      changes += part.changes.length;
      parts += 1;
      largest = Math.max(largest, part.changes.length);
      over ||= part.last;
    });
    const results: Memory[] = [];
    let from = 1;
    for (const rows of rowsOf) {
      const pid = rig.pid();
      if (pid === undefined) throw new Error('the entanglement does not run');
      [changes, parts, largest, over] = [0, 0, 0, false];
      await forgetPeak(pid);
      const before = await residentMib(pid, 'VmRSS');
      const begunMs = performance.now();
      await rig.legacy(books.insertMany(from, from + rows - 1));
      from += rows;
      const quarters: number[] = [];
      await until(
        `the last part of ${rows} rows`,
        async () => {
          if (quarters.length < 4 && changes >= (rows / 4) * (quarters.length + 1))
            quarters.push(await residentMib(pid, 'VmRSS'));
          return over && changes === rows;
        },
        withinMs,
      );
      const step = {
        rows,
        parts,
        largest_part: largest,
        seconds: (performance.now() - begunMs) / 1_000,
        before_mib: before,
        quarters_mib: quarters,
        peak_mib: await residentMib(pid, 'VmHWM'),
      };
      results.push(step);
      onStep(step);
    }
    await updates.close();
    return results;
  } finally {
    await rig.close();
  }
}

/** The kernel counts the highest resident size anew (proc(5), clear_refs). */
async function forgetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5');
}

async function residentMib(pid: number, field: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024);
}

export function memoryTable(results: readonly Memory[]): string {
  const header = ['rows', 'parts', 'largest', 'seconds', 'before MiB', 'at each quarter', 'peak MiB'];
  const rows = results.map((each) => [
    each.rows,
    each.parts,
    each.largest_part,
    each.seconds.toFixed(1),
    each.before_mib,
    each.quarters_mib.join(' '),
    each.peak_mib,
  ]);
  return table(header, rows);
}
