import { join } from 'node:path';
import type { Command } from 'commander';
import type { Io } from '../io.ts';
import { repositoryRoot } from '../shell/state-paths.ts';

export function addSchemaCommand(program: Command, io: Io): void {
  program
    .command('schema')
    .description('print the JSON Schema of the migration file, for editors')
    .option('--json', 'always JSON; accepted for uniformity')
    .addHelpText('after', '\nIn a migration file:  # yaml-language-server: $schema=<path to the output>')
    .action(async () => {
      const text = await io.readFile(join(repositoryRoot, 'docs/migration.schema.json'));
      io.out(new TextDecoder().decode(text));
    });
}
