import { describe, expect, test } from '@jest/globals';
import { accountStatus, movementKind, segmentName } from './codes.ts';

describe('codes', () => {
  test('are words outside', () => {
    expect([movementKind('LA'), accountStatus('S'), segmentName('V')]).toEqual([
      'transfer_out',
      'blocked',
      'vip',
    ]);
  });

  test('an unknown one is an error, not a guess', () => {
    expect(() => movementKind('XX')).toThrow('unknown code "XX" in field BEWART');
  });
});
