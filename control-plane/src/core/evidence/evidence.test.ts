import { describe, expect, test } from '@jest/globals';
import {
  applyVerdicts,
  comparedPerSecond,
  lostCount,
  newEvidence,
  otherSegmentValue,
  resetWatch,
} from './evidence.ts';
import { evidenceFromJson, evidenceToJson } from './evidence-json.ts';
import { testEpoch, testFact } from './testing.ts';
import type { VerdictFact } from './verdict-fact.ts';
import { degradation } from './watch.ts';

const empty = newEvidence(testEpoch);
const canary = { clientsOnModern: true, nowMs: 5_000 };
const shadow = { clientsOnModern: false, nowMs: 5_000 };
const times = (n: number, make: (i: number) => Partial<VerdictFact>) =>
  Array.from({ length: n }, (_, i) => testFact(make(i)));

describe('counting', () => {
  test('matches, mismatches and losses, each by itself', () => {
    const evidence = applyVerdicts(
      empty,
      [
        testFact(),
        testFact({ outcome: 'mismatch', startedAtMs: 2_000 }),
        testFact({ outcome: 'lost', lostReason: 'shadow-no-response', modernDeployment: '' }),
      ],
      shadow,
    );
    expect(evidence).toMatchObject({
      compared: 2,
      mismatched: 1,
      lost: { 'shadow-no-response': 1 },
      freshAtMs: 2_000,
      lastMismatchAtMs: 2_000,
    });
  });

  test.each<[string, Partial<VerdictFact>]>([
    ['another build of modern', { modernDeployment: 'm@2' }],
    ['another build of legacy', { legacyDeployment: 'l@2' }],
    ['other rules', { rulesVersion: 'old' }],
    ['a comparison that does not say with what', { modernDeployment: '' }],
    ['a loss of another build', { outcome: 'lost', modernDeployment: 'm@0' }],
  ])('%s counts nothing', (_, fields) => {
    expect(applyVerdicts(empty, [testFact(fields)], canary)).toBe(empty);
  });

  test('losses are not fresh evidence, and a clock ahead makes nothing fresher than now', () => {
    expect(applyVerdicts(empty, [testFact({ outcome: 'lost' })], shadow).freshAtMs).toBeUndefined();
    expect(applyVerdicts(empty, [testFact({ startedAtMs: 99_000 })], shadow).freshAtMs).toBe(5_000);
  });

  test('segments are kept apart, and their number of values is bounded', () => {
    const facts = times(100, (i) => ({
      segments: { kind: `v${i}` },
      outcome: i === 0 ? 'mismatch' : 'match',
    }));
    const values = applyVerdicts(empty, facts, shadow).segments.kind ?? {};
    expect(Object.keys(values)).toHaveLength(65);
    expect(values.v0).toEqual({ compared: 1, mismatched: 1 });
    expect(values[otherSegmentValue]).toEqual({ compared: 36, mismatched: 0 });
  });

  test('reasons of loss are bounded too', () => {
    const facts = times(100, (i) => ({ outcome: 'lost', lostReason: `r${i}` }));
    const evidence = applyVerdicts(empty, facts, shadow);
    expect(Object.keys(evidence.lost)).toHaveLength(33);
    expect(lostCount(evidence)).toBe(100);
  });

  test('the rate follows the last seconds', () => {
    let evidence = empty;
    for (let second = 1; second <= 30; second++) {
      evidence = applyVerdicts(
        evidence,
        times(100, () => ({})),
        { ...shadow, nowMs: second * 1_000 },
      );
    }
    expect(comparedPerSecond(evidence, 30_000)).toBeGreaterThan(90);
    expect(comparedPerSecond(evidence, 30_000)).toBeLessThan(120);
    expect(comparedPerSecond(evidence, 90_000)).toBeLessThan(1);
  });

  test('storing and loading keeps what is stored', () => {
    const evidence = applyVerdicts(
      empty,
      [testFact({ outcome: 'mismatch', answeredByModern: true })],
      canary,
    );
    expect(evidenceFromJson(evidenceToJson(evidence))).toEqual({
      ...evidence,
      legacyLatency: empty.legacyLatency,
    });
  });
});

