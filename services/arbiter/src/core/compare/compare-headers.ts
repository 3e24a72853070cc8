import { DifferenceKind, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { asked, bug, harmless, type Judged } from '../judge/ruling.ts';
import { diffApproved, diffValues } from './diff.ts';
import { DIGESTS, digestsContradict } from './digest.ts';
import type { Location } from './field-path.ts';
import type { Findings } from './findings.ts';
import { expiryChanged } from './freshness.ts';
import { type HeaderMap, joined } from './header-map.ts';
import { headerMeaning, isCompared, SET_COOKIE } from './header-meaning.ts';
import { sameReference } from './locations.ts';
import { isMetadata } from './metadata.ts';
import { approvedFields, approvedHere, enterField, ignoredBy, type RuleCursor } from './path-rules.ts';
import { cookieTree } from './set-cookie.ts';
import type { Value } from './value.ts';

export interface HeaderScope {
  readonly root: 'header' | 'trailer';
  /** Declared in the migration file, lower case. */
  readonly declared: ReadonlySet<string>;
  /** What is compared elsewhere, by its own meaning (`grpc-status`). */
  readonly except?: ReadonlySet<string>;
  /** Both answers are gRPC's: what the service set in their headers is compared whatever its name. */
  readonly metadata?: boolean;
  /** The bodies are the same bytes. */
  readonly sameBody?: boolean;
  /** The URL that the client asked for, against which references are resolved. */
  readonly base?: () => URL | undefined;
}

/** Adds to `out` the headers (or trailers) that tell a client something else. */
export function compareHeaders(
  legacy: HeaderMap,
  modern: HeaderMap,
  scope: HeaderScope,
  rules: RuleCursor,
  out: Findings,
): void {
  const root: Location = { step: scope.root };
  const rulesHere = enterField(rules, scope.root);
  for (const name of new Set([...legacy.keys(), ...modern.keys(), ...approvedFields(rulesHere)])) {
    const cursor = enterField(rulesHere, name);
    if (scope.except?.has(name) || !(isRelevant(name, scope) || approvedHere(cursor).length > 0)) continue;
    const at: Location = { parent: root, step: name };
    if (name === SET_COOKIE) {
      diffValues(cookies(legacy), cookies(modern), at, cursor, out);
      continue;
    }
    const [a, b] = [text(legacy, name), text(modern, name)];
    if (ignoredBy(cursor) === undefined && diffApproved(a, b, at, cursor, out)) continue;
    const special = ignoredBy(cursor) === undefined && !scope.declared.has(name) ? SPECIAL[name] : undefined;
    if (special) {
      const otherwise = special(legacy, modern, scope);
      const { explanation = '' } = otherwise ?? {};
      const kind = DifferenceKind.VALUE;
      if (otherwise) out.add({ at, kind, legacy: a, modern: b, otherwise, explanation });
    } else if (a === undefined || b === undefined || ignoredBy(cursor) !== undefined) {
      diffValues(a, b, at, cursor, out);
    } else if (headerMeaning(name, a) !== headerMeaning(name, b)) {
      const leads = scope.base !== undefined && sameReference(name, a, b, scope.base);
      const explanation = leads
        ? `The ${scope.root} ${name} leads a client of this request to the same place.`
        : `The ${scope.root} ${name} does not tell a client the same.`;
      out.add({
        ...(leads && { judged: harmless('same-location', explanation) }),
        at,
        kind: DifferenceKind.VALUE,
        legacy: a,
        modern: b,
        shown: { legacy: a, modern: b },
        explanation,
      });
    }
  }
}

type Special = (legacy: HeaderMap, modern: HeaderMap, scope: HeaderScope) => Judged | undefined;

/** Headers that mean something only beside others, or beside the body. */
const SPECIAL: Readonly<Record<string, Special | undefined>> = {
  expires: expiryChanged,
  // Only where there is no Cache-Control (RFC 9111, section 5.4).
  pragma(legacy, modern) {
    const before = joined(legacy, 'pragma');
    const after = joined(modern, 'pragma');
    if (headerMeaning('pragma', before) === headerMeaning('pragma', after)) return undefined;
    if (legacy.has('cache-control') || modern.has('cache-control')) return undefined;
    const explanation = `Pragma is ${JSON.stringify(before)} in legacy's answer, ${JSON.stringify(after)} in modern's, and there is no Cache-Control.`;
    return asked('pragma-changed', Severity.MAJOR, explanation);
  },
  ...Object.fromEntries([...DIGESTS].map((name) => [name, digestOf(name)])),
};

/** Of other bytes, such as the same JSON in another spelling, the digest is another. */
function digestOf(name: string): Special {
  return (legacy, modern, { sameBody = false }) => {
    if (legacy.has(name) !== modern.has(name)) {
      const has = legacy.has(name) ? 'legacy' : 'modern';
      return asked('digest-changed', Severity.MAJOR, `Only ${has} tells the body's ${name}.`);
    }
    if (!sameBody || !digestsContradict(joined(legacy, name), joined(modern, name))) return undefined;
    const explanation = `The bodies are the same and their ${name} is not: clients that check it refuse one of them.`;
    return bug('digest-wrong', Severity.CRITICAL, explanation);
  };
}

/**
 * A trailer exists because the service set it on purpose, so all are compared but the proxy's own; of headers only those that a client
 * acts on and those declared.
 */
function isRelevant(name: string, scope: HeaderScope): boolean {
  if (scope.declared.has(name)) return true;
  if (scope.root === 'header') return isCompared(name) || (scope.metadata === true && isMetadata(name));
  return !/^(?::|x-envoy-|x-chronos-|x-request-id$|traceparent$|tracestate$|date$|server$)/.test(name);
}

function text(headers: HeaderMap, name: string): string | undefined {
  return headers.has(name) ? joined(headers, name) : undefined;
}

function cookies(headers: HeaderMap): Value | undefined {
  const values = headers.get(SET_COOKIE);
  return values && cookieTree(values);
}
