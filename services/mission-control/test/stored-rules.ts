/** Rules of a stored control plane, and an approved divergence that its migration file declares. */
import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { FieldRuleSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import type { ApprovedDivergenceSchema } from '@chronos/proto/chronos/v1/migration_pb.js';

export const declared: MessageInitShape<typeof ApprovedDivergenceSchema>[] = [
  {
    name: 'fee-halved',
    why: 'Legacy charged the fee twice.',
    route: 'POST /accounts/*/fees',
    path: 'body.fee',
    expect: 'legacy / 2',
    approvedBy: 'audit',
  },
];

export function rules(nowMs: number): MessageInitShape<typeof FieldRuleSchema>[] {
  const rule = { group: 'bank', author: 'ada', createdAt: timestampFromMs(nowMs) };
  return [
    {
      ...rule,
      id: 'rule-ignored',
      route: 'GET /accounts/*',
      field: 'body.trace',
      accepts: { case: 'ignore', value: {} },
      sentence: 'Whatever stands there.',
    },
    {
      ...rule,
      id: 'rule-expected',
      route: 'POST /accounts/*/interest',
      field: 'body.rate',
      accepts: { case: 'expect', value: { expression: 'legacy / 3' } },
      sentence: 'Modern answers a third of what legacy does.',
      note: 'agreed in BANK-12',
    },
  ];
}
