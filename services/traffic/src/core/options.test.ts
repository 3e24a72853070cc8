import { describe, expect, test } from '@jest/globals';
import { parseOptions, thinkMs } from './options.ts';

describe('parseOptions', () => {
  test('defaults, and the target from the environment', () => {
    expect(parseOptions([], { TARGET_URL: 'http://127.0.0.1:8080' })).toEqual({
      ok: true,
      options: {
        target: new URL('http://127.0.0.1:8080'),
        speak: 'rpc',
        tps: 100,
        seed: 7,
        customers: 400,
        durationS: 0,
        timeoutMs: 15_000,
        ledger: undefined,
        report: undefined,
      },
    });
  });

  test('reports everything that is wrong at once', () => {
    const parsed = parseOptions(
      ['--tps', 'many', '--customers', '0', '--colour', 'red', '--speak', 'Latin', '--seed'],
      {},
    );
    expect(parsed).toEqual({
      ok: false,
      errors: [
        expect.stringMatching(/^"--colour": expected one of --target, /),
        '--seed: expected a value',
        '--target "": expected a URL such as http://127.0.0.1:8080',
        '--speak "Latin": expected rpc or forms',
        '--tps "many": expected a number from 0.1 to 10000',
        '--customers "0": expected a number from 1 to 400',
      ],
    });
  });
});

test.each([
  [400, 100, 2_000],
  [400, 400, 500],
  [40, 200, 200],
])('%i customers at %i a second think %i ms', (customers, tps, ms) => {
  expect(thinkMs({ customers, tps })).toBe(ms);
});
