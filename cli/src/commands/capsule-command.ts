/** `chronos capsule`: a Time Capsule, verified and opened. It needs no running Chronos. */
import { stat } from 'node:fs/promises';
import type { CapsuleVerification } from '@chronos/control-plane/core/capsule/capsule.ts';
import type { Command } from 'commander';
import { CliError, exitCodes } from '../core/exit-codes.ts';
import { capsuleLines } from '../core/render/capsule.ts';
import { palette } from '../core/text/palette.ts';
import type { Io } from '../io.ts';

export function addCapsuleCommand(program: Command, io: Io): void {
  const capsule = program
    .command('capsule')
    .description('a Time Capsule: what a seal kept of legacy and of every decision');
  const verify = capsule
    .command('verify')
    .description('hold every file against the manifest, and the journal against its chain of hashes')
    .argument('<folder>', 'the Time Capsule')
    .option('--manifest-sha256 <hex>', 'the sum of manifest.json that you kept elsewhere')
    .option('--json', 'print JSON');
  verify.action(async (folder: string) => {
    const { manifestSha256, json }: { manifestSha256?: string; json?: boolean } = verify.opts();
    await requireFolder(folder);
    const found = withManifestSum(await verified(folder), manifestSha256);
    if (json === true) io.out(`${JSON.stringify(found, undefined, 2)}\n`);
    else
      io.out(
        capsuleLines(found, palette(io.color))
          .map((line) => `${line}\n`)
          .join(''),
      );
    failUnlessWhole(folder, found);
  });
  const open = capsule
    .command('open')
    .description(
      'start legacy again beside everything: its database restored, its build where it was a command; Ctrl-C ends it',
    )
    .argument('<folder>', 'the Time Capsule')
    .option('--into <folder>', 'new folder for the database, kept afterwards; default: a temporary one')
    .option('--changed-code', 'start the build although its code is not what was sealed')
    .option('--json', 'print the addresses as JSON');
  open.action(async (folder: string) => {
    const options: { into?: string; changedCode?: boolean; json?: boolean } = open.opts();
    await requireFolder(folder);
    failUnlessWhole(folder, await verified(folder));
    // Loaded here: everything else does without the databases' code.
    const { openCapsule } = await import('../shell/open-capsule.ts');
    const opened = await openCapsule(folder, {
      into: options.into,
      changedCode: options.changedCode === true,
    });
    try {
      const { database, legacy, notes } = opened;
      if (options.json === true) io.out(`${JSON.stringify({ database, legacy, notes })}\n`);
      else {
        io.out(`database  ${database}\n`);
        io.out(legacy === undefined ? 'legacy    not started\n' : `legacy    ${legacy}\n`);
        for (const note of notes) io.out(`  ${note}\n`);
        io.out('Ctrl-C ends it\n');
      }
      await aborted(io.signal);
    } finally {
      await opened.close();
    }
  });
}

async function verified(folder: string): Promise<CapsuleVerification> {
  const { verifyCapsule } = await import('@chronos/control-plane/shell/capsule/verify-capsule.ts');
  return verifyCapsule(folder);
}

function withManifestSum(found: CapsuleVerification, kept: string | undefined): CapsuleVerification {
  if (kept === undefined || kept.toLowerCase() === found.manifestSha256) return found;
  return {
    ...found,
    problems: [`manifest.json: its SHA-256 is ${found.manifestSha256}, you kept ${kept}`, ...found.problems],
  };
}

/** A wrong path is no capsule that was tampered with. */
async function requireFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() === true) return;
  const what = found === undefined ? 'there is no folder' : 'it is no folder:';
  throw new CliError(exitCodes.notFound, `${what} ${folder}; chronos status says where a Time Capsule is`);
}

function failUnlessWhole(folder: string, { problems }: CapsuleVerification): void {
  if (problems.length > 0)
    throw new CliError(exitCodes.failed, `${folder} is not as it was sealed: ${problems.join('; ')}`);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
