import { isCelError, isCelList } from '@bufbuild/cel';
import { describe, expect, test } from '@jest/globals';
import { NumberText, type Value } from '../../compare/value.ts';
import { VARIABLES } from '../facts.ts';
import { fromCel, toCel } from '../values.ts';
import { compileExpression } from './expression.ts';
import { Meter, STEPS_MAX } from './meter.ts';
import { ExpressionError } from './prepare.ts';

const number = (text: string) => new NumberText(text);
const big = Array.from({ length: 3_000 }, (_, i) => number(String(i)));

function evaluated(text: string, legacy: Value = null, meter = new Meter()): string {
  const result = compileExpression(text, VARIABLES).evaluate(
    { legacy: toCel(legacy), index: [], request: new Map(), answer: new Map() },
    meter,
  );
  if (isCelError(result)) return `error: ${result.message}`;
  if (isCelList(result)) return `list of ${result.size}`;
  const value = fromCel(result);
  return value instanceof NumberText ? value.text : String(value);
}

describe('numbers are exact', () => {
  test.each([
    ['0.1 + 0.2 == 0.3', 'true'],
    ['1 / 3 * 3 == 1', 'true'],
    ['1.10', '1.1'],
    ['-.5', '-0.5'],
    ['1.00000000000000000000000000001 > 1', 'true'],
    ['round(2.675, 2)', '2.68'],
    ['round(2.665, 2, "half-even")', '2.66'],
    ['fixed(1.5, 2)', '1.50'],
    ['fixed(round(7 / 3, 1), 3)', '2.300'],
    ['min(1, 2.5) + max(1, 2) + abs(-3)', '6'],
    ['sum([1, 2.5, decimal("0.5")])', '4'],
    ['int(round(2.5, 0))', '3'],
    ['2.0 in [1, 2, 3]', 'true'],
    ['{"a": [1, 2.50]} == {"a": [1.0, 2.5]}', 'true'],
    ['[1, 2, 3].map(x, x * 1.5)[2]', '4.5'],
    ['size([1, 2]) == 2.0', 'true'],
    ['"a,b".split(",").join("-")', 'a-b'],
    ['legacy == absent()', 'false'],
    ['absent()', 'undefined'],
  ])('%s is %s', (text, expected) => {
    expect(evaluated(text)).toBe(expected);
  });

  test('and so are those of answers', () => {
    expect(evaluated('legacy * 3', number('0.1'))).toBe('0.3');
    expect(evaluated('legacy', number('12345678901234567890.123456789'))).toBe(
      '12345678901234567890.123456789',
    );
    expect(evaluated('legacy + 1', number('NaN'))).toContain('error');
  });
});

describe('hostile expressions are refused before they run', () => {
  test.each([
    ['too long', `1 + ${'1 + '.repeat(1_000)}1`],
    ['nested too deeply', `${'('.repeat(500)}1${')'.repeat(500)}`],
    ['nested by conditions', `${'true ? 1 : '.repeat(180)}1`],
    ['nested by minus', `${'-'.repeat(1_500)}1`],
    ['the prototype as a variable', '__proto__'],
    ['a constructor', 'constructor'],
    ['this', 'this'],
    ['binary floats', 'double("0.1")'],
    ['the time', 'timestamp("2026-01-01T00:00:00Z")'],
    ['messages', 'google.protobuf.Struct{}'],
    ['a forged number', 'decimal{text: "1"}'],
    ['what loops are charged by', '@step(true)'],
    ['a pattern from the request', 'request.path.matches(request.method)'],
    ['a huge literal', '1e999999999'],
    ['format, whose output has no bound', '"%.1000000000f".format([1])'],
    ['rounding to a million digits', 'round(1.5, 1000000)'],
    ['types', 'type(legacy)'],
    ['NUL', '\u0000'],
  ])('%s', (_what, text) => {
    expect(() => compileExpression(text, VARIABLES)).toThrow(ExpressionError);
  });
});

describe('hostile evaluation ends by counted steps, with an error', () => {
  const square = 'legacy.all(x, legacy.all(y, true))';
  const doubled = Array.from({ length: 40 }).reduce<string>(
    (inner) => `[${inner}].map(s, s + s)[0]`,
    'legacy',
  );

  test.each<[string, string, Value]>([
    ['loops in loops that call nothing', square, big],
    [
      'loops that stop at once still pay for what they would go through',
      'legacy.all(x, legacy.exists(y, true))',
      big,
    ],
    ['a list that grows by itself', 'legacy.map(x, legacy.map(y, x)).map(z, z + z + z + z)', big],
    ['a long text searched by a pattern', 'legacy.matches("(a|aa|aaa)*b")', 'a'.repeat(500_000)],
    ['replacing each letter by a text', 'legacy.replace("a", legacy)', 'a'.repeat(100_000)],
    ['an equality of large lists, over and over', 'legacy.all(x, legacy == legacy)', big],
    ['membership over and over', 'legacy.all(x, 0.5 in legacy || true)', big],
    ['sums over and over', 'legacy.all(x, sum(legacy) > 0)', big],
  ])('%s', (_what, text, legacy) => {
    const meter = new Meter();
    expect(evaluated(text, legacy, meter)).toContain(`more than ${STEPS_MAX} steps`);
    expect(meter.left).toBeLessThan(0);
  });

  test('a text doubled again and again', () => {
    expect(evaluated(doubled, 'a')).toContain('steps');
  });

  test('numbers that grow', () => {
    const powers = Array.from({ length: 20 }).reduce<string>(
      (inner) => `[${inner}].map(n, n * n)[0]`,
      'legacy',
    );
    expect(evaluated(powers, number('12345678.9'))).toContain('thousand digits');
    expect(evaluated('legacy * 2', number('9'.repeat(1_000)))).toMatch(/^[0-9]+$/);
  });

  test('what one rule uses up is missing to the next', () => {
    const meter = new Meter();
    evaluated('legacy.all(x, legacy.all(y, true))', big, meter);
    expect(evaluated('legacy * 2', number('1'), meter)).toContain('steps');
  });
});
