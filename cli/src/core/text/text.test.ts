import { describe, expect, test } from '@jest/globals';
import { bodyLines, indentJson } from '../render/body.ts';
import { cellsOf, fit, padEnd, padStart, printable, wrap } from './cells.ts';
import { clock, count, percent, span } from './numbers.ts';
import { palette } from './palette.ts';
import { table } from './table.ts';
import { traceLink } from './trace-link.ts';

const colors = palette(true);

describe('cells', () => {
  test('colours take none', () => {
    expect(cellsOf(colors.bad('abc'))).toBe(3);
    expect(padEnd(colors.bad('a'), 3)).toBe(`${colors.bad('a')}  `);
    expect(padStart('a', 3)).toBe('  a');
  });

  test.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['abcd', 1, '…'],
    ['abcd', 0, ''],
    ['█░█░', 3, '█░…'],
  ])('%s in %i', (text, width, expected) => expect(fit(text, width)).toBe(expected));

  test('wrapping breaks at spaces, keeps long words whole and all colours', () => {
    expect(wrap('one two three abcdefghij k', 8)).toEqual(['one two', 'three', 'abcdefghij', 'k']);
    expect(wrap(`${colors.bad('one two')} three`, 7)).toEqual([colors.bad('one two'), 'three']);
  });

  test('a cut closes the colours', () => {
    expect(fit(colors.bad('abcdef'), 4)).toBe('\u001b[31mabc…\u001b[0m');
  });

  test('nothing of others steers the terminal', () => {
    expect(printable('a\u001b[31mb\n\u0007\u009b2J')).toBe('a\\x1b[31mb\\x0a\\x07\\x9b2J');
  });
});

describe('numbers', () => {
  test.each([
    [99.996, '99.99'],
    [99.9, '99.9'],
    [0.29, '0.29'],
    [100, '100'],
    [12.5, '12.5'],
  ])('%f %% is never rounded up: %s', (value, text) => expect(percent(value)).toBe(text));

  test.each([
    [0.416, '0.42 ms'],
    [18.4, '18 ms'],
    [3_210, '3.2 s'],
    [250_000, '4 min 10 s'],
  ])('%f ms is %s', (ms, text) => expect(span(ms)).toBe(text));

  test('counts and clocks', () => {
    expect([count(0), count(1_234n), count(12_345_678)]).toEqual(['0', '1,234', '12,345,678']);
    expect([clock(83_900), clock(3_723_000), clock(-5)]).toEqual(['01:23', '1:02:03', '00:00']);
  });
});

test('a table, numbers to the right', () => {
  expect(
    table(
      [{ title: 'NAME' }, { title: 'N', align: 'right' }],
      [
        ['a', '5'],
        ['long', '10'],
      ],
    ),
  ).toEqual(['NAME   N', 'a      5', 'long  10']);
  expect(table([{ title: 'NAME' }], [])).toEqual([]);
});

describe('bodies', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  test('JSON keeps its numbers, its repeated keys and its flaws', () => {
    expect(indentJson('{"a":1.10,"a":[ ],"s":"x,{\\"","n":[1,2]}')).toBe(
      '{\n  "a": 1.10,\n  "a": [],\n  "s": "x,{\\"",\n  "n": [\n    1,\n    2\n  ]\n}',
    );
    expect(indentJson('{"a":"unended')).toBe('{\n  "a": "unended');
    expect(indentJson('}}')).toBe('\n}\n}');
  });

  test('what is no text is hexadecimal; so is what is encoded', () => {
    expect(bodyLines(Uint8Array.of(0, 65, 255), 'application/grpc', '')).toEqual([
      `${'00 41 ff'.padEnd(47)}  .A.`,
    ]);
    expect(bodyLines(bytes('{}'), 'application/json', 'gzip')[0]).toMatch(/^7b 7d/);
    expect(bodyLines(new Uint8Array(600), 'a/b', '').at(-1)).toBe('… 88 more bytes');
    expect(bodyLines(new Uint8Array(0), 'a/b', '')).toEqual([]);
  });
});

test.each<[string, string, string | undefined]>([
  ['http://localhost:16686/trace/{trace}', '4be8', 'http://localhost:16686/trace/4be8'],
  ['http://localhost:16686/trace/{trace}', '', undefined],
  ['http://localhost:16686/trace/', '4be8', undefined],
  ['javascript:alert("{trace}")', '4be8', undefined],
  ['', '4be8', undefined],
])('the link of a trace at %j, id %j', (template, id, link) => {
  expect(traceLink(template, id)).toBe(link);
});
