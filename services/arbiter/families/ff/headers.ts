/** Headers and links, as frameworks and proxies set them by default. */
import type { Family } from '../kit.ts';
import { json } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { pair, same } from './base.ts';

export const families: Family[] = [
  ...pair(
    {
      fields: ['header:cache-control', 'headers.Cache-Control', 'Cache-Control'],
      routes: ['GET /accounts/{id}', 'GET /me', 'GET /patients/{id}', 'GET /statements/{id}'],
      clear: true,
      shares: [1, 0.4],
      evidence: 3,
      common: (random) =>
        random.pick(['public, max-age=3600', 'max-age=600, public', 'public, max-age=86400']),
      value(random, open) {
        const [legacy, right] = random.pick([
          ['no-cache,no-store,must-revalidate', 'no-store, no-cache, must-revalidate'],
          ['no-store,no-cache', 'no-cache, no-store'],
          ['private,no-store', 'no-store, private'],
          ['No-Store', 'no-store'],
        ] as const);
        return shownJson(legacy, right, open);
      },
    },
    {
      name: 'ff_cache_control_rewritten',
      why: 'The same directives stand in another order, spacing or case, which have no meaning.',
    },
    {
      name: 'ff_private_answer_made_cacheable',
      critical: true,
      why: "What must not be stored may now be kept by shared caches, which hand out one person's answer to others.",
    },
  ),
  ...pair(
    {
      fields: ['header:set-cookie', 'headers.Set-Cookie', 'Set-Cookie'],
      routes: ['POST /login', 'GET /session', 'POST /oauth/authorize'],
      clear: true,
      twice: true,
      evidence: 3,
      shares: [1],
      common: (random) => random.pick(['SID', 'JSESSIONID', 'session']),
      value(random, name) {
        const id = () => random.text('0123456789ABCDEF', 32);
        return {
          legacy: json(`${name}=${id()}; Path=/; Secure; HttpOnly; SameSite=Lax`),
          legacy2: json(`${name}=${id()}; Path=/; Secure; HttpOnly; SameSite=Lax`),
          right: json(`${name}=${id()}; path=/; HttpOnly; Secure; SameSite=Lax`),
          wrong: json(`${name}=${id()}; path=/; SameSite=Lax`),
        };
      },
    },
    {
      name: 'ff_session_cookie_with_reordered_attributes',
      why: 'A new session has a new id, and the attributes of its cookie are the same ones in another order.',
    },
    {
      name: 'ff_session_cookie_unprotected',
      critical: true,
      why: 'Besides the new id the cookie has lost HttpOnly and Secure, so scripts and eavesdroppers can take it.',
    },
  ),
  ...pair(
    {
      fields: ['returnUrl', 'links.payment', 'callbackUrl', 'downloadUrl'],
      routes: ['POST /checkout', 'GET /orders/{id}', 'GET /documents/{id}'],
      mixed: true,
      common: (random) => ({
        host: random.pick(['pay.northwind.com', 'www.helios-telecom.com', 'api.alpinemutual.ch']),
        test: random.pick([
          'http://localhost:8080',
          'https://staging.internal.lan',
          'http://10.20.0.14:3000',
        ]),
      }),
      value(random, { host, test }) {
        const path = `/${random.pick(['orders', 'documents', 'return'])}/${random.int(10_000, 999_999)}`;
        return shownJson(`https://${host}:443${path}`, `https://${host}${path}`, `${test}${path}`);
      },
    },
    {
      name: 'ff_default_port_left_out',
      why: 'Port 443 is the default of https, so the address without it is the same.',
    },
    {
      name: 'ff_link_to_internal_host',
      critical: true,
      why: 'The link is built from an internal address, so customers cannot reach their payment or document.',
    },
  ),
  same(
    {
      fields: ['header:content-type', 'headers.Content-Type', 'Content-Type'],
      routes: ['GET /customers/{id}', 'POST /quotes', 'GET /documents/{id}'],
      clear: true,
      value(random) {
        const [legacy, right] = random.pick([
          ['application/json;charset=UTF-8', 'application/json; charset=utf-8'],
          ['application/json;charset=utf-8', 'application/json'],
          ['text/html;charset=UTF-8', 'text/html; charset=utf-8'],
          ['application/pdf', 'application/pdf'],
        ] as const);
        return shown(json(legacy), json(right), json(right));
      },
    },
    {
      name: 'ff_content_type_spelled_otherwise',
      why: 'Media types are read without regard to case and blanks, and JSON is UTF-8 in any case.',
    },
  ),
];
