import { Argument, type Command } from 'commander';
import { completionScript, type Shell, shells } from '../core/completion.ts';
import type { Io } from '../io.ts';

export function addCompletionCommand(program: Command, io: Io): void {
  program
    .command('completion')
    .description('print a completion script for a shell')
    .addArgument(new Argument('<shell>', 'which one').choices(shells))
    .addHelpText(
      'after',
      '\n  bash: source <(chronos completion bash)\n  zsh:  source <(chronos completion zsh)\n  fish: chronos completion fish | source',
    )
    .action((shell: Shell) => {
      const commands = program.commands.map((command) => ({
        name: command.name(),
        description: command.description(),
        words: [
          ...command.options.flatMap((option) => (option.long === undefined ? [] : [option.long])),
          ...command.registeredArguments.flatMap((argument) => argument.argChoices ?? []),
          '--help',
        ],
      }));
      io.out(completionScript(shell, commands));
    });
}
