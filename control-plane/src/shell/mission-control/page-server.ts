import type { HttpRequest, HttpResponse } from '@chronos/rpc-server/shell/handler.ts';
import {
  cacheControl,
  chosenEncoding,
  fileFor,
  securityHeaders,
} from '../../core/mission-control/static-headers.ts';
import type { PageFiles } from './page-files.ts';

/**
 * Serves the page. Takes GET and HEAD of its files, and of every path that is the page's own address; where the page was not built, says how
 * to build it.
 *
 * @returns whether it takes the request
 */
export function servePage(files: PageFiles, request: HttpRequest, response: HttpResponse): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const [address = '/'] = (request.url ?? '/').split('?');
  const path = fileFor(address);
  const file = files.get(path);
  if (file === undefined) {
    if (path !== '/index.html') return false;
    answer(response, 503, { 'content-type': 'text/plain; charset=utf-8' }, notBuilt);
    return true;
  }
  const headers = {
    'content-type': file.type,
    'cache-control': cacheControl(path),
    etag: file.etag,
    vary: 'accept-encoding',
  };
  if (request.headers['if-none-match'] === file.etag) {
    answer(response, 304, headers);
    return true;
  }
  const accepted = String(request.headers['accept-encoding'] ?? '');
  const encoding = chosenEncoding(accepted, [...file.encoded.keys()]);
  const body = (encoding !== undefined && file.encoded.get(encoding)) || file.body;
  const described = {
    ...headers,
    ...(encoding !== undefined && { 'content-encoding': encoding }),
    'content-length': String(body.length),
  };
  answer(response, 200, described, request.method === 'HEAD' ? '' : body);
  return true;
}

const notBuilt = 'Mission Control is not built here. Build it with: npm run generate\n';

function answer(
  response: HttpResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer = '',
): void {
  response.writeHead(status, { ...securityHeaders, ...headers });
  response.end(body);
}
