import { expect, test } from '@jest/globals';
import { benchInference } from './inference.ts';

test('what is inferred wrongly is counted: of nothing where services tag, of some where nobody does', () => {
  const steps = benchInference(400);
  const by = (name: string) => steps.find(({ workload }) => workload === name);
  expect(by('tagged, an untagged worker beside')).toMatchObject({ requests: 0, worker_inferred: 0 });
  expect(by('tagged, an untagged worker beside')?.worker).toBeGreaterThan(300);
  const alone = by('untagged, one request at once');
  expect(alone?.requests).toBe(800);
  const crowded = by('untagged, eight at once');
  expect((crowded?.inferred ?? 0) - (crowded?.right ?? 0)).toBeGreaterThan(
    (alone?.inferred ?? 0) - (alone?.right ?? 0),
  );
  expect(benchInference(400)).toEqual(steps);
});
