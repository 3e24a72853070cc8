import { LINE_CHARS_MAX, parseEpisode } from '@chronos/arbiter/core/judge/episode.ts';
import type { Command } from 'commander';
import { CliError, exitCodes } from '../core/exit-codes.ts';
import { type Io, READER_GONE } from '../io.ts';

export function addJudgeCommand(program: Command, io: Io): void {
  program
    .command('judge')
    .description('judge differences between legacy and modern: harmless (proven), bug (shown) or ask')
    .requiredOption('--episodes <file>', 'JSON lines, one field a line; - is standard input')
    .option('--json', 'always JSON; accepted for uniformity')
    .addHelpText(
      'after',
      `
A line: {"id", "field", "route"?, "observations": [{"legacy"?, "modern"?, "legacy2"?}]}; each value is raw JSON text ("1.10" is the number
1.10), an absent key a missing field, legacy2 a second run of legacy. Other keys are ignored.
The answer, in the same order: {"id", "verdict": "harmless"|"bug"|"ask", "rule", "explanation"}. The rules: services/arbiter/RULES.md.
Lines that cannot be read are reported on standard error by number, the others are still answered; the exit code is then 2. Interrupted,
it says how many were judged, and the exit code is 130.

  echo '{"id":"1","field":"fee","observations":[{"legacy":"1.10","modern":"1.1"}]}' | chronos judge --episodes -`,
    )
    .action(async (options: { readonly episodes: string }) => judgeFile(options.episodes, io));
}

async function judgeFile(path: string, io: Io): Promise<void> {
  // Loaded here: help does without the rules.
  const { judgeEpisode } = await import('@chronos/arbiter/core/judge/judge-episode.ts');
  let number = 0;
  let judged = 0;
  let refused = 0;
  for await (const line of linesOf(path, io)) {
    if (io.signal.aborted) break;
    number += 1;
    if (line.trim() === '') continue;
    const read = parseEpisode(line);
    if (read.ok) {
      judged += 1;
      const { verdict, rule, explanation } = judgeEpisode(read.episode);
      io.out(`${JSON.stringify({ id: read.episode.id, verdict, rule, explanation })}\n`);
    } else {
      refused += 1;
      io.err(`line ${number}: ${read.problem}\n`);
    }
  }
  if (io.signal.aborted) {
    const said = `interrupted: ${judged} judged of ${number} line${number === 1 ? '' : 's'} read`;
    if (io.signal.reason !== READER_GONE) io.err(`chronos: ${said}\n`);
    throw new CliError(exitCodes.interrupted, said);
  }
  if (refused > 0) throw new CliError(exitCodes.usage, `${refused} of ${number} lines refused`);
}

async function* linesOf(path: string, io: Io): AsyncGenerator<string> {
  try {
    yield* io.lines(path, LINE_CHARS_MAX);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError(exitCodes.usage, `--episodes ${path} cannot be read: ${reason}`, { cause: error });
  }
}
