import { expect, test } from '@jest/globals';
import { Story } from './story.ts';

const line = (text: string, fields = {}) => ({
  atMs: 1,
  level: 'info' as const,
  part: 'orchestrator',
  text,
  ...fields,
});
const texts = (lines: readonly { readonly text: string }[]) => lines.map(({ text }) => text);

test('a migration’s lines are its own and those of none', () => {
  const story = new Story();
  for (const migration of ['a', 'b', '']) story.tell(line(`of ${migration}`, { migration }));
  expect(texts(story.since(0, 'a'))).toEqual(['of a', 'of ']);
  expect(texts(story.since(0, ''))).toEqual(['of a', 'of b', 'of ']);
});

test('who begins reads in the order of time, who goes on in the order of telling', () => {
  const story = new Story();
  story.tell(line('now', { atMs: 10 }));
  story.tell(line('from the journal, of before', { atMs: 5 }));
  expect(texts(story.since(0, ''))).toEqual(['from the journal, of before', 'now']);
  expect(texts(story.since(5, ''))).toEqual(['now']);
  expect(story.after(1, '')).toMatchObject({ lines: [{ sequence: 2 }], skipped: 0 });
});

test('who is far behind is told how much is gone', () => {
  const story = new Story();
  for (let i = 0; i < 2_005; i += 1) story.tell(line(`${i}`));
  const { lines, skipped } = story.after(2, '');
  expect([lines.length, skipped, lines[0]?.text]).toEqual([2_000, 3, '5']);
});

test('a part that logs much drives out nothing but its own lines, and what is gone is counted', () => {
  const story = new Story();
  story.tell(line('weight 10 %'));
  for (let i = 0; i < 1_500; i += 1) story.tellOfPart(line(`${i}`, { part: 'capture' }));
  story.tell(line('weight 50 %'));
  const { lines, skipped } = story.after(0, '');
  expect([lines.length, skipped]).toEqual([1_002, 500]);
  expect([lines[0]?.text, lines[1]?.text, lines.at(-1)?.text]).toEqual(['weight 10 %', '500', 'weight 50 %']);
});

test('a long text is cut', () => {
  const story = new Story();
  story.tell(line('x'.repeat(10_000)));
  expect(story.since(0, '')[0]?.text).toHaveLength(2_000);
});

test('a process that comes after another numbers its lines above those', () => {
  const story = new Story(1_000);
  story.tell(line('after the restart'));
  const { lines, skipped } = story.after(300, '');
  expect([lines.map(({ sequence }) => sequence), skipped]).toEqual([[1_001], 0]);
});
