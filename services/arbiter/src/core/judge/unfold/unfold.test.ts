import { createHash } from 'node:crypto';
import { describe } from '@jest/globals';
import { many, type Row, twins } from '../testing/twins.ts';

/** Digits as of a hash, the same for the same arguments. */
function hex(i: number, run: number, length: number): string {
  return createHash('sha256').update(`${i} ${run}`).digest('hex').slice(0, length);
}

const rows = (legacy: (i: number, run: number) => string, modern: (i: number, run: number) => string) =>
  many(10, (i): Row => [legacy(i, 1), modern(i, 2), legacy(i, 3)]);
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('cookies', () => {
  const cookie = (i: number, run: number) =>
    `SID=${hex(i, run, 32)}; Path=/; Secure; HttpOnly; SameSite=Strict`;
  twins([
    [
      'attributes in another order and case',
      'harmless',
      'header',
      rows(cookie, (i, run) => `SID=${hex(i, run, 32)}; httponly; samesite=strict; secure; path=/`),
    ],
    [
      'one of them is lost in one answer',
      'bug',
      'header',
      rows(
        cookie,
        (i, run) => `SID=${hex(i, run, 32)};${i === 4 ? '' : ' httponly;'} samesite=strict; secure; path=/`,
      ),
    ],
    [
      'sent to other sites as well',
      'bug',
      'header',
      rows(cookie, (i, run) => `SID=${hex(i, run, 32)}; httponly; samesite=none; secure; path=/`),
    ],
    [
      'another path',
      'bug',
      'header',
      rows(
        cookie,
        (i, run) => `SID=${hex(i, run, 32)}; httponly; samesite=strict; secure; path=/${i % 2 ? '' : 'x'}`,
      ),
    ],
  ]);
});

describe('policies and directives', () => {
  const nonce = (i: number, run: number) => Buffer.from(hex(i, run, 32), 'hex').toString('base64');
  const policy = (i: number, run: number) =>
    `default-src 'self'; img-src https: data:; script-src 'self' 'nonce-${nonce(i, run)}'`;
  twins([
    [
      'directives and sources in another order',
      'harmless',
      'h',
      rows(
        policy,
        (i, run) => `script-src 'nonce-${nonce(i, run)}' 'self'; img-src data: https:; default-src 'self'`,
      ),
    ],
    [
      'a source more',
      'bug',
      'h',
      rows(
        policy,
        (i, run) =>
          `script-src 'nonce-${nonce(i, run)}' 'self' 'unsafe-inline'; img-src data: https:; default-src 'self'`,
      ),
    ],
    [
      'directives of caching',
      'harmless',
      'h',
      many(4, () => ['no-store, max-age=0, private', 'private, no-store, max-age=0']),
    ],
    ['one of them lost', 'bug', 'h', many(4, () => ['no-store, max-age=0, private', 'private, max-age=0'])],
  ]);
});

