import { Role, Transport, Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { expect, test } from '@jest/globals';
import { streamFacts } from './stream-facts.ts';

test('reads what the filter says', () => {
  expect(
    streamFacts({
      ':path': '/x',
      'x-chronos-role': 'authority',
      'x-chronos-route': 'bank/Transfer',
      'x-chronos-universe': 'legacy',
      'x-chronos-deployment': 'v1@1',
      'x-chronos-node': 'node-1',
      'x-chronos-transport': 'tcp',
    }),
  ).toEqual({
    role: Role.AUTHORITY,
    transport: Transport.TCP,
    migration: 'bank',
    group: 'Transfer',
    universe: Universe.LEGACY,
    deployment: 'v1@1',
    node: 'node-1',
  });
});

test('guesses nothing', () => {
  expect(streamFacts({ 'x-chronos-role': 'other', 'x-chronos-universe': '-' })).toEqual({
    role: Role.UNSPECIFIED,
    transport: Transport.UNSPECIFIED,
    migration: '',
    group: '',
    universe: Universe.UNSPECIFIED,
    deployment: '',
    node: '',
  });
});
