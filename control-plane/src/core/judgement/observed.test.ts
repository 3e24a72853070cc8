import { create } from '@bufbuild/protobuf';
import { Kind, Ruling, Severity, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { expect, test } from '@jest/globals';
import { observedIn } from './observed.ts';

const verdict = (kind: Kind) =>
  create(VerdictSchema, {
    requestId: 'r1',
    migration: 'kasse',
    group: 'main',
    route: 'POST /pay',
    kind,
    differences: [
      {
        path: 'state.posting',
        modernJson: '{"amount":5}',
        ruling: Ruling.ASKED,
        severity: Severity.MAJOR,
        rule: 'unproven',
      },
    ],
  });

test.each([
  { kind: Kind.MISMATCH, fields: ['state.posting'] },
  { kind: Kind.LOST, fields: [] },
])('a request of which a universe was away asks nothing: $kind', ({ kind, fields }) => {
  expect(observedIn([verdict(kind)]).map(({ key }) => key.field)).toEqual(fields);
});
