import { expect, test } from '@jest/globals';
import { codecs } from '../../shell/codecs.ts';
import { exchange } from '../../testing/exchanges.ts';
import { requestFacts } from './request-facts.ts';

const facts = (body: string, target = '/loans/17/quote', segments = {}) => {
  const e = exchange({
    path: '/loans/17/quote',
    requestHeaders: [
      [':path', target],
      ['content-type', 'application/json'],
    ],
  });
  if (e.request) e.request.body = new TextEncoder().encode(body);
  return requestFacts(e, 'GET /loans/*/quote', segments, { methods: new Map(), codecs });
};

test('segments, path, query and scalars of the body', () => {
  expect(
    facts(
      '{"amount":1000.50,"months":36,"who":{"vip":true,"name":null},"tags":["a","b"]}',
      '/loans/17/quote?currency=JPY&limit=10&zip=01234',
      { tier: 'vip' },
    ),
  ).toEqual({
    'segment.tier': '"vip"',
    'request.path.2': '17',
    'request.query.currency': '"JPY"',
    'request.query.limit': '10',
    'request.query.zip': '"01234"',
    'request.body.amount': '1000.50',
    'request.body.months': '36',
    'request.body.who.vip': 'true',
    'request.body.who.name': 'null',
    'request.body.tags.length': '2',
    'request.body.tags[0]': '"a"',
    'request.body.tags[1]': '"b"',
  });
});

test('what is no JSON has no facts; contents and floods are left out', () => {
  expect(facts('<xml/>')).toEqual({ 'request.path.2': '17' });
  expect(facts(JSON.stringify({ note: 'x'.repeat(300) }))).toEqual({ 'request.path.2': '17' });
  const many = facts(JSON.stringify(Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`k${i}`, i]))));
  expect(Object.keys(many)).toHaveLength(49);
});
