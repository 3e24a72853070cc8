/** What the process is told by its environment. */
import type { UniverseName } from '../core/change/declared.ts';
import type { DatabaseAccess } from './capture/captures.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface Settings {
  readonly brokers: readonly string[];
  readonly api: string;
  /** Token of an operator, where the API asks for one. */
  readonly apiToken: string | undefined;
  /** Chronos' own Postgres. */
  readonly databaseUrl: string;
  readonly maskingKey: string;
  readonly listen: Address;
  readonly cdc: CdcSettings;
  readonly databases: ReadonlyMap<string, DatabaseAccess>;
}

export type CdcSettings =
  | { readonly kind: 'pgoutput' }
  /** URL of the REST interface of a Kafka Connect that has Debezium's connector for Postgres. */
  | { readonly kind: 'debezium'; readonly connect: string };

export const HELP = `The entanglement reads what both universes' databases did and writes it to the topic db-state-updates.

Environment:
  KAFKA_BROKERS        host:port[,host:port…]                                  required
  CHRONOS_API          URL of the control plane's API                          required
  CHRONOS_API_TOKEN    an operator's token, where the API asks for one
  DATABASE_URL         Chronos' own Postgres (schema entanglement)             required
  CHRONOS_MASKING_KEY  secret of at least 32 characters for sensitive fields   required
  METRICS_LISTEN       host:port of /metrics and /captures; port 0: a free one required
  CHRONOS_DB_<MIGRATION>_<LEGACY|MODERN>        URL of that universe's database; the migration's name in capitals, - as _
  CHRONOS_DB_<MIGRATION>_<LEGACY|MODERN>_OWNED  1: made by Chronos, which may alter its tables' replica identity
  CHRONOS_CDC          pgoutput (read here, the default) or debezium
  CONNECT_URL          with debezium: REST interface of Kafka Connect
  OTEL_EXPORTER_OTLP_ENDPOINT                   default: no traces
`;

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads everything at once; `errors` names each variable that is wrong and what is accepted, never a URL's password. */
export function readSettings(env: Environment): Settings | { errors: string[] } {
  const errors: string[] = [];
  const required = (name: string, accepted: string): string => {
    const text = env[name] ?? '';
    if (text === '') errors.push(`${name} is missing: ${accepted}`);
    return text;
  };
  const brokers = required('KAFKA_BROKERS', 'host:port, several separated by commas')
    .split(',')
    .map((broker) => broker.trim());
  for (const broker of brokers)
    if (broker !== '' && address(broker) === undefined)
      errors.push(`KAFKA_BROKERS: ${JSON.stringify(broker)} is not host:port`);
  const api = url(required('CHRONOS_API', 'http://host:port'), 'CHRONOS_API', /^https?:$/, errors);
  const databaseUrl = postgresUrl(required('DATABASE_URL', 'postgres://…'), 'DATABASE_URL', errors);
  const maskingKey = required('CHRONOS_MASKING_KEY', 'a random secret of at least 32 characters');
  if (maskingKey !== '' && maskingKey.length < 32)
    errors.push(`CHRONOS_MASKING_KEY has ${maskingKey.length} characters: expected at least 32`);
  const text = required('METRICS_LISTEN', 'host:port');
  const listen = address(text);
  if (text !== '' && listen === undefined)
    errors.push(`METRICS_LISTEN: ${JSON.stringify(text)} is not host:port`);
  const cdc = readCdc(env, errors);
  const databases = readDatabases(env, errors);
  if (errors.length > 0 || listen === undefined || cdc === undefined) return { errors };
  return {
    brokers,
    api,
    apiToken: env.CHRONOS_API_TOKEN || undefined,
    databaseUrl,
    maskingKey,
    listen,
    cdc,
    databases,
  };
}

/** Key of {@link Settings.databases}. */
export function databaseKey(migration: string, universe: UniverseName): string {
  return `${migration.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_${universe.toUpperCase()}`;
}

function readDatabases(env: Environment, errors: string[]): Map<string, DatabaseAccess> {
  const databases = new Map<string, DatabaseAccess>();
  for (const [name, value = ''] of Object.entries(env)) {
    const key = /^CHRONOS_DB_([A-Z0-9_]+_(?:LEGACY|MODERN))$/.exec(name)?.[1];
    if (key === undefined) continue;
    databases.set(key, { url: entityUrl(value, name, errors), owned: env[`${name}_OWNED`] === '1' });
  }
  return databases;
}

function readCdc(env: Environment, errors: string[]): CdcSettings | undefined {
  const kind = env.CHRONOS_CDC || 'pgoutput';
  if (kind === 'pgoutput') return { kind };
  if (kind !== 'debezium') {
    errors.push(`CHRONOS_CDC is ${JSON.stringify(kind)}; accepted: pgoutput, debezium`);
    return undefined;
  }
  const connect = env.CONNECT_URL ?? '';
  if (connect === '')
    errors.push('CONNECT_URL is missing: CHRONOS_CDC=debezium needs the URL of Kafka Connect');
  return { kind, connect: url(connect, 'CONNECT_URL', /^https?:$/, errors) };
}

/** Of a database that holds entities: a Postgres, or a file of SQLite's. */
function entityUrl(text: string, name: string, errors: string[]): string {
  return /^sqlite:\/./.test(text) ? text : postgresUrl(text, name, errors);
}

function postgresUrl(text: string, name: string, errors: string[]): string {
  return url(text, name, /^postgres(ql)?:$/, errors);
}

function url(text: string, name: string, protocol: RegExp, errors: string[]): string {
  if (text !== '' && !(URL.canParse(text) && protocol.test(new URL(text).protocol)))
    errors.push(
      `${name} is no URL of the kind it needs (${protocol.source.replaceAll(/[\^$?()]/g, '')}//host:port…)`,
    );
  return text.replace(/\/$/, '');
}

function address(text: string): Address | undefined {
  const match = /^(\[[0-9a-fA-F:]+\]|[^\s:[\]]+):([0-9]{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  if (!match?.[1] || port > 65_535) return undefined;
  return { host: match[1].replace(/^\[|\]$/g, ''), port };
}
