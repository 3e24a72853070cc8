import {
  type Address,
  type Environment,
  parseAddress,
  parseBrokers,
  parseMaskingKey,
} from '@chronos/capture/core/config.ts';

export interface Config {
  readonly listen: Address;
  readonly brokers: readonly string[];
  readonly databaseUrl: string;
  readonly maskingKey: string;
  readonly metricsListen: Address | undefined;
}

export const help = `Usage: node services/identifiers/src/main.ts

Learns which identifiers of legacy belong to which of modern, and rewrites requests so that they name what the other universe knows.

Environment:
  IDENTIFIERS_LISTEN   host:port of the gRPC service (ext_proc); port 0 takes a free one
  KAFKA_BROKERS        host:port, more than one separated by commas
  DATABASE_URL         Postgres of Chronos' own; pairs are kept in its schema "identifiers"
  CHRONOS_MASKING_KEY  the secret that captures have, of at least 32 characters; CHRONOS_MASKING_KEY_FILE names a file that holds it instead
  METRICS_LISTEN       host:port of /metrics (default: none)
`;

/** All of the configuration, or all that is wrong with it: one line a variable. */
export function parseConfig(
  env: Environment,
  readFile: (path: string) => string,
): { readonly config: Config } | { readonly errors: readonly string[] } {
  const errors: string[] = [];
  const read = <T>(name: string, parse: (text: string) => T | undefined, accepted: string): T | undefined => {
    const text = env[name] ?? '';
    const value = text === '' ? undefined : parse(text);
    if (value === undefined)
      errors.push(`${name} is ${text === '' ? 'not set' : `"${text}"`}: expected ${accepted}`);
    return value;
  };
  const listen = read('IDENTIFIERS_LISTEN', parseAddress, 'host:port');
  const brokers = read('KAFKA_BROKERS', parseBrokers, 'host:port, more than one separated by commas');
  const metricsListen = env.METRICS_LISTEN ? read('METRICS_LISTEN', parseAddress, 'host:port') : undefined;
  const databaseUrl = env.DATABASE_URL ?? '';
  // Its text is never shown: it holds a password.
  if (!/^postgres(?:ql)?:\/\//.test(databaseUrl))
    errors.push('DATABASE_URL is not set or no URL of Postgres: expected postgres://…');
  const maskingKey = parseMaskingKey(env, readFile);
  if ('error' in maskingKey) errors.push(maskingKey.error);
  if (errors.length > 0 || listen === undefined || brokers === undefined || 'error' in maskingKey)
    return { errors };
  return { config: { listen, brokers, databaseUrl, maskingKey: maskingKey.key, metricsListen } };
}
