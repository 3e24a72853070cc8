export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface Config {
  readonly listen: Address;
  readonly brokers: readonly string[];
  readonly bodyBytesMax: number;
  readonly metricsListen: Address | undefined;
  /** What masks are made with; see services/capture/README.md. */
  readonly maskingKey: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export const help = `Usage: node services/capture/src/main.ts

Receives from Envoy's capture filter what passed between the proxy and a universe, and writes it to the Kafka topic shadow-requests.

Environment:
  CAPTURE_LISTEN               host:port of the gRPC service (ext_proc); port 0 takes a free one
  KAFKA_BROKERS                host:port, more than one separated by commas
  CAPTURE_MAX_BODY_BYTES       kept of each body; beyond it only the size is known (default 1048576, at most 16777216)
  CHRONOS_MASKING_KEY          secret of at least 32 characters from which masks are made, the same for all captures and for as long as
                               their exchanges are compared; CHRONOS_MASKING_KEY_FILE names a file that holds it instead
  METRICS_LISTEN               host:port of /metrics (default: none)
  OTEL_EXPORTER_OTLP_ENDPOINT  where spans go (default: none); the other OTEL_ variables hold, too
`;

const bodyBytesDefault = 1024 * 1024;
const bodyBytesLimit = 16 * 1024 * 1024;

/** All of the configuration, or all that is wrong with it: one line a variable, with its value and what is accepted. */
export function parseConfig(
  env: Environment,
  readFile: (path: string) => string,
): { config: Config } | { errors: string[] } {
  const errors: string[] = [];
  const attempt = <T>(name: string, parse: (text: string) => T | undefined, accepted: string, absent?: T) => {
    const text = env[name];
    if (text === undefined || text === '') {
      if (absent === undefined) errors.push(`${name} is not set: expected ${accepted}`);
      return absent;
    }
    const value = parse(text);
    if (value === undefined) errors.push(`${name} is "${text}": expected ${accepted}`);
    return value;
  };

  const listen = attempt('CAPTURE_LISTEN', parseAddress, 'host:port');
  const brokers = attempt('KAFKA_BROKERS', parseBrokers, 'host:port, more than one separated by commas');
  const bodyBytesMax = attempt(
    'CAPTURE_MAX_BODY_BYTES',
    parseBodyBytes,
    `a whole number from 0 to ${bodyBytesLimit}`,
    bodyBytesDefault,
  );
  const metricsListen = env.METRICS_LISTEN ? attempt('METRICS_LISTEN', parseAddress, 'host:port') : undefined;
  const maskingKey = parseMaskingKey(env, readFile);
  if ('error' in maskingKey) errors.push(maskingKey.error);
  if (errors.length > 0 || !listen || !brokers || bodyBytesMax === undefined || 'error' in maskingKey)
    return { errors };
  return { config: { listen, brokers, bodyBytesMax, metricsListen, maskingKey: maskingKey.key } };
}

export function parseAddress(text: string): Address | undefined {
  const parts = /^(?:\[(.+)\]|([^:\s]+)):(\d{1,5})$/.exec(text);
  const host = parts?.[1] ?? parts?.[2];
  const port = Number(parts?.[3]);
  return host !== undefined && port <= 65_535 ? { host, port } : undefined;
}

export function parseBrokers(text: string): string[] | undefined {
  const brokers = text.split(',').map((broker) => broker.trim());
  return brokers.every((broker) => parseAddress(broker) !== undefined) ? brokers : undefined;
}

function parseBodyBytes(text: string): number | undefined {
  const bytes = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return bytes <= bodyBytesLimit ? bytes : undefined;
}

const maskingKeyCharsMin = 32;

/** Never shows the key, not even a part of a wrong one. */
export function parseMaskingKey(
  { CHRONOS_MASKING_KEY: given, CHRONOS_MASKING_KEY_FILE: file }: Environment,
  readFile: (path: string) => string,
): { key: string } | { error: string } {
  const accepted = `a random secret of at least ${maskingKeyCharsMin} characters`;
  if (given && file)
    return { error: 'CHRONOS_MASKING_KEY and CHRONOS_MASKING_KEY_FILE are both set: expected one' };
  if (!given && !file) return { error: `CHRONOS_MASKING_KEY is not set: expected ${accepted}` };
  let key = given ?? '';
  if (file) {
    try {
      key = readFile(file).trim();
    } catch (error) {
      return {
        error: `CHRONOS_MASKING_KEY_FILE is "${file}": ${error instanceof Error ? error.message : String(error)}`,
      };
    }
  }
  if (key.length >= maskingKeyCharsMin) return { key };
  return {
    error: `${file ? 'CHRONOS_MASKING_KEY_FILE holds' : 'CHRONOS_MASKING_KEY has'} ${key.length} characters: expected ${accepted}`,
  };
}
