import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { RepairCaseSchema } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { expect, test } from '@jest/globals';
import { standingOf } from './unsettled.ts';

type Case = MessageInitShape<typeof RepairCaseSchema>;
const at = (id: string, state: string, reason = ''): Case => ({ id, state, reason });

test.each<[string, Case[], object]>([
  ['nothing is unsettled', [], { kind: 'none' }],
  ['one that is looked at', [at('tx:1', 'open')], { kind: 'open', words: 'tx:1 is open' }],
  [
    'one that cannot be made equal, behind one that is looked at',
    [at('tx:1', 'open'), at('tx:2', 'outstanding', 'value too long')],
    { kind: 'left', words: 'tx:2 and 1 more are outstanding (value too long)' },
  ],
  ['one that is only reported', [at('r1', 'reported')], { kind: 'left', words: 'r1 is reported' }],
])('%s', (_, cases, expected) => {
  expect(standingOf(cases.map((one) => create(RepairCaseSchema, one)))).toEqual(expected);
});
