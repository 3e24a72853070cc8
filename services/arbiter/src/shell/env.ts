/** What the process is told by its environment. */
export interface Settings {
  readonly brokers: readonly string[];
  readonly group: string;
  /** undefined: no metrics are served. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
}

export const HELP = `The arbiter joins both universes' exchanges by request and judges them: shadow-requests → verdicts.

Environment:
  KAFKA_BROKERS   host:port[,host:port…]   required
  ARBITER_GROUP   consumer group           default chronos-arbiter
  METRICS_LISTEN  host:port of /metrics    default: not served; port 0 takes a free one
  OTEL_EXPORTER_OTLP_ENDPOINT              default: no traces
`;

/** Reads everything at once; `errors` names each variable that is wrong and what is accepted. */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
): Settings | { errors: string[] } {
  const errors: string[] = [];
  const brokers = (env.KAFKA_BROKERS ?? '')
    .split(',')
    .map((broker) => broker.trim())
    .filter((broker) => broker !== '');
  if (brokers.length === 0) errors.push('KAFKA_BROKERS is missing: host:port, several separated by commas');
  for (const broker of brokers) {
    if (!parseAddress(broker)) errors.push(`KAFKA_BROKERS: ${JSON.stringify(broker)} is not host:port`);
  }
  const group = env.ARBITER_GROUP || 'chronos-arbiter';
  if (!/^[A-Za-z0-9._-]{1,200}$/.test(group)) {
    errors.push('ARBITER_GROUP: up to 200 letters, digits, dots, dashes and underscores');
  }
  const metrics = env.METRICS_LISTEN ? parseAddress(env.METRICS_LISTEN) : undefined;
  if (env.METRICS_LISTEN && !metrics) {
    errors.push(`METRICS_LISTEN: ${JSON.stringify(env.METRICS_LISTEN)} is not host:port`);
  }
  return errors.length > 0 ? { errors } : { brokers, group, metrics };
}

function parseAddress(text: string): { host: string; port: number } | undefined {
  const match = /^(\[[0-9a-fA-F:]+\]|[^\s:[\]]+):([0-9]{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  if (!match?.[1] || port > 65_535) return undefined;
  return { host: match[1].replace(/^\[|\]$/g, ''), port };
}
