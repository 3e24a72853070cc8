import { type DeployRequest, DeployResponseSchema } from '@chronos/proto/chronos/v1/deployment_service_pb.js';
import { UniverseName } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { Argument, type Command } from 'commander';
import { CliError, exitCodes } from '../core/exit-codes.ts';
import { printable } from '../core/text/cells.ts';
import type { Io } from '../io.ts';
import { migrationName } from './api.ts';
import { apiAction } from './command.ts';

const universes = { legacy: UniverseName.LEGACY, modern: UniverseName.MODERN } as const;
type Universe = keyof typeof universes;

interface Options {
  readonly address?: string;
  readonly migration?: string;
  readonly reason?: string;
  readonly force?: boolean;
}

export function addDeployCommand(program: Command, io: Io): void {
  const command = program
    .command('deploy')
    .description('replace the running build of a universe without a failed request')
    .addArgument(new Argument('<universe>', 'which one').choices(Object.keys(universes)))
    .argument('[build]', 'name of a build in the migration file')
    .option('--address <host:port>', 'a service that you started yourself, in place of a build')
    .option('--reason <text>', 'written into the journal')
    .option(
      '--force',
      'also after the seal, where nothing compares it and no legacy is left to go back to; with --reason',
    )
    .option('-m, --migration <name>', 'may be left out if there is only one');
  apiAction<readonly [universe: Universe, build: string | undefined]>(
    command,
    io,
    async ({ api, print }, universe, build) => {
      const options: Options = command.opts();
      const { reason = '', force = false } = options;
      if (force && reason.trim() === '') throw new CliError(exitCodes.usage, '--force asks for a --reason');
      const what = whatToDeploy(build, options.address);
      const migration = await migrationName(api, options.migration);
      const response = await api.deployments.deploy({
        migration,
        universe: universes[universe],
        what,
        actor: io.actor,
        reason,
        force,
      });
      print(DeployResponseSchema, response, (colors) => {
        const deployment = response.deployment;
        return [
          `${colors.good('deployed')} ${printable(deployment?.id ?? '')} as ${universe} at ${printable(deployment?.address ?? '')}`,
        ];
      });
    },
  );
}

function whatToDeploy(build: string | undefined, address: string | undefined): DeployRequest['what'] {
  if (build !== undefined && address === undefined) return { case: 'build', value: build };
  if (build === undefined && address !== undefined) return { case: 'address', value: address };
  throw new CliError(exitCodes.usage, 'give either a build of the migration file or --address host:port');
}
