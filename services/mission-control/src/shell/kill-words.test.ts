import { describe, expect, test } from '@jest/globals';
import { killedTitle, unproven } from './kill-words.ts';

const killed = { proxiesAcked: 2, proxiesPending: 0, probeSawLegacy: true };

describe('a kill is claimed only where it is proven', () => {
  test('every proxy ACKed and legacy answered the probe', () => {
    expect(unproven(killed)).toBeUndefined();
    expect(killedTitle('bank', '', killed)).toBe('Every client of bank is back on legacy');
  });

  test.each([
    ['a silent proxy', { proxiesAcked: 1, proxiesPending: 1 }, /^1 of 2 proxies have ACKed; those/],
    ['the only proxy is silent', { proxiesAcked: 0, proxiesPending: 1 }, /^0 of 1 proxy has ACKed; those/],
    ['no proxy', { proxiesAcked: 0 }, /^no proxy is connected/],
    ['no probe saw legacy', { probeSawLegacy: false }, /^no probe/],
  ])('%s: not proven, and why', (_, short, why) => {
    expect(unproven({ ...killed, ...short })).toMatch(why);
    expect(killedTitle('bank', '', { ...killed, ...short })).toMatch(/^Not proven/);
  });

  test('one route is named: the others were not killed', () => {
    expect(killedTitle('bank', 'loans', killed)).toBe('Every client of loans of bank is back on legacy');
  });
});
