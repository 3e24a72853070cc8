import { expect, test } from '@jest/globals';
import { RepeatedLines } from './repeated-lines.ts';

test('one cause is told once, and once a minute with how often it came; another cause at once', () => {
  const log: string[] = [];
  const lines = new RepeatedLines((line) => log.push(line));
  const refused =
    'modern refuses a repair: insert on table "moves" violates foreign key constraint "moves_big_id_fkey"';
  for (let n = 0; n < 13_094; n += 1) lines.say(refused, n);
  lines.say('modern refuses a repair: permission denied for table moves', 20_000);
  expect(log).toEqual([refused, 'modern refuses a repair: permission denied for table moves']);
  lines.flush(60_000);
  expect(log.slice(2)).toEqual([`${refused} (13,093 more of this kind in 60 s)`]);
  // It is over: nothing more is said, and when it comes again it is told at once.
  lines.flush(120_000);
  lines.flush(180_000);
  expect(log).toHaveLength(3);
  lines.say(refused, 180_001);
  expect(log).toHaveLength(4);
});

test('rows and values do not make another cause, fields and constraints do', () => {
  const log: string[] = [];
  const lines = new RepeatedLines((line) => log.push(line));
  lines.say('modern refuses a repair: entry ["1"]: modern does not keep note as written', 0);
  lines.say('modern refuses a repair: entry ["2","b]"]: modern does not keep note as written', 1);
  lines.say(`modern refuses a repair: owner.born: legacy's value "?2026\\"1399" could not be read`, 2);
  lines.say(`modern refuses a repair: owner.born: legacy's value "?20261398" could not be read`, 3);
  lines.say('modern refuses a repair: entry ["3"]: modern does not keep amount as written', 4);
  expect(log).toHaveLength(3);
});
