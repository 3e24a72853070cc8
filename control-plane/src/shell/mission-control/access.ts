import { createHash } from 'node:crypto';
import { Code, ConnectError, createContextKey } from '@connectrpc/connect';
import { type Caller, hasRole, roleNeeded, type TokenRecord } from '../../core/mission-control/access.ts';
import { endedCookie, sessionCookie, sessionIn, sessionMs } from './session.ts';

/** Everybody, where no tokens are asked for. */
export const localCaller: Caller = { name: 'local', role: 'operator' };

/** Who calls, for handlers; set by the interceptor. */
export const callerKey = createContextKey<Caller>(localCaller, { description: 'caller' });

/** A caller, and until when the session holds; undefined: as long as the token. */
export interface Session {
  readonly caller: Caller;
  readonly expiresAtMs: number | undefined;
}

/** Who may call what. Without tokens everybody may do everything: the server then listens on loopback alone. */
export class Access {
  readonly #tokens: readonly TokenRecord[] | undefined;
  readonly #secret: Uint8Array;
  readonly #nowMs: () => number;

  constructor(tokens: readonly TokenRecord[] | undefined, secret: Uint8Array, nowMs: () => number) {
    this.#tokens = tokens;
    this.#secret = secret;
    this.#nowMs = nowMs;
  }

  get tokensRequired(): boolean {
    return this.#tokens !== undefined;
  }

  /** Undefined: nobody that is known. A bearer token goes before a cookie. */
  session(headers: { get(name: string): string | null }): Session | undefined {
    if (this.#tokens === undefined) return { caller: localCaller, expiresAtMs: undefined };
    const bearer = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
    if (bearer !== undefined) {
      const token = this.#tokenOf(bearer);
      return token && { caller: token, expiresAtMs: undefined };
    }
    const known = { secret: this.#secret, tokens: this.#tokens, nowMs: this.#nowMs() };
    const session = sessionIn(headers.get('cookie'), known);
    return session && { caller: session.token, expiresAtMs: session.expiresAtMs };
  }

  /**
   * The caller of a method. @throws ConnectError `unauthenticated`, or `permission_denied` with the role that is needed.
   */
  admit(method: string, headers: { get(name: string): string | null }): Caller | undefined {
    const needed = roleNeeded(method);
    const caller = this.session(headers)?.caller;
    if (needed === undefined) return caller;
    if (caller === undefined) {
      throw new ConnectError('log in first: this server asks for a token', Code.Unauthenticated);
    }
    if (!hasRole(caller, needed)) {
      const words = `${caller.name} is a ${caller.role}; this needs the role ${needed}`;
      throw new ConnectError(words, Code.PermissionDenied);
    }
    return caller;
  }

  /** @throws ConnectError `unauthenticated` for a token that is none. */
  logIn(
    token: string,
    secure: boolean,
  ): { readonly caller: Caller; readonly expiresAtMs: number; readonly cookie: string } {
    const record = this.#tokenOf(token);
    if (record === undefined) throw new ConnectError('this token is not known here', Code.Unauthenticated);
    const expiresAtMs = this.#nowMs() + sessionMs;
    return { caller: record, expiresAtMs, cookie: sessionCookie(this.#secret, record, expiresAtMs, secure) };
  }

  logOut(secure: boolean): string {
    return endedCookie(secure);
  }

  /** By the token's hash: how long the search takes tells nothing of a token. */
  #tokenOf(token: string): TokenRecord | undefined {
    const sha256 = createHash('sha256').update(token).digest('hex');
    return this.#tokens?.find((record) => record.sha256 === sha256);
  }
}
