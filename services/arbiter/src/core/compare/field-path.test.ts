import { describe, expect, test } from '@jest/globals';
import { parseFieldPath, pathOf, pointerOf } from './field-path.ts';
import { compilePathRules, enterField, enterIndex, ignoredBy } from './path-rules.ts';

describe('field paths', () => {
  test.each([
    ['body', true],
    ['status', true],
    ['body.items[*].id', true],
    ['body[*]', true],
    ['body[0].a', true],
    ['body.meta.*', true],
    ['body["a.b"].c', true],
    ['header.ETag', true],
    ['header.set-cookie.sid.expires', true],
    ['trailer.grpc-message', true],
    ['', false],
    ['.body', false],
    ['body.', false],
    ['body..a', false],
    ['body[', false],
    ['body[x]', false],
    ['body["a]', false],
    ['items[*].id', false],
    ['bodyitems', false],
  ])('%j is read: %s', (text, ok) => {
    expect(parseFieldPath(text).ok).toBe(ok);
  });

  test('a location is written as a path and as a pointer', () => {
    const at = { parent: { parent: { parent: { step: 'body' }, step: 'items' }, step: 3 }, step: 'a.b' };
    expect(pathOf(at)).toBe('body.items[*]["a.b"]');
    expect(pointerOf(at)).toBe('body.items[3]["a.b"]');
  });
});

describe('rules by path', () => {
  const { root, problems } = compilePathRules(
    ['body.items[*].id', 'body.meta.*', 'header.ETag', 'nonsense'],
    [],
  );
  const ignored = (...steps: (string | number)[]) =>
    ignoredBy(
      steps.reduce(
        (at, step) => (typeof step === 'number' ? enterIndex(at, step) : enterField(at, step)),
        root,
      ),
    );

  test('match what they say and no more', () => {
    expect(ignored('body', 'items', 7, 'id')).toBe('body.items[*].id');
    expect(ignored('body', 'items', 7, 'name')).toBeUndefined();
    expect(ignored('body', 'items', 'id')).toBeUndefined();
    expect(ignored('body', 'meta', 'anything')).toBe('body.meta.*');
    expect(ignored('body', 'meta')).toBeUndefined();
    expect(ignored('header', 'etag')).toBe('header.ETag');
  });

  test('what cannot be read matches nothing and is reported', () => {
    expect(problems).toEqual([expect.stringContaining('ignore nonsense')]);
  });
});
