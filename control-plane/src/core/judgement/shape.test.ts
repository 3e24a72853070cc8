import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { shapeOf, varyingChars } from './shape.ts';

test.each([
  [['tok_0a1b2c3d', 'tok_ffffffff'], 'tok_[0-9a-f]{8}'],
  [
    ['0af76519-16cd-43dd-8448-eb211c80319c', '11111111-2222-4333-8444-555555555555'],
    '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
  ],
  [['C-17', 'C-4711'], 'C-[0-9]{2,4}'],
  [['ab.cd', 'a.b.c'], undefined],
  [['a b', 'c d'], undefined],
  [['', 'x'], undefined],
  [[], undefined],
])('%j: %s', (texts, pattern) => expect(shapeOf(texts)).toBe(pattern));

test('whatever the texts, the pattern is readable by machines of both kinds and all of them fit it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 8 }),
      (texts) => {
        const pattern = shapeOf(texts);
        if (pattern === undefined) return;
        const compiled = new RegExp(`^(?:${pattern})$`, 'u');
        for (const text of texts) expect(compiled.test(text)).toBe(true);
      },
    ),
    { numRuns: 2_000 },
  );
});

test('what varies is counted by place', () => {
  expect(varyingChars(['tok_0a', 'tok_1b'])).toBe(2);
  expect(varyingChars(['EUR', 'EUR'])).toBe(0);
});
