import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { describe, expect, test } from '@jest/globals';
import { exchange } from '../../testing/exchanges.ts';
import { outcomeOf, waitOf } from './settle.ts';
import { withExchange } from './sides.ts';

/** `A:L1` authority to legacy, attempt 1, complete; `S:M1!` copy to modern, reset; `A:M1=503` with that status; `2:L1` the second run, `+2` sent there, too. */
function parse(notation: string) {
  return notation
    .split(' ')
    .filter((part) => part !== '')
    .map((part) => {
      const match = /^([AS2]):([LM])([0-9])(!)?(?:=([0-9]{3}))?(\+2)?$/.exec(part);
      if (!match) throw new Error(`cannot read ${part}`);
      return exchange({
        role: roles[match[1] as keyof typeof roles],
        ...(match[6] && { requestHeaders: [['x-chronos-second', 'm.legacy_second']] }),
        universe: match[2] === 'L' ? 'legacy' : 'modern',
        attempt: Number(match[3]),
        outcome: match[4] ? 'reset' : 'complete',
        ...(match[5] && { status: Number(match[5]) }),
      });
    });
}

const roles = { A: 'authority', S: 'shadow', 2: 'second' } as const;

const L = Universe.LEGACY;
const M = Universe.MODERN;
const U = Universe.UNSPECIFIED;

describe('the table of outcomes', () => {
  test.each([
    // legacy answers, modern gets the copy
    ['A:L1 S:M1', 'compare', 'none', L],
    ['A:L1 S:M1=500', 'compare', 'none', L],
    ['A:L1=503 S:M1', 'compare', 'failover', L],
    ['A:L1 S:M1!', 'modern-no-answer', 'none', L],
    ['A:L1', 'shadow-not-captured', 'deadline', L],
    ['S:M1', 'authority-not-captured', 'deadline', U],
    ['S:M1!', 'authority-not-captured', 'deadline', U],
    ['A:L1! S:M1', 'legacy-no-answer', 'failover', L],
    ['A:L1! S:M1!', 'no-answer', 'failover', L],
    ['A:L1! A:L2 S:M1', 'compare', 'none', L],
    // modern answers, legacy gets the copy
    ['A:M1 S:L1', 'compare', 'none', M],
    ['A:M1=404 S:L1', 'compare', 'none', M],
    ['A:M1=503 S:L1', 'compare', 'failover', M],
    ['A:M1! S:L1', 'modern-cut-off', 'failover', M],
    ['A:M1 S:L1!', 'shadow-no-response', 'none', M],
    ['A:M1', 'shadow-not-captured', 'deadline', M],
    ['A:M1!', 'shadow-not-captured', 'deadline', M],
    ['S:L1', 'authority-not-captured', 'deadline', U],
    // failover: modern is judged by its own attempt, though the client got legacy's answer
    ['A:M1=503 A:L2 S:L1', 'compare', 'none', L],
    ['A:M1! A:L2 S:L1', 'modern-no-answer', 'none', L],
    ['A:M1! A:L2 S:L1!', 'modern-no-answer', 'none', L],
    ['A:M1! A:L2', 'modern-no-answer', 'deadline', L],
    ['A:M1=503 A:L2', 'compare', 'deadline', L],
    ['A:M1! A:L2! S:L1!', 'no-answer', 'failover', L],
    ['A:L2 S:L1', 'authority-not-captured', 'deadline', L],
    // legacy's second run is waited for, never decides, and nothing is lost without it
    ['A:L1+2 S:M1+2', 'compare', 'second', L],
    ['A:L1+2 S:M1+2 2:L1+2', 'compare', 'none', L],
    ['A:L1+2 S:M1+2 2:L1!+2', 'compare', 'none', L],
    ['A:M1+2 S:L1+2 2:L1+2', 'compare', 'none', M],
    ['A:M1!+2 S:L1+2', 'modern-cut-off', 'failover', M],
    ['A:L1+2 2:L1+2', 'shadow-not-captured', 'deadline', L],
    ['S:M1+2 2:L1+2', 'authority-not-captured', 'deadline', U],
    ['2:L1+2', 'authority-not-captured', 'deadline', U],
    // ejected: modern was never asked
    ['A:L1 S:L1', 'modern-not-asked', 'none', L],
  ])('%s: %s, waits for %s', (notation, result, wait, answeredBy) => {
    const parts = parse(notation);
    for (const order of [parts, parts.toReversed()]) {
      const exchanges = order.reduce(withExchange, [] as ReturnType<typeof parse>);
      const outcome = outcomeOf(exchanges);
      expect(outcome.type === 'lost' ? outcome.reason : outcome.type).toBe(result);
      expect(waitOf(exchanges)).toBe(wait);
      expect(outcome.answeredBy).toBe(answeredBy);
    }
  });

  test('an exchange without its universe is never guessed to be the missing side', () => {
    const exchanges = parse('A:L1 S:M1').map((e) => (e.universe === M ? { ...e, universe: U } : e));
    const outcome = outcomeOf(exchanges);
    expect(outcome).toMatchObject({ type: 'lost', reason: 'unattributed' });
  });

  test('legacy speaks by its copy; by the failover only when the copy has no answer', () => {
    expect(outcomeOf(parse('A:M1=503 A:L2 S:L1')).legacy?.attempt).toBe(1);
    expect(outcomeOf(parse('A:M1=503 A:L2 S:L1!')).legacy?.attempt).toBe(2);
  });
});
