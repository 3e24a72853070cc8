/** The API as the commands see it: clients, one error type, and what an omitted migration name means. */

import { ViolationsSchema } from '@chronos/proto/buf/validate/validate_pb.js';
import { DeploymentService } from '@chronos/proto/chronos/v1/deployment_service_pb.js';
import { EntanglementService } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { IdentifiersService } from '@chronos/proto/chronos/v1/identifiers_service_pb.js';
import { JudgementService } from '@chronos/proto/chronos/v1/judgement_service_pb.js';
import { MigrationService } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { MissionControlService } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { ProxyService } from '@chronos/proto/chronos/v1/proxy_service_pb.js';
import { VerdictService } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { type Client, Code, ConnectError, createClient, type Interceptor } from '@connectrpc/connect';
import { CliError, type ExitCode, exitCodes } from '../core/exit-codes.ts';
import { printable } from '../core/text/cells.ts';
import type { Io } from '../io.ts';

export interface Api {
  readonly server: string;
  readonly migrations: Client<typeof MigrationService>;
  readonly verdicts: Client<typeof VerdictService>;
  readonly deployments: Client<typeof DeploymentService>;
  readonly proxies: Client<typeof ProxyService>;
  readonly judgement: Client<typeof JudgementService>;
  readonly entanglement: Client<typeof EntanglementService>;
  readonly identifiers: Client<typeof IdentifiersService>;
  readonly missionControl: Client<typeof MissionControlService>;
}

const defaultServer = 'http://127.0.0.1:7400';

/** `given` is the --server option. */
export async function openApi(io: Io, given: string | undefined): Promise<Api> {
  const server = serverUrl(given ?? io.env.CHRONOS_SERVER ?? io.runningServer() ?? defaultServer);
  const token = io.env.CHRONOS_API_TOKEN ?? '';
  const transport = await io.transport(server, token === '' ? [] : [withToken(token)]);
  return {
    server,
    migrations: createClient(MigrationService, transport),
    verdicts: createClient(VerdictService, transport),
    deployments: createClient(DeploymentService, transport),
    proxies: createClient(ProxyService, transport),
    judgement: createClient(JudgementService, transport),
    entanglement: createClient(EntanglementService, transport),
    identifiers: createClient(IdentifiersService, transport),
    missionControl: createClient(MissionControlService, transport),
  };
}

/** Sends the token with each call. */
function withToken(token: string): Interceptor {
  return (next) => (request) => {
    request.header.set('authorization', `Bearer ${token}`);
    return next(request);
  };
}

function serverUrl(text: string): string {
  const withScheme = text.includes('://') ? text : `http://${text}`;
  if (!URL.canParse(withScheme) || !/^https?:/.test(withScheme))
    throw new CliError(
      exitCodes.usage,
      `--server ${text} is no address; accepted: http://host:port or host:port`,
    );
  return withScheme.replace(/\/$/, '');
}

/** Where traces are looked at, `{trace}` for the id; empty where the server has not been told, or does not know the question yet. */
export async function traceAddress(api: Api): Promise<string> {
  const version = await api.missionControl.getVersion({}).catch(() => undefined);
  return version?.traceAddress ?? '';
}

/** The name given, or the only migration there is. */
export async function migrationName(api: Api, given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  const { migrations } = await api.migrations.listMigrations({ pageSize: 20 });
  const names = migrations.map((state) => state.spec?.name ?? '');
  const [only] = names;
  if (only === undefined)
    throw new CliError(
      exitCodes.notFound,
      'there is no migration yet; create one with: chronos apply -f FILE',
    );
  if (names.length > 1)
    throw new CliError(exitCodes.usage, `there are several migrations, name one of: ${names.join(', ')}`);
  return only;
}

/** Whatever a command threw, as the sentence and exit code that its user gets. */
export function asCliError(error: unknown, server: string | undefined): CliError {
  if (error instanceof CliError) return error;
  if (!(error instanceof ConnectError)) {
    return new CliError(exitCodes.failed, error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
  if (error.code === Code.Unauthenticated) {
    const message = `${error.rawMessage}\n  → give a token of this server in CHRONOS_API_TOKEN`;
    return new CliError(exitCodes.failed, message, { cause: error });
  }
  if (error.code === Code.Unavailable) {
    const where = server === undefined ? '' : ` at ${server}`;
    const message = `Chronos is not reachable${where}: ${error.rawMessage}\n  → start it with: chronos run -f FILE; or say where it is with --server URL`;
    return new CliError(exitCodes.unreachable, message, { cause: error });
  }
  const details = error
    .findDetails(ViolationsSchema)
    .flatMap((violations) => violations.violations)
    .map((violation) => {
      const path = (violation.field?.elements ?? []).map((element) => element.fieldName).join('.');
      return `\n  ${path === '' ? '' : `${path}: `}${violation.message}`;
    });
  return new CliError(
    exitCodeOf(error.code),
    `${printable(error.rawMessage)}${details.map(printableLine).join('')}`,
    { cause: error },
  );
}

function printableLine(text: string): string {
  return `\n${printable(text.slice(1))}`;
}

function exitCodeOf(code: Code): ExitCode {
  switch (code) {
    case Code.NotFound:
      return exitCodes.notFound;
    case Code.InvalidArgument:
      return exitCodes.usage;
    case Code.Canceled:
      return exitCodes.interrupted;
    default:
      return exitCodes.failed;
  }
}
