import { createHash, timingSafeEqual } from 'node:crypto';
import { Code, ConnectError } from '@connectrpc/connect';
import { jwtVerify, SignJWT } from 'jose';

const VALID_S = 2 * 86_400;

/** Tokens as the newer channels ask for them: JWT, HS256, valid from the business date (PARAM BUCHDAT) for two business days. */
export class TokenDesk {
  readonly #key: Uint8Array;
  readonly #businessDate: Date;
  readonly #auditToken: string | undefined;

  constructor(key: string, businessDate: Date, auditToken: string | undefined) {
    this.#key = new TextEncoder().encode(key);
    this.#businessDate = businessDate;
    this.#auditToken = auditToken;
  }

  issue(customer: string, segment: string): Promise<string> {
    const issuedAt = this.#businessDate.getTime() / 1_000;
    return new SignJWT({ segment, iss: 'bank', sub: customer, iat: issuedAt, exp: issuedAt + VALID_S })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(this.#key);
  }

  /** Whose books the caller may read: auditors everybody's, customers their own. @throws ConnectError(unauthenticated) */
  async readerOf(headers: Headers): Promise<(customer: string) => boolean> {
    const [scheme, token] = (headers.get('authorization') ?? '').split(' ');
    if (scheme === 'Bearer' && this.#auditToken !== undefined && isSame(token ?? '', this.#auditToken))
      return () => true;
    const own = await this.customerOf(headers);
    return (customer) => customer === own;
  }

  /** The customer's number. @throws ConnectError(unauthenticated) */
  async customerOf(headers: Headers): Promise<string> {
    const [scheme, token] = (headers.get('authorization') ?? '').split(' ');
    try {
      if (scheme !== 'Bearer') throw new Error('no bearer token');
      const { payload } = await jwtVerify(token ?? '', this.#key, {
        issuer: 'bank',
        algorithms: ['HS256'],
        currentDate: this.#businessDate,
      });
      if (payload.sub === undefined) throw new Error('no subject');
      return payload.sub;
    } catch {
      throw new ConnectError('a valid token is required', Code.Unauthenticated);
    }
  }
}

/** In a time that says nothing of how much of it is right. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
