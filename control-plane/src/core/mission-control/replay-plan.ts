import { RE2JS } from '@bufbuild/re2';
import type { Migration, ReplayHeader, RouteMatch } from '@chronos/proto/chronos/v1/migration_pb.js';
import { type Exchange, type Header, Outcome, Transport } from '@chronos/proto/events/v1/exchange_pb.js';
import type { Verdict } from '@chronos/proto/events/v1/verdict_pb.js';

/** A request to be sent to modern once more. */
export interface ReplayedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** What the client called the service; the host header. */
  readonly authority: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly body: Uint8Array;
}

export interface ReplayPlan {
  readonly request: ReplayedRequest;
  /** Legacy's exchange then: the answer that modern's is compared with. */
  readonly legacy: Exchange;
}

/** Methods that change nothing (RFC 9110, 9.2.1), as far as they carry a request of their own. */
const safeMethods: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** Of the connection, of the proxy's own making, or of what watched the request then. */
const notSent =
  /^(:.*|host|connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|content-length|expect|x-chronos-.*|x-envoy-.*|x-forwarded-.*|traceparent|tracestate)$/;

/** What the answer will be masked with, and the service accounts that stand in for customers whose credentials nobody keeps. */
export interface ReplayMeans {
  /** Version of the masks. */
  readonly maskingVersion: string;
  /** Secrets by the names that the migration file's `replay` gives them. */
  readonly secrets: ReadonlyMap<string, string>;
}

/**
 * What to send to modern to ask a stored request again, or why it must not be sent: it may change something, or it is not known as it was.
 */
export function replayPlan(
  verdict: Verdict,
  spec: Migration,
  { maskingVersion, secrets }: ReplayMeans,
): ReplayPlan | { readonly refusal: string } {
  const { legacy } = verdict;
  const source = verdict.modern ?? legacy;
  // Names of stored headers are in lower case.
  const declared = (spec.replay?.headers ?? []).map((header) => ({
    ...header,
    name: header.name.toLowerCase(),
  }));
  const refusal =
    unknownRequest(source, declared) ??
    (source && unsafe(source, verdict, spec)) ??
    unknownAnswer(legacy) ??
    (legacy?.maskingVersion === maskingVersion
      ? undefined
      : 'what is masked, or the masking key, changed since: the answers cannot be compared') ??
    unknownSecret(declared, secrets);
  if (refusal !== undefined || source?.request === undefined || legacy === undefined) {
    return { refusal: refusal ?? 'the request is not stored' };
  }
  const { headers, body } = source.request;
  const instead = new Map(
    declared.map(({ name, prefix, secret }) => [name, prefix + (secrets.get(secret) ?? '')]),
  );
  return {
    legacy,
    request: {
      method: source.method,
      path: headerOf(headers, ':path') ?? source.path,
      authority: headerOf(headers, ':authority') ?? headerOf(headers, 'host') ?? '',
      headers: headers
        .filter(({ name }) => !notSent.test(name))
        .map(({ name, value }) => ({ name, value: instead.get(name) ?? latin1(value) })),
      body,
    },
  };
}

/** Why the request is not known as it was. */
function unknownRequest(
  exchange: Exchange | undefined,
  declared: readonly ReplayHeader[],
): string | undefined {
  if (exchange?.request === undefined) return 'the request is not stored';
  if (exchange.transport === Transport.TCP) return 'it is a raw TCP connection, not a request';
  if (headerOf(exchange.request.headers, 'content-type')?.startsWith('application/grpc') === true) {
    return 'it is a gRPC call; only plain HTTP requests are sent again';
  }
  const masked = exchange.masking.filter(
    (note) =>
      note.startsWith('request.') && !declared.some(({ name }) => note.startsWith(`request.header.${name}:`)),
  );
  if (masked.length > 0) {
    const remedy = masked.every((note) => note.startsWith('request.header.'))
      ? '; a service account may stand in: `replay` in the migration file'
      : '';
    return `the request is stored masked (${masked.join(', ')})${remedy}`;
  }
  return exchange.request.bodyTruncated ? 'its body is stored in part only' : undefined;
}

function unknownSecret(
  declared: readonly ReplayHeader[],
  secrets: ReadonlyMap<string, string>,
): string | undefined {
  const missing = declared.find(({ secret }) => !secrets.has(secret));
  return missing && `the control plane has no CHRONOS_REPLAY_SECRET_${missing.secret} in its environment`;
}

function unknownAnswer(legacy: Exchange | undefined): string | undefined {
  if (legacy?.response === undefined || legacy.outcome !== Outcome.COMPLETE) {
    return 'legacy’s answer is not stored: there is nothing to compare with';
  }
  return legacy.response.bodyTruncated ? 'legacy’s answer is stored in part only' : undefined;
}

/** Why sending it again might change something. */
function unsafe({ method, path }: Exchange, { group }: Verdict, spec: Migration): string | undefined {
  if (safeMethods.includes(method)) return undefined;
  const route = spec.routes.find(({ name }) => name === group);
  const match = route?.match.find((candidate) => matches(candidate, method, path));
  if (match?.safe === true) return undefined;
  return `${method} may change something: only ${safeMethods.join(', ')} and routes that the migration file declares \`safe\` are sent again`;
}

function matches({ path: rule, methods }: RouteMatch, method: string, path: string): boolean {
  if (methods.length > 0 && !methods.includes(method)) return false;
  switch (rule.case) {
    case 'pathExact':
      return path === rule.value;
    case 'prefix': {
      const border = rule.value.endsWith('/') ? rule.value : `${rule.value}/`;
      return path === rule.value || path.startsWith(border);
    }
    case 'regex':
      return RE2JS.compile(rule.value).matches(path);
    case undefined:
      return false;
  }
}

function headerOf(headers: readonly Header[], wanted: string): string | undefined {
  const found = headers.find(({ name }) => name === wanted);
  return found && latin1(found.value);
}

/** Header values are bytes; each becomes one character, as HTTP/1.1 sends it. */
function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
