import { expect, test } from '@jest/globals';
import { parseEpisode } from './episode.ts';

test('an episode; labels are ignored', () => {
  const line = '{"id":"a","field":"f","route":"r","label":"bug","observations":[{"legacy":"1"}]}';
  expect(parseEpisode(line)).toEqual({
    ok: true,
    episode: { id: 'a', field: 'f', route: 'r', observations: [{ legacy: '1' }] },
  });
});

test.each([
  ['{', /^not JSON/],
  ['[]', /^an object/],
  ['{"field":"f","observations":[]}', /"id"/],
  ['{"id":"a","observations":[]}', /"field"/],
  ['{"id":"a","field":"f"}', /"observations" must be an array/],
  [
    '{"id":"a","field":"f","observations":[{"legacy":1}]}',
    /^observations\[0\]\.legacy must be a string of raw JSON text/,
  ],
  ['{"id":"a","field":"f","observations":[1]}', /^observations\[0\] must be an object/],
])('%s', (line, problem) => {
  expect(parseEpisode(line)).toEqual({ ok: false, problem: expect.stringMatching(problem) });
});