describe('HTML', () => {
  const form = (i: number, run: number) =>
    `<form method="post" action="/pay"><input type="hidden" name="_csrf" value="${hex(i, run, 16)}"><input name="amount" value="${i}.50" readonly><button>OK</button></form>`;
  const other =
    (lock: string, amount = '.50') =>
    (i: number, run: number) =>
      `<FORM action='/pay' method=POST>\n  <input name="_csrf" type="hidden" value="${hex(i, run, 16)}"/>\n  <input name="amount"${lock} value="${i}${amount}"/>\n  <button type="submit">OK</button>\n</FORM>`;
  twins([
    ['a form written otherwise', 'harmless', 'html', rows(form, other(' readonly="readonly"'))],
    ['a form that can be changed now', 'bug', 'html', rows(form, other(''))],
    ['a form with another amount', 'bug', 'html', rows(form, other(' readonly', '.05'))],
    [
      'bold words',
      'harmless',
      'html',
      many(4, (i) => [`<p>eat<br><b>nuts ${i}</b></p>`, `<p>eat<br><strong>nuts ${i}</strong></p>`]),
    ],
    [
      'words that are bold no more',
      'bug',
      'html',
      many(4, (i) => [`<p>eat <b>nuts ${i}</b></p>`, `<p>eat nuts ${i}</p>`]),
    ],
    ['elements of XML in another case', 'bug', 'html', many(4, (i) => [`<a>${i}</a>`, `<A>${i}</A>`])],
    ['a power', 'bug', 'html', many(4, (i) => [`<p>2<sup>${i}</sup> l</p>`, `<P>2${i} l</P>`])],
    [
      'labels tied by ids made anew',
      'harmless',
      'html',
      many(4, (i) => [
        `<label for="j${i}1">IBAN</label><input id="j${i}1" name="iban">`,
        `<label for=":r${i}:">IBAN</label><input id=":r${i}:" name="iban">`,
      ]),
    ],
    [
      'labels tied to another field',
      'bug',
      'html',
      many(4, (i) => [
        `<label for="j${i}1">A</label><input id="j${i}1" name="a"><label for="j${i}2">B</label><input id="j${i}2" name="b">`,
        `<label for="r${i}1">A</label><input id="r${i}2" name="a"><label for="r${i}2">B</label><input id="r${i}1" name="b">`,
      ]),
    ],
    [
      'a tag that was text',
      'bug',
      'html',
      many(4, (i) => [`<h2>R&amp;D &lt;b${i}&gt;</h2>`, `<h2>R&#38;D <b${i}></h2>`]),
    ],
    [
      'prefixes of two namespaces',
      'harmless',
      'xml',
      many(4, (i) => [
        `<n:a xmlns:n="urn:a" xmlns:xsi="urn:i"><n:b xsi:nil="true"/><n:c>${i}</n:c></n:a>`,
        `<a xmlns='urn:a' xmlns:i='urn:i'>\n  <b i:nil='true'></b><c>${i}</c>\n</a>`,
      ]),
    ],
    [
      'an element of another namespace',
      'bug',
      'xml',
      many(4, (i) => [
        `<n:a xmlns:n="urn:a" xmlns:m="urn:i"><m:b>${i}</m:b></n:a>`,
        `<a xmlns='urn:a' xmlns:i='urn:i'><b>${i}</b></a>`,
      ]),
    ],
  ]);
});

describe('tokens that say something', () => {
  const at = 1_750_000_000;
  const token =
    (more: (i: number) => object, life = 900) =>
    (i: number, run: number) => {
      const iat = at + 1000 * i + run;
      const claims = {
        sub: `u${i}`,
        scope: 'read write',
        iat,
        exp: iat + life,
        jti: hex(i, run, 12),
        ...more(i),
      };
      return `${base64({ alg: 'HS256', typ: 'JWT' })}.${base64(claims)}.${hex(i, run + 5, 43)}`;
    };
  const hash = (cost: string) => (i: number, run: number) => `$2b$${cost}$${hex(i, run, 53)}`;
  const cursor = (skip: number) => (i: number, run: number) =>
    base64({ offset: 50 * i + skip, size: 50, at: at + 1000 * i + run });
  const link =
    (file: number, life = 900) =>
    (i: number, run: number) =>
      `https://files.example.org/p/${4000 + i + file}.pdf?expires=${at + 1000 * i + run + life}&sig=${hex(i, run, 40)}`;
  const same = () => ({});
  twins([
    [
      'scopes in another order',
      'harmless',
      't',
      rows(
        token(same),
        token(() => ({ scope: 'write read' })),
      ),
    ],
    [
      'a scope more',
      'bug',
      't',
      rows(
        token(same),
        token((i) => (i === 3 ? { scope: 'admin read write' } : {})),
      ),
    ],
    ['a longer life', 'bug', 't', rows(token(same), token(same, 900_000))],
    ['a hash with new salt', 'harmless', 't', rows(hash('12'), hash('12'))],
    ['a cheaper hash', 'bug', 't', rows(hash('12'), hash('04'))],
    ['a cursor with a new moment', 'harmless', 't', rows(cursor(0), cursor(0))],
    ['a cursor that skips a record', 'bug', 't', rows(cursor(0), cursor(1))],
    ['a link signed anew', 'harmless', 't', rows(link(0), link(0))],
    ['a link to another file', 'bug', 't', rows(link(0), link(1))],
    ['a link for ten years', 'bug', 't', rows(link(0), link(0, 315_000_000))],
  ]);
});
