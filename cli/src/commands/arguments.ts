/** What commands on one migration take. */
import type { Command } from 'commander';

export function named(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .argument('[migration]', 'its name; may be left out if there is only one');
}

export function grouped(command: Command): Command {
  return command.option('-g, --group <name>', 'only this route group (default: all)');
}

export function groupOf(command: Command): string {
  const { group = '' }: { group?: string } = command.opts();
  return group;
}
