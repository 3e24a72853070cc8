import { describe } from '@jest/globals';
import { many, twins } from '../testing/twins.ts';

const page = (i: number) => `https://api.example/x?page=${i + 3}`;
const links = (i: number) => `<${page(i)}>; rel="next", <${page(i - 2)}>; rel="prev"`;
const hex = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const base64 = Buffer.from(hex, 'hex').toString('base64');
const other = `${hex.slice(0, -1)}9`;

describe('values of headers', () => {
  twins([
    [
      'a name to keep it by',
      'harmless',
      'x',
      many(4, (i) => [
        `attachment; filename="a${i}.pdf"`,
        `attachment; filename=a${i}.pdf; filename*=UTF-8''a${i}.pdf`,
      ]),
    ],
    [
      'another name',
      'bug',
      'x',
      many(4, (i) => [`attachment; filename="a${i}.pdf"`, `attachment; filename=b${i}.pdf`]),
    ],
    [
      'shown in place of kept',
      'bug',
      'x',
      many(4, (i) => [`attachment; filename="a${i}.pdf"`, `inline; filename="a${i}.pdf"`]),
    ],
    [
      'links in another order',
      'harmless',
      'x',
      many(4, (i) => [links(i), `<${page(i - 2)}>; rel=prev, <${page(i)}>; rel=next`]),
    ],
    [
      'links by their names',
      'harmless',
      'x',
      many(4, (i) => [links(i), { next: page(i), prev: page(i - 2) }]),
    ],
    ['links that are swapped', 'bug', 'x', many(4, (i) => [links(i), { next: page(i - 2), prev: page(i) }])],
    [
      'a challenge',
      'harmless',
      'x',
      many(4, (i) => [`Bearer realm="a${i}", error="x"`, `Bearer error="x", realm="a${i}"`]),
    ],
    [
      'a challenge of another scheme',
      'bug',
      'x',
      many(4, (i) => [`Bearer realm="a${i}", error="x"`, `Basic error="x", realm="a${i}"`]),
    ],
    ['methods', 'harmless', 'x', many(3, () => ['GET, POST, HEAD', 'GET,HEAD,POST'])],
    ['a method more', 'bug', 'x', many(3, () => ['GET, POST', 'GET,DELETE,POST'])],
    [
      'names of headers',
      'harmless',
      'x',
      many(3, () => ['Accept-Encoding, Origin', 'origin, accept-encoding']),
    ],
    [
      'a part',
      'harmless',
      'x',
      many(4, (i) => [`items ${i}-${i + 9}/300`, { unit: 'items', first: i, last: i + 9, total: 300 }]),
    ],
    [
      'a part, to the one behind its last',
      'bug',
      'x',
      many(4, (i) => [`items ${i}-${i + 9}/300`, { unit: 'items', first: i, last: i + 10, total: 300 }]),
    ],
  ]);
});

describe('addresses and digests', () => {
  twins([
    [
      'a mailbox',
      'harmless',
      'x',
      many(4, (i) => [`"Ann Lee" <ann${i}@a.example>`, { name: 'Ann Lee', email: `ann${i}@a.example` }]),
    ],
    [
      'a mailbox of another',
      'bug',
      'x',
      many(4, (i) => [`"Ann Lee" <ann${i}@a.example>`, { name: 'Ann Lee', email: `lee${i}@a.example` }]),
    ],
    [
      'the scheme of mail',
      'harmless',
      'x',
      many(4, (i) => [`mailto:ann${i}@a.example`, `ann${i}@a.example`]),
    ],
    [
      'the scheme of mail, another address',
      'bug',
      'x',
      many(4, (i) => [`mailto:ann${i}@a.example`, `ann${i + 1}@a.example`]),
    ],
    ['a digest', 'harmless', 'x', [[hex, `sha256-${base64}`]]],
    ['a digest by its members', 'harmless', 'x', [[`sha256:${hex}`, { algorithm: 'SHA-256', value: hex }]]],
    ['a digest of something else', 'bug', 'x', [[`sha256:${hex}`, `sha256:${other}`]]],
    ['a digest of an algorithm of another length', 'ask', 'x', [[hex, `sha512:${hex}`]]],
  ]);
});

describe('fields of forms and orders of rows', () => {
  const row = (i: number): string => ['price', 'name', 'date', 'place'][i % 4] ?? '';
  twins([
    ['fields in another order', 'harmless', 'x', many(4, (i) => [`a=x+y&b=${i}`, `b=${i}&a=x%20y`])],
    ['fields by their names', 'harmless', 'x', many(4, (i) => [`a=x+y&b=${i + 4}`, { a: 'x y', b: i + 4 }])],
    [
      'fields that are not unescaped',
      'bug',
      'x',
      many(4, (i) => [`a=x%20y&b=${i + 4}`, { a: 'x%20y', b: i + 4 }]),
    ],
    ['fields of one name in another order', 'bug', 'x', many(4, (i) => [`a=1&a=2&b=${i}`, `a=2&a=1&b=${i}`])],
    [
      'upwards and downwards',
      'harmless',
      'x',
      many(8, (i) => (i % 2 ? [`-${row(i)}`, `${row(i)}:desc`] : [row(i), `${row(i)}:asc`])),
    ],
    [
      'downwards for upwards',
      'bug',
      'x',
      many(8, (i) => (i % 2 ? [`-${row(i)}`, `${row(i)}:asc`] : [row(i), `${row(i)}:desc`])),
    ],
    [
      'in words and as members',
      'harmless',
      'x',
      many(4, (i) => [`${row(i)} DESC`, { field: row(i), direction: 'desc' }]),
    ],
  ]);
});
