import { expect, test } from '@jest/globals';
import { progressLine } from './progress-line.ts';

test('a part on its way has no time yet, one that is ready has', () => {
  expect(progressLine({ part: 'envoy', state: 'downloading', seconds: 0.1 })).toBe('… Envoy 1.39.3');
  expect(progressLine({ part: 'envoy', state: 'ready', seconds: 4.327 })).toMatch(
    /^✓ Envoy 1\.39\.3 +4\.3 s$/,
  );
});
