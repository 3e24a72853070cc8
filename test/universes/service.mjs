// A universe for the tests: answers the same as its like, until it is told to misbehave.
//   PORT            where to listen
//   GET  /__mode?is=ok|hang|slow|reset|error|wrong|flaky   (asked directly, never through the proxy)
//   GET  /things/ID, POST /orders                          answers that depend on the request alone
import { createServer } from 'node:http';

let mode = process.env.MODE ?? 'ok';

function answer(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function serve(request, response) {
  const url = new URL(request.url, 'http://localhost');
  let body = '';
  for await (const chunk of request) body += chunk;
  if (url.pathname === '/__mode') {
    mode = url.searchParams.get('is') ?? mode;
    return answer(response, 200, { mode });
  }
  if (mode === 'hang') return;
  if (mode === 'reset') return request.socket.resetAndDestroy();
  if (mode === 'error') return answer(response, 500, { error: 'planted' });
  if (mode === 'slow')
    await new Promise((resolve) => setTimeout(resolve, Number(process.env.SLOW_MS ?? 300)));
  const price = (url.pathname.length * 7) % 100;
  const wrong = mode === 'wrong' ? 1 : 0;
  answer(response, request.method === 'POST' ? 201 : 200, {
    path: url.pathname,
    price: price + wrong,
    echo: body,
  });
}

const server = createServer((request, response) => serve(request, response).catch(() => response.destroy()));
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), 1_000).unref();
});
