import type { Command } from 'commander';
import { CliError, exitCodes } from '../core/exit-codes.ts';
import { scoreLine } from '../core/score.ts';
import type { Io } from '../io.ts';

export function addScoreCommand(program: Command, io: Io): void {
  program
    .command('score')
    .description(
      'JSON lines {"compared","mismatched","alpha"} on standard input → {"lower","upper","confidence"} for each',
    )
    .option('--json', 'always JSON; accepted for uniformity')
    .addHelpText(
      'after',
      `
lower and upper bound the mismatch rate (fractions), anytime-valid with error chance alpha; confidence = 100·(1 − upper), in percent.
Lines that cannot be scored are reported on standard error by number, the others are still answered; the exit code is then 2.

  echo '{"compared": 10000, "mismatched": 0, "alpha": 0.01}' | chronos score`,
    )
    .action(async () => {
      let number = 0;
      let refused = 0;
      for await (const line of io.stdin) {
        number += 1;
        if (line.trim() === '') continue;
        const scored = scoreLine(line);
        if (scored.ok) io.out(`${JSON.stringify(scored.score)}\n`);
        else {
          refused += 1;
          io.err(`line ${number}: ${scored.problem}\n`);
        }
      }
      if (refused > 0) throw new CliError(exitCodes.usage, `${refused} of ${number} lines refused`);
    });
}
