import { join } from 'node:path';
import { isLoopbackHost } from '../core/mission-control/access.ts';

/** Everything the control plane is told from outside, parsed once. */
export interface Config {
  readonly apiListen: string;
  readonly apiTokensFile: string | undefined;
  readonly xdsListen: string;
  readonly xdsCanaryMs: number;
  readonly databaseUrl: string;
  readonly kafkaBrokers: readonly string[];
  readonly captureAddress: string;
  readonly identifiersAddress: string | undefined;
  readonly entanglementAddress: string | undefined;
  readonly otlpAddress: string | undefined;
  readonly traceAddress: string | undefined;
  readonly runtimeSocket: string | undefined;
  readonly capsuleDir: string;
  readonly pageDir: string;
}

interface Variable {
  readonly name: string;
  readonly help: string;
  readonly fallback?: string;
  readonly optional?: boolean;
  readonly accepts: RegExp;
  readonly accepted: string;
}

const address = { accepts: /^(\[[0-9a-fA-F:.]+\]|[^\s:]+):\d{1,5}$/, accepted: 'host:port' };

const variables = {
  apiListen: {
    name: 'API_LISTEN',
    help: 'where the API and /metrics are served',
    fallback: '127.0.0.1:7400',
    ...address,
  },
  apiTokensFile: {
    name: 'CHRONOS_API_TOKENS_FILE',
    help: 'who may use the API; without it everybody on this machine',
    optional: true,
    accepts: /\S/,
    accepted: 'a path',
  },
  xdsListen: { name: 'XDS_LISTEN', help: 'where proxies connect', fallback: '127.0.0.1:7401', ...address },
  xdsCanaryMs: {
    name: 'XDS_CANARY_MS',
    help: 'how long a proxy may take to answer a new configuration before it is tried on another',
    fallback: '2000',
    accepts: /^[1-9]\d{1,5}$/,
    accepted: 'milliseconds, 10 to 999999',
  },
  databaseUrl: {
    name: 'DATABASE_URL',
    help: "Chronos's own Postgres",
    accepts: /^postgres(ql)?:\/\/\S+$/,
    accepted: 'postgres://user:password@host:port/database',
  },
  kafkaBrokers: {
    name: 'KAFKA_BROKERS',
    help: 'Kafka bootstrap servers',
    accepts: /^[^\s,:]+:\d{1,5}(,[^\s,:]+:\d{1,5})*$/,
    accepted: 'host:port, several separated by commas',
  },
  captureAddress: {
    name: 'CAPTURE_ADDRESS',
    help: 'services/capture, as the proxies reach it',
    ...address,
  },
  identifiersAddress: {
    name: 'IDENTIFIERS_ADDRESS',
    help: 'services/identifiers, as the proxies reach it; for migrations that declare identifiers',
    optional: true,
    ...address,
  },
  entanglementAddress: {
    name: 'ENTANGLEMENT_ADDRESS',
    help: 'services/entanglement; for migrations that declare entanglement',
    optional: true,
    ...address,
  },
  otlpAddress: {
    name: 'OTLP_ADDRESS',
    help: 'collector of OTLP traces (gRPC), as the proxies reach it',
    optional: true,
    ...address,
  },
  traceAddress: {
    name: 'TRACE_ADDRESS',
    help: "where people look at traces, {trace} in place of a trace's id",
    optional: true,
    accepts: /^https?:\/\/\S*\{trace\}\S*$/,
    accepted: 'http://host:port/trace/{trace}',
  },
  runtimeSocket: {
    name: 'RUNTIME_SOCKET',
    help: 'unix socket of the runtime that starts builds',
    optional: true,
    accepts: /^\/\S+$/,
    accepted: 'an absolute path',
  },
  capsuleDir: {
    name: 'CAPSULE_DIR',
    help: 'folder for Time Capsules',
    accepts: /\S/,
    accepted: 'a path',
  },
  pageDir: {
    name: 'MISSION_CONTROL_DIR',
    help: 'the built page',
    fallback: join(import.meta.dirname, '../../../services/mission-control/dist'),
    accepts: /\S/,
    accepted: 'a path',
  },
} as const satisfies Record<keyof Config, Variable>;

/** Parsed, or every problem at once. */
export function parseConfig(
  env: Readonly<Record<string, string | undefined>>,
): { readonly config: Config } | { readonly problems: readonly string[] } {
  const problems: string[] = [];
  const read = (variable: Variable): string | undefined => {
    const given = env[variable.name];
    const value = given === undefined || given === '' ? variable.fallback : given;
    if (value === undefined) {
      if (variable.optional !== true)
        problems.push(`${variable.name} is missing; accepted: ${variable.accepted}`);
      return undefined;
    }
    if (variable.accepts.test(value)) return value;
    // A connection URL holds a password: say what is wrong, not what was given.
    const shown = variable.name === 'DATABASE_URL' ? 'its value' : `"${value}"`;
    problems.push(`${variable.name}: ${shown} is not accepted; accepted: ${variable.accepted}`);
    return undefined;
  };
  const required = (variable: Variable) => read(variable) ?? '';
  const config: Config = {
    apiListen: required(variables.apiListen),
    apiTokensFile: read(variables.apiTokensFile),
    xdsListen: required(variables.xdsListen),
    xdsCanaryMs: Number(required(variables.xdsCanaryMs)),
    databaseUrl: required(variables.databaseUrl),
    kafkaBrokers: required(variables.kafkaBrokers).split(','),
    captureAddress: required(variables.captureAddress),
    identifiersAddress: read(variables.identifiersAddress),
    entanglementAddress: read(variables.entanglementAddress),
    otlpAddress: read(variables.otlpAddress),
    traceAddress: read(variables.traceAddress),
    runtimeSocket: read(variables.runtimeSocket),
    capsuleDir: required(variables.capsuleDir),
    pageDir: required(variables.pageDir),
  };
  if (config.apiTokensFile === undefined && config.apiListen !== '' && !isLoopbackHost(config.apiListen)) {
    problems.push(
      `API_LISTEN: "${config.apiListen}" can be reached from elsewhere, where everybody could do everything; accepted: a loopback address, or CHRONOS_API_TOKENS_FILE beside it`,
    );
  }
  return problems.length > 0 ? { problems } : { config };
}

/** Text for --help. */
export function configHelp(): string {
  const lines = Object.values(variables).map((variable: Variable) => {
    const fallback = variable.fallback === undefined ? '' : ` (default ${variable.fallback})`;
    const optional = variable.optional === true ? ' (optional)' : '';
    return `  ${variable.name.padEnd(16)} ${variable.help}: ${variable.accepted}${fallback}${optional}`;
  });
  return [
    'Usage: node control-plane/src/main.ts',
    '',
    'The control plane of Chronos. Configured by its environment:',
    '',
    ...lines,
    "  CHRONOS_MASKING_KEY or CHRONOS_MASKING_KEY_FILE: services/capture's key; with it, stored requests can be replayed (optional)",
    '  CHRONOS_REPLAY_SECRET_<NAME>: the secret that a migration file names so for its replays (optional)',
    '  OTEL_EXPORTER_OTLP_ENDPOINT and the other OTEL_* variables: where its own traces go (optional)',
    '',
  ].join('\n');
}
