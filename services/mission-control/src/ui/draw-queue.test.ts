import { expect, test } from '@jest/globals';
import { DrawQueue } from './draw-queue.ts';

/** Frames that come when the test says; a drawing takes as long as it says. */
function scene() {
  const asked: (() => void)[] = [];
  let nowMs = 0;
  const drawn: string[] = [];
  const queue = new DrawQueue({ next: (call) => asked.push(call), nowMs: () => nowMs });
  return {
    queue,
    drawn,
    asked,
    takes: (ms: number, name: string) => () => {
      nowMs += ms;
      drawn.push(name);
    },
    frame() {
      for (const call of asked.splice(0)) call();
      return drawn.splice(0);
    },
  };
}

test('what takes long is spread over frames, what is quick shares one', () => {
  const { queue, takes, frame, asked } = scene();
  for (const name of ['a', 'b', 'c']) queue.draw({}, takes(5, name));
  for (const name of ['d', 'e', 'f']) queue.draw({}, takes(1, name));
  expect([frame(), frame()]).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  expect([frame(), asked.length]).toEqual([['e', 'f'], 0]);
});

test('what changes again before its turn is drawn once, as it is then; what is gone is not drawn', () => {
  const { queue, takes, frame } = scene();
  const [chart, gone] = [{}, {}];
  queue.draw(gone, takes(1, 'gone'));
  queue.draw(chart, takes(1, 'old'));
  queue.draw(chart, takes(1, 'new'));
  queue.forget(gone);
  expect(frame()).toEqual(['new']);
});
