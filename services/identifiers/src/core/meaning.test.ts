import { expect, test } from '@jest/globals';
import { type Circumstances, type Known, type Meaning, meaningOf } from './meaning.ts';

const nothing: Known = { hasPartner: false, isTargets: false, hasTargetJustMade: false };
const others = { hasPartner: true };
const targets = { isTargets: true };
const both = { hasPartner: true, isTargets: true };
const answering: Circumstances = { way: 'answering', mayClientsHoldTargets: true, isOverlapping: false };
const copy: Circumstances = { ...answering, way: 'copy' };

test.each<[string, Partial<Known>, Circumstances, Meaning]>([
  ['what answers knows an id: it is never rewritten', targets, answering, 'targets'],
  ['both know it, as different things: it stays', both, answering, 'either'],
  ['what answers has just made it', { hasPartner: true, hasTargetJustMade: true }, answering, 'either'],
  ['only the other knows it', others, answering, 'others'],
  ['nobody knows it', {}, answering, 'unknown'],
  ['a copy means what the one that answered has made', both, copy, 'others'],
  ['a copy of a client that holds old ids', targets, copy, 'targets'],
  [
    'a copy before modern has answered anybody: its pair is on its way',
    targets,
    { ...copy, mayClientsHoldTargets: false },
    'not-targets',
  ],
  ['a copy of a kind that overlaps', targets, { ...copy, isOverlapping: true }, 'not-targets'],
  ['a copy with what nobody knows', {}, copy, 'unknown'],
])('%s', (_, known, circumstances, meaning) => {
  expect(meaningOf({ ...nothing, ...known }, circumstances)).toBe(meaning);
});
