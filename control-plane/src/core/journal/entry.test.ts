import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { brokenAt, chain, genesisHash, type JournalDraft, type JournalEntry } from './entry.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const draft: JournalDraft = {
  group: 'g',
  atMs: 1,
  action: 'step',
  fromStage: 'shadow',
  toStage: 'canary',
  fromWeightBp: 0,
  toWeightBp: 100,
  actor: 'chronos',
  reason: 'because',
  evidence: { compared: 10 },
  requestId: '',
  traceparent: '',
};

function journal(length: number): JournalEntry[] {
  const entries: JournalEntry[] = [];
  let previous = { sequence: 0n, hash: genesisHash };
  for (let i = 0; i < length; i++) {
    const entry = chain('m', previous, { ...draft, atMs: i }, sha256);
    entries.push(entry);
    previous = entry;
  }
  return entries;
}

test('a whole chain is whole', () => {
  expect(brokenAt(journal(5), sha256)).toBeUndefined();
});

test.each<[string, (entries: JournalEntry[]) => JournalEntry[], bigint]>([
  ['a changed reason', (all) => all.map((e, i) => (i === 2 ? { ...e, reason: 'another' } : e)), 3n],
  ['changed evidence', (all) => all.map((e, i) => (i === 1 ? { ...e, evidenceJson: '{}' } : e)), 2n],
  ['a missing entry', (all) => all.filter((_, i) => i !== 3), 4n],
  ['another order', (all) => [...all].reverse(), 1n],
])('%s shows', (_, forge, sequence) => {
  expect(brokenAt(forge(journal(5)), sha256)).toBe(sequence);
});
