import type { HttpRequest, HttpResponse } from '@chronos/rpc-server/shell/handler.ts';
import { isLoopbackHost, isOwnOrigin } from '../../core/mission-control/access.ts';

/**
 * Refuses what a browser was tricked into: requests of other sites' pages, and, where no token protects the server, requests under a name that
 * an attacker made point here (DNS rebinding).
 *
 * @returns whether it refused the request
 */
export function refuseForeign(
  request: HttpRequest,
  response: HttpResponse,
  tokensRequired: boolean,
): boolean {
  const host = request.headers.host ?? String(request.headers[':authority'] ?? '');
  if (!tokensRequired && !isLoopbackHost(host)) {
    refuse(response, 421, `this server answers to localhost and 127.0.0.1, not to "${host.slice(0, 100)}"`);
    return true;
  }
  if (!isOwnOrigin(request.headers.origin, host)) {
    refuse(response, 403, 'this server answers to its own page only');
    return true;
  }
  return false;
}

function refuse(response: HttpResponse, status: number, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ code: 'permission_denied', message }));
}