describe('the watch', () => {
  test('a wrong answer that a client got is a confirmed bug, the first one is kept', () => {
    const facts = ['a', 'b'].map((requestId) =>
      testFact({ requestId, outcome: 'mismatch', answeredByModern: true, field: 'body.x' }),
    );
    expect(applyVerdicts(empty, facts, canary).watch.bug).toMatchObject({ requestId: 'a', field: 'body.x' });
    expect(applyVerdicts(empty, facts, shadow).watch.bug).toBeUndefined();
  });

  test('a wrong copy is none', () => {
    const evidence = applyVerdicts(empty, [testFact({ outcome: 'mismatch' })], canary);
    expect(evidence.watch.bug).toBeUndefined();
  });

  test('what was asked before the watch was armed counts, but kills nobody', () => {
    const late = times(50, () => ({ outcome: 'mismatch', answeredByModern: true, startedAtMs: 1_999 }));
    const evidence = applyVerdicts(resetWatch(empty, 2_000), late, canary);
    expect(evidence.mismatched).toBe(50);
    expect(evidence.watch.bug).toBeUndefined();
    expect(degradation(evidence.watch)).toBeUndefined();
  });

  describe('what legacy failed and modern did', () => {
    const failed = (requestId: string, fields: Partial<VerdictFact> = {}) =>
      testFact({ requestId, outcome: 'mismatch', answeredByModern: true, legacyStatus: 500, ...fields });
    const answered = testFact({ answeredByModern: true });
    const watchAfter = (...facts: VerdictFact[]) => applyVerdicts(empty, facts, canary).watch;

    test('kills nobody while legacy is down, nor once it is back', () => {
      const outage = times(500, (i) => failed(`r${i}`));
      expect(watchAfter(...outage).bug).toBeUndefined();
      const after = watchAfter(answered, ...outage, answered);
      expect(after.bug).toBeUndefined();
      expect(degradation(after)).toBeUndefined();
      expect(applyVerdicts(empty, outage, canary).mismatched).toBe(500);
    });

    test('is a wrong answer where legacy answers before and after it: it refused by that status', () => {
      expect(watchAfter(answered, failed('a')).bug).toBeUndefined();
      expect(watchAfter(answered, failed('a'), answered).bug).toMatchObject({ requestId: 'a' });
      // What has no answer of legacy's says nothing of it.
      const unseen = testFact({ outcome: 'mismatch', legacyStatus: 0 });
      expect(watchAfter(failed('a'), unseen, answered).bug).toMatchObject({ requestId: 'a' });
    });

    test('is none while legacy comes back from an outage, and is again ten seconds later', () => {
      const at = (startedAtMs: number, fact: VerdictFact) => ({ ...fact, startedAtMs });
      const outage = [at(1_000, failed('a')), at(1_100, failed('b')), at(9_000, failed('c'))];
      const still = [at(9_500, answered), at(9_600, failed('d')), at(9_700, answered)];
      expect(watchAfter(...outage, ...still).bug).toBeUndefined();
      const later = [at(19_100, failed('e')), at(19_200, answered)];
      expect(watchAfter(...outage, ...still, ...later).bug).toMatchObject({ requestId: 'e' });
    });

    test('is not borne out by what legacy was asked before, and is told late', () => {
      const at = (startedAtMs: number, fact: VerdictFact) => ({ ...fact, startedAtMs });
      const begins = [
        at(1_000, failed('a')),
        at(900, answered),
        at(1_100, failed('b')),
        at(1_200, failed('c')),
      ];
      expect(watchAfter(...begins, at(1_300, answered)).bug).toBeUndefined();
      expect(watchAfter(at(1_000, failed('a')), at(900, answered), at(1_100, answered)).bug).toBeDefined();
    });

    test('a copy of modern’s, and what both failed, are none', () => {
      const copy = failed('a', { answeredByModern: false });
      expect(watchAfter(answered, copy, answered).bug).toBeUndefined();
      const both = testFact({ answeredByModern: true, legacyStatus: 503, modernStatus: 503 });
      expect(watchAfter(both, failed('b'), answered).bug).toBeUndefined();
    });

    test('another wrong answer meanwhile is one at once', () => {
      const wrong = testFact({ requestId: 'w', outcome: 'mismatch', answeredByModern: true });
      expect(watchAfter(failed('a'), failed('b'), wrong).bug).toMatchObject({ requestId: 'w' });
    });

    test('a watch that an earlier version stored goes on', () => {
      const stored = JSON.parse(evidenceToJson(empty));
      delete stored.watch.legacyFailures;
      const read = evidenceFromJson(JSON.stringify(stored));
      expect(applyVerdicts(read, [failed('a'), answered], canary).watch.bug?.requestId).toBe('a');
    });
  });

  test('rising mismatches alarm, clean requests never do', () => {
    const clean = applyVerdicts(
      empty,
      times(20_000, () => ({})),
      canary,
    );
    expect(degradation(clean.watch)).toBeUndefined();
    const broken = applyVerdicts(
      clean,
      times(4, () => ({ outcome: 'mismatch' })),
      canary,
    );
    expect(degradation(broken.watch)).toMatch(/mismatches/);
  });

  test('errors of modern alarm, errors of both do not', () => {
    const both = applyVerdicts(
      empty,
      times(500, () => ({ modernStatus: 503, legacyStatus: 503 })),
      canary,
    );
    expect(degradation(both.watch)).toBeUndefined();
    const modern = applyVerdicts(
      empty,
      times(20, () => ({ modernStatus: 503 })),
      canary,
    );
    expect(degradation(modern.watch)).toMatch(/fails more/);
  });

  const learnt = applyVerdicts(
    empty,
    times(1_200, () => ({ legacyMs: 5 })),
    canary,
  );
  const slow = (n: number, fields: Partial<VerdictFact>) =>
    times(n, (i) => ({ answeredByModern: true, modernMs: 400, startedAtMs: 2_000 + i * 10, ...fields }));

  test('a modern that stays slow alarms within a second of a hundred requests', () => {
    expect(learnt.legacyLatency.limitMs).toBe(5);
    expect(degradation(applyVerdicts(learnt, slow(100, {}), canary).watch)).toMatch(/slower/);
    const byPartition = slow(100, {}).sort((a, b) => ((a.startedAtMs / 10) % 8) - ((b.startedAtMs / 10) % 8));
    expect(degradation(applyVerdicts(learnt, byPartition, canary).watch)).toMatch(/slower/);
  });

  /** What is begun in the pause is answered after it, three a slot and partition; each partition's verdicts come at once. */
  const pause = (ms: number, partitions: number) =>
    times(ms / 10, (i) => ({
      answeredByModern: true,
      startedAtMs: 2_000 + i * 10,
      modernMs: ms - i * 10 + (i % 9) * 10,
    }))
      .map((fact, i) => ({ fact, partition: i % partitions }))
      .sort((a, b) => a.partition - b.partition)
      .map(({ fact }) => fact);

  test.each<[string, VerdictFact[]]>([
    ['one pause of 300 ms', slow(30, {})],
    ['one pause of a second', pause(1_000, 1)],
    ['one pause of a second, told by eight partitions', pause(1_000, 8)],
    ['slow on both sides', slow(1_000, { legacyMs: 400 })],
    ['only the copy is slow', slow(1_000, { answeredByModern: false })],
    ['slower, but by less than anybody notices', slow(1_000, { modernMs: 20 })],
  ])('%s does not', (_, facts) => {
    expect(degradation(applyVerdicts(learnt, facts, canary).watch)).toBeUndefined();
  });
});
