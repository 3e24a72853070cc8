import { gzipSync } from 'node:zlib';
import { Kind, Ruling, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import { compareAnswers } from '../../testing/compare.ts';
import type { Answer } from '../../testing/exchanges.ts';
import { judgeBy, NO_RULES } from '../judge/judge.ts';
import { judgeEpisode } from '../judge/judge-episode.ts';

const answer = (type: string, body: string | Uint8Array, encoding?: string): Answer => ({
  body,
  headers: [['content-type', type], ...(encoding ? [['content-encoding', encoding] as const] : [])],
});
const mask = (digit: string, what = 'body:bytes') => `⟨masked:${what}:${digit.repeat(16)}⟩`;
const JSON_TYPE = 'application/json';
const plain = answer(JSON_TYPE, '{"a":1}');

function first(legacy: Answer, modern: Answer) {
  const comparison = compareAnswers(legacy, modern, {}, judgeBy(NO_RULES));
  const bodies =
    comparison.kind === Kind.LOST ? [] : comparison.differences.filter(({ path }) => path.startsWith('body'));
  return { kind: comparison.kind, difference: bodies[0] };
}

describe('a body that its own headers contradict', () => {
  test.each<[string, Answer, Answer]>([
    ['gzip over what is plain', plain, answer(JSON_TYPE, '{"a":1}', 'gzip')],
    ['the same, hashed by capture', plain, answer(JSON_TYPE, mask('a'), 'gzip')],
    ['br over gzip', answer(JSON_TYPE, gzipSync('{}'), 'gzip'), answer(JSON_TYPE, gzipSync('{}'), 'br')],
    ['UTF-16 over UTF-8', plain, answer(`${JSON_TYPE}; charset=utf-16`, '{"a":1}')],
    [
      'UTF-8 over Latin 1',
      answer('text/plain; charset=iso-8859-1', Uint8Array.of(0xe9)),
      answer('text/plain', Uint8Array.of(0xe9)),
    ],
    ['JSON over text', answer('text/plain', 'no'), answer(JSON_TYPE, 'no')],
    ['broken JSON, hashed by capture', plain, answer(JSON_TYPE, JSON.stringify(mask('b')))],
  ])('%s is a critical bug', (_, legacy, modern) => {
    const { kind, difference } = first(legacy, modern);
    expect(kind).toBe(Kind.MISMATCH);
    expect(difference).toMatchObject({
      rule: 'body-contradicts-headers',
      ruling: Ruling.BUG,
      severity: Severity.CRITICAL,
    });
  });

  test.each<[string, Answer, Answer]>([
    ['legacy has the same fault', answer(JSON_TYPE, '{', 'gzip'), answer(JSON_TYPE, '{', 'gzip')],
    ['a coding of no body', { ...answer(JSON_TYPE, '', 'gzip') }, answer(JSON_TYPE, '')],
    ['modern compresses', plain, answer(JSON_TYPE, gzipSync('{"a":1}'), 'gzip')],
  ])('%s: none', (_, legacy, modern) => expect(first(legacy, modern).kind).toBe(Kind.IDENTICAL));

  test('a charset that we do not know is asked, even over the same bytes', () =>
    expect(first(plain, answer(`${JSON_TYPE}; charset=x-own`, '{"a":1}')).difference).toMatchObject({
      rule: 'body-unread',
      ruling: Ruling.ASKED,
    }));
});

describe('what is not read is asked, by what can be seen of it', () => {
  test.each<[string, Answer, Answer, string]>([
    ['masked bodies', answer('text/html', mask('a')), answer('text/html', mask('b')), 'masked'],
    ['masked pictures', answer('image/png', mask('a')), answer('image/png', mask('b')), 'masked'],
    ['broken JSON', answer(JSON_TYPE, `"${mask('a')}"`), answer(JSON_TYPE, `"${mask('b')}"`), 'masked'],
    [
      'masked tokens',
      answer(JSON_TYPE, `{"a":"x ${mask('1', 'token')}"}`),
      answer(JSON_TYPE, `{"a":"x ${mask('2', 'token')}"}`),
      'masked',
    ],
    [
      'a mask beside the value in clear',
      answer(JSON_TYPE, `{"a":"${mask('1', 'pin:number')}"}`),
      answer(JSON_TYPE, '{"a":1234}'),
      'masked',
    ],
    [
      'pictures',
      answer('image/png', Uint8Array.of(137, 80, 255)),
      answer('image/png', Uint8Array.of(137, 80, 254)),
      'body-unread',
    ],
    ['a page for JSON', plain, answer('text/html', '<p>1'), 'body-unread'],
  ])('%s', (_, legacy, modern, rule) => {
    const { difference } = first(legacy, modern);
    expect(difference).toMatchObject({ rule, ruling: Ruling.ASKED });
    expect(difference?.explanation).not.toMatch(/numbers|words|score/);
    for (const json of [difference?.legacyJson, difference?.modernJson])
      expect(json).toMatch(/^(?:"0x[0-9a-f]+ \(3 bytes\)"|".*⟨masked:.*"|1234|"\{\\"a\\":1\}"|"<p>1")$/);
  });

  const episode = (...pairs: [string, string][]) =>
    judgeEpisode({
      id: '1',
      field: 'body.a',
      observations: pairs.map(([legacy, modern]) => ({ legacy, modern })),
    });
  const pair = [`"${mask('1', 'token')}"`, `"${mask('2', 'token')}"`] satisfies [string, string];

  test('of many requests, too: the score never sees a hash', () =>
    expect(episode(pair, pair, ['"x"', '"x"'])).toMatchObject({
      verdict: 'ask',
      rule: 'masked',
      explanation: expect.stringContaining('masked'),
    }));

  test('a secret that is gone is a bug nevertheless, and one that is the same hides nothing', () => {
    expect(episode(pair, [pair[0], '""'])).toMatchObject({ verdict: 'bug' });
    expect(episode([`"5 ${mask('1')}"`, `"50 ${mask('1')}"`])).not.toMatchObject({ rule: 'masked' });
  });
});
