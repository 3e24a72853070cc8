import { describe, expect, test } from '@jest/globals';
import { grpcCodeName, outcomeOf } from './outcome.ts';

describe('outcomes', () => {
  test('the bank may refuse; everything else that is no answer has failed', () => {
    expect(outcomeOf('ok')).toEqual({ kind: 'ok' });
    expect(outcomeOf('failed_precondition')).toEqual({ kind: 'refused', code: 'failed_precondition' });
    for (const code of ['internal', 'unavailable', 'unauthenticated', 'not_found', 'status 503']) {
      expect(outcomeOf(code)).toEqual({ kind: 'failed', reason: code });
    }
  });

  test('gRPC numbers have Connect’s names', () => {
    expect(['0', '9', '13', '14', '16', '99'].map(grpcCodeName)).toEqual([
      'ok',
      'failed_precondition',
      'internal',
      'unavailable',
      'unauthenticated',
      'grpc-status 99',
    ]);
  });
});
