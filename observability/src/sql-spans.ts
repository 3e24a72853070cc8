import { SpanKind } from '@opentelemetry/api';
import { currentTraceparent, recordSpan } from './tracing.ts';

/** What a pool or a connection of node-postgres has, as far as it matters here. */
interface Queries {
  query: unknown;
}
interface Pool extends Queries {
  on(event: 'connect', listener: (connection: Queries) => void): unknown;
}

const textCharsMax = 500;

/**
 * One span for each statement, below the span under which it was asked for; none where nothing is recorded. The statement stands in it, its
 * parameters do not. Statements stay as they are, and unnamed.
 */
export function recordSql(pool: Pool): void {
  recordQueries(pool);
  // The pool itself asks its connections by callback, in the context of whoever gave the connection back: that one is recorded above.
  pool.on('connect', (connection) => recordQueries(connection));
}

function recordQueries(target: Queries): void {
  const { query } = target;
  if (typeof query !== 'function') return;
  target.query = (...args: unknown[]): unknown => {
    const traceparent = currentTraceparent();
    const startTimeMs = Date.now();
    const result: unknown = Reflect.apply(query, target, args);
    const text = textOf(args[0]);
    if (traceparent === '' || text === undefined || !isPromise(result)) return result;
    const record = (failed: boolean) =>
      recordSpan(`sql ${/^\s*(\w+)/.exec(text)?.[1]?.toLowerCase() ?? ''}`, {
        traceparent,
        kind: SpanKind.CLIENT,
        startTimeMs,
        endTimeMs: Date.now(),
        attributes: {
          'db.system.name': 'postgresql',
          'db.query.text': text.slice(0, textCharsMax),
          ...(failed && { error: true }),
        },
      });
    result.then(
      () => record(false),
      () => record(true),
    );
    return result;
  };
}

function textOf(statement: unknown): string | undefined {
  if (typeof statement === 'string') return statement;
  if (typeof statement !== 'object' || statement === null || !('text' in statement)) return undefined;
  return typeof statement.text === 'string' ? statement.text : undefined;
}

/** Not by class: under a test runner promises come from elsewhere. */
function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
