import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judgeEpisode } from './judge-episode.ts';
import { areOpaque } from './opaque-pair.ts';

const FIELDS = ['body.token', 'balance', 'iban', 'rights', 'x1', 'expires', 'status', 'total_cents', ''];
const ALPHABETS = [
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  '0123456789abcdef',
  '0123456789ABCDEF',
  '0123456789ABCDEFGHJKMNPQRSTVWXYZ',
  'abcdefghijklmnopqrstuvwxyz234567',
];

/** Two texts of one length that have nothing to do with each other, of one alphabet. */
const tokens = fc
  .tuple(fc.constantFrom(...ALPHABETS), fc.integer({ min: 8, max: 70 }))
  .chain(([alphabet, length]) => {
    const text = fc.string({
      unit: fc.constantFrom(...alphabet),
      minLength: length,
      maxLength: length,
    });
    return fc.tuple(text, text);
  });

/** The same, of data: sentences, JSON, numbers, each as base64 or hexadecimal. */
const WORDS = [
  'Invoice 17 ',
  '{"amount":12.50}',
  'true;false;',
  '2026-11-23T10:00Z',
  'GBP 1,250.00 ',
  '\0\x01',
];
const encoded = fc
  .tuple(fc.constantFrom('base64', 'base64url', 'hex'), fc.integer({ min: 3, max: 15 }))
  .chain(([encoding, triples]) => {
    const text = fc
      .array(fc.constantFrom(...WORDS), { minLength: 12, maxLength: 12 })
      .map((words) => Buffer.from(words.join('').slice(0, 3 * triples), 'latin1'))
      .map((bytes) => bytes.toString(encoding as BufferEncoding));
    return fc.tuple(text, text);
  });

const uuids = fc.tuple(fc.uuid(), fc.uuid());

test('of an opaque pair no proof holds and no rule finds anything, whatever the field is called', () => {
  let opaque = 0;
  fc.assert(
    fc.property(fc.constantFrom(...FIELDS), fc.oneof(tokens, encoded, uuids), (field, [l, m]) => {
      const [legacy, modern] = [JSON.stringify(l), JSON.stringify(m)];
      if (!areOpaque(legacy, modern)) return;
      opaque += 1;
      const judgement = judgeEpisode({ id: '', field, observations: [{ legacy, modern }] });
      expect(judgement).toMatchObject({ verdict: 'ask', rule: 'unproven' });
    }),
    { numRuns: 3_000 },
  );
  // Most random texts are opaque, or the test tries nothing.
  expect(opaque).toBeGreaterThan(1_000);
});

describe('not opaque', () => {
  test.each([
    ['the same', 'a8F3kQ9zLm2N0pRt', 'a8F3kQ9zLm2N0pRt'],
    ['one letter another', 'a8F3kQ9zLm2N0pRt', 'a8F3kQ9zLm2N0pRv'],
    ['only the case another', 'a8F3kQ9zLm2N0pRt', 'A8f3Kq9ZlM2n0PrT'],
    ['the same turned round', 'a8F3kQ9zLm2N0pRt', 'tRp0N2mLz9Qk3F8a'],
    ['another length', 'a8F3kQ9zLm2N0pRt', 'Zp4Xc7Vb1Nq6Wm'],
    ['account numbers', 'GB82WEST12345698765432', 'DE89A7040B044C0532D130'],
    ['devices', '2FD97ABE5D1B', '38B26D0E7623'],
    ['moments', '20261123T101500Z', '20250912T234759Z'],
    ['words', 'chargebackReceived', 'settlementPending1'],
    ['sentences', 'Pay 12 to A now', 'Owe 93 by B off'],
    ['amounts', 'EUR1250.00', 'USD9371.44'],
    ['short codes', 'A1b2C3', 'x9Y8z7'],
  ])('%s', (_, legacy, modern) => {
    expect(areOpaque(JSON.stringify(legacy), JSON.stringify(modern))).toBe(false);
  });

  test('something beside nothing, and numbers', () => {
    expect(areOpaque(undefined, '"a8F3kQ9zLm2N0pRt"')).toBe(false);
    expect(areOpaque('12345678901234', '98765432109876')).toBe(false);
  });
});
