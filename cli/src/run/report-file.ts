import { writeFile } from 'node:fs/promises';
import type { MismatchGroup } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import type { Api } from '../commands/api.ts';
import { CliError, exitCodes } from '../core/exit-codes.ts';
import { runReport } from '../core/run/report.ts';
import type { Story } from './story.ts';
import type { Terminal } from './terminal.ts';

const pageSize = 500;
const groupsMax = 5_000;

/** Mismatches by cause, the most frequent first. */
export async function listMismatches(
  api: Api,
  migration: string,
  signal: AbortSignal,
): Promise<MismatchGroup[]> {
  const groups: MismatchGroup[] = [];
  let pageToken = '';
  do {
    const page = await api.verdicts.listMismatchGroups({ migration, pageSize, pageToken }, { signal });
    groups.push(...page.groups);
    pageToken = page.nextPageToken;
  } while (pageToken !== '' && groups.length < groupsMax);
  return groups;
}

/** Writes the report from what the story has seen. Before the migration's first state there is nothing to report. */
export async function writeReport(file: string, story: Story, terminal: Terminal): Promise<void> {
  const { state, stages, mismatches, traffic } = story;
  if (state === undefined) {
    terminal.note(`no report: the migration was never applied`);
    return;
  }
  const report = runReport({ stages: stages.entries, state, mismatches, traffic });
  try {
    await writeFile(file, `${JSON.stringify(report, undefined, 2)}\n`);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(exitCodes.failed, `the report cannot be written: ${reason}`, { cause });
  }
  terminal.note(`report written to ${file}`, { event: 'report', file });
}
