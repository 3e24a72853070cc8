// A shop: sessions, orders. `node shop.mjs legacy` counts its orders and names them ORD-1001, `node shop.mjs modern` draws UUIDs; both draw their own
// session tokens. Neither knows the other.
import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

const isLegacy = process.argv[2] === 'legacy';
const sessions = new Set();
const orders = new Map();

function newId() {
  return isLegacy ? `ORD-${1001 + orders.size}` : randomUUID();
}

async function answer(request, body) {
  const { pathname } = new URL(request.url, 'http://shop');
  if (pathname === '/health') return [200, {}];
  if (request.method === 'POST' && pathname === '/login') {
    const token = randomBytes(16).toString('hex');
    sessions.add(token);
    return [200, { welcome: true }, { 'set-cookie': `sid=${token}; Path=/; HttpOnly` }];
  }
  const session = /(?:^|; )sid=([^;]*)/.exec(request.headers.cookie ?? '')?.[1];
  if (!sessions.has(session)) return [401, { error: 'who are you?' }];
  if (pathname === '/me') return [200, { orders: 'welcome' }];
  if (request.method === 'POST' && pathname === '/orders') {
    const id = newId();
    orders.set(id, { id, item: JSON.parse(body).item, paid: false, payments: 0, self: `/orders/${id}` });
    return [201, orders.get(id), { location: `/orders/${id}` }];
  }
  if (request.method === 'POST' && pathname === '/payments') {
    const order = orders.get(JSON.parse(body).order_id);
    if (order === undefined) return [404, { error: 'no such order' }];
    order.paid = true;
    order.payments += 1;
    return [200, order];
  }
  const order = orders.get(pathname.split('/')[2]);
  return order === undefined ? [404, { error: 'no such order' }] : [200, order];
}

createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const [status, content, headers] = await answer(request, body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(content));
}).listen(Number(process.env.PORT), '127.0.0.1');
