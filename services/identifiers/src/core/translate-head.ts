import { unescaped } from '@chronos/arbiter/core/entangled/header-id.ts';
import { headerText, headerValue } from '@chronos/capture/core/identifiers/header-values.ts';
import type { Header } from '@chronos/proto/events/v1/exchange_pb.js';
import type { PlannedBijection, RequestPlan } from './plan.ts';
import type { Partner, Resolve } from './resolve.ts';

type Root = PlannedBijection['places'][number]['root'];

/** Headers whose values change, name to new value; `:path` and `cookie` among them. */
export function translateHead(
  headers: readonly Header[],
  plan: RequestPlan,
  resolve: Resolve,
): ReadonlyMap<string, string> {
  const changed = new Map<string, string>();
  const head = new Head(plan, resolve);
  const cookies = headers.filter(({ name }) => name === 'cookie').map(({ value }) => headerText(value));
  const cookie = head.cookie(cookies.join('; '));
  if (cookie !== undefined) changed.set('cookie', cookie);
  for (const { name, value } of headers) {
    const text = name === ':path' ? head.target(headerText(value)) : head.header(name, headerText(value));
    if (text !== undefined) changed.set(name, text);
  }
  return changed;
}

class Head {
  readonly #plan: RequestPlan;
  readonly #resolve: Resolve;

  constructor(plan: RequestPlan, resolve: Resolve) {
    this.#plan = plan;
    this.#resolve = resolve;
  }

  target(target: string): string | undefined {
    const at = target.indexOf('?');
    const path = at < 0 ? target : target.slice(0, at);
    const query = at < 0 ? undefined : target.slice(at + 1);
    const parts = path.split('/').map((part, index) => {
      const partner = index === 0 ? undefined : this.#partner('path', String(index), unescaped(part));
      return partner === undefined ? part : escaped(partner.value, PATH_SAFE);
    });
    const pairs = query?.split('&').map((pair) => this.#parameter(pair));
    const result = parts.join('/') + (pairs === undefined ? '' : `?${pairs.join('&')}`);
    return result === target ? undefined : result;
  }

  /** The value of a whole cookie header. */
  cookie(text: string): string | undefined {
    if (text === '') return undefined;
    const pairs = text.split(/; ?/).map((pair) => {
      const equals = pair.indexOf('=');
      const name = pair.slice(0, Math.max(equals, 0)).trim();
      const partner = equals < 1 ? undefined : this.#partner('cookie', name, pair.slice(equals + 1).trim());
      return partner === undefined ? pair : `${name}=${partner.value}`;
    });
    const result = pairs.join('; ');
    return result === text ? undefined : result;
  }

  /** Of single headers only declared ones are looked at. */
  header(name: string, text: string): string | undefined {
    const bijection = this.#declared('header', name);
    if (bijection === undefined) return undefined;
    const { before, value, after } = headerValue(name, text);
    const partner = value === '' ? undefined : this.#resolve(bijection.name, value, true);
    return partner === undefined ? undefined : before + partner.value + after;
  }

  #parameter(pair: string): string {
    const equals = pair.indexOf('=');
    if (equals < 0) return pair;
    const name = unescaped(pair.slice(0, equals).replaceAll('+', ' '));
    const value = unescaped(pair.slice(equals + 1).replaceAll('+', ' '));
    const partner = this.#partner('query', name, value);
    return partner === undefined ? pair : `${pair.slice(0, equals)}=${escaped(partner.value, QUERY_SAFE)}`;
  }

  #partner(root: Root, name: string, value: string): Partner | undefined {
    if (value === '') return undefined;
    const declared = this.#declared(root, name);
    if (declared !== undefined) return this.#resolve(declared.name, value, true);
    let found: Partner | undefined;
    for (const bijection of this.#plan.bijections) {
      if (bijection.anywhere) found ??= this.#resolve(bijection.name, value, false);
    }
    return found;
  }

  #declared(root: Root, name: string): PlannedBijection | undefined {
    return this.#plan.bijections.find(({ places }) =>
      places.some((place) => place.root === root && place.name === name),
    );
  }
}

/** What a part of a path may hold as it is (RFC 3986, pchar). */
const PATH_SAFE = /[^A-Za-z0-9\-._~!$&'()*+,;=:@]/gu;
const QUERY_SAFE = /[^A-Za-z0-9\-._~!$'()*,;:@/?]/gu;

function escaped(text: string, unsafe: RegExp): string {
  return text.replaceAll(unsafe, encodeURIComponent);
}
