import { describe, expect, test } from '@jest/globals';
import { type Air, Crowd, connectionsMax, sayEveryMs } from './crowd.ts';

/** Windows of one browser, each of which hears the others, and a clock that only the test moves. */
function windows(count: number) {
  let now = 0;
  const listeners: ((event: { data: unknown }) => void)[] = [];
  const open = (id: number) => {
    const air: Air = {
      postMessage(data) {
        for (const [of, listener] of listeners.entries()) if (of !== id) listener({ data });
      },
      addEventListener: (_, listener) => void listeners.push(listener),
    };
    return new Crowd(air, String(id), () => now);
  };
  const all = Array.from({ length: count }, (_, id) => open(id));
  /** All that still watch say so, `rounds` times; what they are told at the end. */
  const pass = (rounds: number, watching = all) => {
    let told: boolean[] = [];
    for (let round = 0; round < rounds; round += 1) {
      now += sayEveryMs;
      told = watching.map((each) => each.watches());
    }
    return told;
  };
  return { all, pass };
}

describe('Crowd', () => {
  test('windows that leave a connection free keep theirs', () => {
    expect(windows(connectionsMax - 1).pass(3)).not.toContain(true);
  });

  test('as many as there are connections take turns, until one is closed', () => {
    const { all, pass } = windows(connectionsMax);
    expect(pass(2)).not.toContain(false);
    expect(pass(5, all.slice(1))).not.toContain(true);
  });
});
