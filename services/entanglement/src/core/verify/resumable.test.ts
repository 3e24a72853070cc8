import { expect, test } from '@jest/globals';
import { notResumable, type StoppedJob } from './resumable.ts';

const stopped = (kind: StoppedJob['kind'], mapping = 'm') => ({ kind, mapping, savedAtMs: 1_000 });
const hourLater = 1_000 + 3_600_000;

test('a verification goes on within an hour of its stop', () => {
  expect(notResumable(stopped('verification'), 'm', hourLater)).toBeUndefined();
  expect(notResumable(stopped('verification'), 'm', hourLater + 60_000)).toContain('61 minutes ago');
});

test('a copy goes on however old it is: it compares everything at its end', () => {
  expect(notResumable(stopped('copy'), 'm', hourLater * 100)).toBeUndefined();
});

test.each(['verification', 'copy'] as const)('a %s of another mapping does not go on', (kind) => {
  expect(notResumable(stopped(kind), 'other', 2_000)).toContain(
    'the migration file says something else of the entities',
  );
});
