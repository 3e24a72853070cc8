import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { JSON_DEPTH_MAX, parseJson } from './json.ts';
import { isArray, isObject, NumberText, type Value } from './value.ts';

function plain(value: Value): unknown {
  if (value instanceof NumberText) return Number(value.text);
  if (isArray(value)) return value.map(plain);
  if (isObject(value)) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
  return value;
}

describe('strict JSON', () => {
  test('reads whatever JSON.stringify writes, like JSON.parse', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), fc.constantFrom(undefined, 2), (text, indent) => {
        const spelled = JSON.stringify(JSON.parse(text), null, indent);
        const parsed = parseJson(spelled);
        expect(parsed.ok && JSON.stringify(plain(parsed.value))).toBe(JSON.stringify(JSON.parse(spelled)));
      }),
    );
  });

  test('takes and refuses the same texts as JSON.parse, duplicate keys aside', () => {
    const fragment = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '1',
      '-0.5e3',
      '01',
      'true',
      'nul',
      ' ',
      '"\\u00e9"',
      '"\\x"',
      '"\n"',
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 8 }), (fragments) => {
        const text = fragments.join('');
        const parsed = parseJson(text);
        if (!parsed.ok && parsed.reason.startsWith('duplicate key')) return;
        let accepted = true;
        try {
          JSON.parse(text);
        } catch {
          accepted = false;
        }
        expect(parsed.ok).toBe(accepted);
      }),
      { numRuns: 2_000 },
    );
  });

  test('numbers keep their text', () => {
    expect(parseJson('1.10')).toEqual({ ok: true, value: new NumberText('1.10') });
  });

  test.each([
    ['{"a":1,"b":2,"a":1}', 'duplicate key at line 1, column 14'],
    ['{"a":\n  tru}', 'a value is expected at line 2, column 3'],
    ['', 'the text ends too early at line 1, column 1'],
    ['1 2', 'more text after the value at line 1, column 3'],
    ['"abc', 'a string without end at line 1, column 5'],
  ])('%j: %s', (text, reason) => {
    expect(parseJson(text)).toEqual({ ok: false, reason });
  });

  test('depth is bounded', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(parseJson(nested(JSON_DEPTH_MAX)).ok).toBe(true);
    expect(parseJson(nested(1_000_000))).toMatchObject({
      ok: false,
      reason: expect.stringContaining('nested deeper'),
    });
  });

  test('__proto__ is a key like any other', () => {
    const parsed = parseJson('{"__proto__":{"a":1}}');
    expect(parsed.ok && isObject(parsed.value) && parsed.value.has('__proto__')).toBe(true);
  });
});
