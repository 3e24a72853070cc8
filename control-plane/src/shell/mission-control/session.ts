import { createHmac, timingSafeEqual } from 'node:crypto';
import type { TokenRecord } from '../../core/mission-control/access.ts';

/** A working day; then the token is asked for again. */
export const sessionMs = 12 * 3_600_000;
const cookieName = 'chronos_session';

/**
 * A session cookie holds no token: whose it is, until when, and a signature with the servers' common secret over both and the token's hash. So a
 * session ends with its token's line, and holds across restarts and replicas.
 */
export function sessionCookie(
  secret: Uint8Array,
  token: TokenRecord,
  expiresAtMs: number,
  secure: boolean,
): string {
  const value = `${token.sha256.slice(0, idLength)}.${expiresAtMs}.${signature(secret, token, expiresAtMs)}`;
  return `${cookieName}=${value}; Max-Age=${Math.floor(sessionMs / 1000)}; ${attributes(secure)}`;
}

export function endedCookie(secure: boolean): string {
  return `${cookieName}=; Max-Age=0; ${attributes(secure)}`;
}

/** Whose session the cookie header holds, and until when; undefined: nobody's. */
export function sessionIn(
  header: string | null,
  known: { readonly secret: Uint8Array; readonly tokens: readonly TokenRecord[]; readonly nowMs: number },
): { readonly token: TokenRecord; readonly expiresAtMs: number } | undefined {
  const value = header
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${cookieName}=`))
    ?.slice(cookieName.length + 1);
  const { id, expires, signed } =
    /^(?<id>[0-9a-f]{16})\.(?<expires>\d{1,15})\.(?<signed>[\w-]{43})$/.exec(value ?? '')?.groups ?? {};
  const token = known.tokens.find(({ sha256 }) => sha256.slice(0, idLength) === id);
  const expiresAtMs = Number(expires);
  if (token === undefined || signed === undefined || expiresAtMs <= known.nowMs) return undefined;
  const expected = signature(known.secret, token, expiresAtMs);
  return timingSafeEqual(Buffer.from(signed), Buffer.from(expected)) ? { token, expiresAtMs } : undefined;
}

/** Of the token's hash; it names the line. */
const idLength = 16;

function signature(secret: Uint8Array, { sha256, name, role }: TokenRecord, expiresAtMs: number): string {
  const text = JSON.stringify([sha256, name, role, expiresAtMs]);
  return createHmac('sha256', secret).update(text).digest('base64url');
}

/** Scripts cannot read it, other sites' requests do not carry it. */
function attributes(secure: boolean): string {
  return `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
}
