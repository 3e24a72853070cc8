/** The connector that reads a slot: made, awaited and removed by Kafka Connect's REST interface. */
import { setTimeout as delay } from 'node:timers/promises';

/** Making a connector, Connect first checks it against the database. */
const askWithinMs = 30_000;
const runningWithinMs = 60_000;

export interface ConnectorOptions {
  readonly connect: string;
  readonly name: string;
  readonly databaseUrl: string;
  readonly slot: string;
  readonly publication: string;
  readonly topic: string;
  /** Of Chronos' messages in the WAL. */
  readonly tagPrefix: string;
}

/** What `deploy/debezium/` documents for people's own clusters: keep both alike. */
export function connectorConfig(options: Omit<ConnectorOptions, 'connect'>): Record<string, string> {
  const { databaseUrl, name, slot, publication, topic, tagPrefix } = options;
  const url = new URL(databaseUrl);
  return {
    'connector.class': 'io.debezium.connector.postgresql.PostgresConnector',
    'tasks.max': '1',
    'plugin.name': 'pgoutput',
    // An address of IPv6 stands in brackets only within a URL.
    'database.hostname': url.hostname.replace(/^\[(.*)\]$/, '$1'),
    'database.port': url.port || '5432',
    'database.user': decodeURIComponent(url.username),
    'database.password': decodeURIComponent(url.password),
    'database.dbname': decodeURIComponent(url.pathname.slice(1)),
    ...tlsOf(url.searchParams),
    // Whatever the worker's own converters are.
    'key.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'key.converter.schemas.enable': 'false',
    'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
    'value.converter.schemas.enable': 'false',
    'topic.prefix': name,
    'slot.name': slot,
    'slot.drop.on.stop': 'false',
    'publication.name': publication,
    'publication.autocreate.mode': 'disabled',
    // Rows that were there before are E's own copy's concern, not the stream's.
    'snapshot.mode': 'no_data',
    'provide.transaction.metadata': 'true',
    'skipped.operations': 'none',
    'tombstones.on.delete': 'false',
    'decimal.handling.mode': 'string',
    'binary.handling.mode': 'hex',
    'time.precision.mode': 'microseconds',
    'message.prefix.include.list': `${tagPrefix}(-.*)?`,
    'poll.interval.ms': '20',
    'retriable.restart.connector.wait.ms': '1000',
    // Quantiles of its own that nobody reads here; their queue overflows at full rate, with a warning for each event.
    'statistics.metrics.enabled': 'false',
    // Everything into one topic of one partition: the order of the WAL.
    transforms: 'one',
    'transforms.one.type': 'org.apache.kafka.connect.transforms.RegexRouter',
    'transforms.one.regex': '.*',
    'transforms.one.replacement': topic,
  };
}

/** The URL's own demands on TLS; files are read by the Connect worker, under the same paths. Debezium's default would accept a plain connection. */
function tlsOf(parameters: URLSearchParams): Record<string, string> {
  const names = ['sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'sslpassword'];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = parameters.get(name);
      // `no-verify` is a word of this process's driver only.
      return value === null ? [] : [[`database.${name}`, value === 'no-verify' ? 'require' : value]];
    }),
  );
}

/** Makes the connector, or gives it this configuration, and waits until its task runs. @throws Error with Connect's own words */
export async function ensureConnector(options: ConnectorOptions): Promise<void> {
  const { connect, name } = options;
  await ask(connect, `/connectors/${name}/config`, 'PUT', connectorConfig(options));
  const deadline = performance.now() + runningWithinMs;
  for (;;) {
    const standing = await connectorStanding(connect, name);
    if (standing.state === 'running') return;
    if (standing.state === 'failed') {
      await ask(connect, `/connectors/${name}/tasks/0/restart`, 'POST').catch(() => undefined);
      throw new Error(`Debezium's task failed: ${standing.reason}`);
    }
    if (performance.now() > deadline)
      throw new Error(`Debezium's task does not run within ${runningWithinMs} ms`);
    await delay(200);
  }
}

/** `missing`: Connect answers and does not know it, as a standalone worker that was started anew. `starting`: also while Connect is away. */
export type ConnectorStanding =
  | { readonly state: 'running' | 'starting' | 'missing' }
  /** In the first line of the task's own words. */
  | { readonly state: 'failed'; readonly reason: string };

export async function connectorStanding(connect: string, name: string): Promise<ConnectorStanding> {
  let status: { readonly tasks?: readonly { readonly state: string; readonly trace?: string }[] };
  try {
    status = (await ask(connect, `/connectors/${name}/status`, 'GET')) as typeof status;
  } catch (error) {
    return { state: error instanceof Refused && error.status === 404 ? 'missing' : 'starting' };
  }
  const [task] = status.tasks ?? [];
  if (task?.state === 'FAILED')
    return { state: 'failed', reason: (task.trace ?? 'without a reason').split('\n', 1)[0] ?? '' };
  return { state: task?.state === 'RUNNING' ? 'running' : 'starting' };
}

/** Removes every connector of this slot but `except`. */
export async function removeConnectors(connect: string, slot: string, except = ''): Promise<void> {
  const names = (await ask(connect, '/connectors', 'GET')) as readonly string[];
  for (const name of names)
    if (name.startsWith(`${slot}.`) && name !== except) await ask(connect, `/connectors/${name}`, 'DELETE');
}

/** Connect's answer to what it will not do. */
class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function ask(connect: string, path: string, method: string, body?: unknown): Promise<unknown> {
  const { url, headers } = endpoint(connect);
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    signal: AbortSignal.timeout(askWithinMs),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  // The configuration, which holds a password, is never repeated.
  if (!response.ok)
    throw new Refused(
      response.status,
      `Kafka Connect answers ${response.status} to ${method} ${path}: ${reasonIn(text)}`,
    );
  return text === '' ? undefined : JSON.parse(text);
}

/** A user and password in the URL are told as Basic authentication, which a URL that is fetched may not hold; no error repeats them. */
function endpoint(connect: string): {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
} {
  const url = new URL(connect);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  const base = url.href.replace(/\/$/, '');
  if (username === '' && password === '') return { url: base, headers: {} };
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { url: base, headers: { authorization: `Basic ${Buffer.from(user).toString('base64')}` } };
}

function reasonIn(text: string): string {
  const match = /"message":"((?:[^"\\]|\\.)*)"/.exec(text);
  return (match?.[1] ?? text).slice(0, 500);
}
