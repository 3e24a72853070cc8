import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { type MismatchGroup, MismatchGroupSchema } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { Ruling, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import { cellsOf } from '../text/cells.ts';
import { palette } from '../text/palette.ts';
import { causeLines, causesOf } from './causes.ts';
import { mismatchLines } from './mismatches.ts';

const plain = palette(false);
const at = (time: string) => timestampFromDate(new Date(`2026-11-22T${time}Z`));

const group = (
  route: string,
  field: string,
  more: MessageInitShape<typeof MismatchGroupSchema> = {},
): MismatchGroup =>
  create(MismatchGroupSchema, {
    group: 'bank',
    route,
    field,
    modernDeployment: 'v1@1',
    count: 1_200n,
    firstSeen: at('10:00:00'),
    lastSeen: at('10:05:00'),
    exampleRequestId: 'r-1',
    legacy: '52.55',
    modern: '5255.00',
    explanation: 'modern = legacy × 100 (cents for whole units) on 200 of 200 differing requests',
    ruling: Ruling.BUG,
    severity: Severity.CRITICAL,
    ...more,
  });

const cents = {
  id: 'c-1',
  sentence: 'modern = legacy × 100 (cents for whole units) in 6 fields of 2 routes',
  fields: 6,
  routes: 2,
};
const asked = {
  ruling: Ruling.ASKED,
  severity: Severity.MAJOR,
  count: 1n,
  legacy: '"tok_1"',
  modern: '',
  explanation: '',
  cause: {
    id: 'c-2',
    sentence: 'modern has no such value on 1 of 1 differing request',
    fields: 1,
    routes: 1,
  },
};

const groups = [
  group('GET /accounts/*', 'body.balance', { cause: cents }),
  group('GET /accounts/*', 'body.limit', {
    cause: cents,
    lastSeen: at('11:00:00'),
  }),
  group('POST /transfers', 'body.amount', { cause: cents }),
  group('GET /sessions/*', 'body.token', asked),
];

describe('mismatches by cause', () => {
  test('one block a cause, with examples side by side', () => {
    const lines = causesOf(groups).flatMap((cause) => causeLines(cause, 110, plain));
    expect(lines.join('\n')).toMatchInlineSnapshot(`
"critical bug: modern = legacy × 100 (cents for whole units) in 6 fields of 2 routes
  3,600 mismatches · first 2026-11-22T10:00:00.000Z, last 2026-11-22T11:00:00.000Z · modern v1@1
  routes   GET /accounts/*, POST /transfers
  fields   body.balance, body.limit, body.amount and 3 more
           legacy  modern
  example  52.55   5255.00  body.balance of GET /accounts/*, request r-1
           52.55   5255.00  body.limit of GET /accounts/*, request r-1
           52.55   5255.00  body.amount of POST /transfers, request r-1

asked: GET /sessions/* body.token: modern has no such value on 1 of 1 differing request
  1 mismatch · first 2026-11-22T10:00:00.000Z, last 2026-11-22T10:05:00.000Z · modern v1@1
           legacy   modern
  example  "tok_1"  (nothing)  body.token of GET /sessions/*, request r-1
"
`);
  });

  test('one line a cause in the status', () => {
    expect(mismatchLines(groups, 5, 110, plain).join('\n')).toMatchInlineSnapshot(`
"  mismatches   3,600 × critical bug, modern = legacy × 100 (cents for whole units) in 6 fields of 2 routes
               1 × asked, GET /sessions/* body.token: modern has no such value on 1 of 1 differing request"
`);
  });

  test('groups without a cause stand by themselves', () => {
    const alone = [group('GET /a', 'body.x'), group('GET /b', 'body.x')];
    expect(causesOf(alone)).toHaveLength(2);
  });

  test.each([30, 50, 79, 200])('never wider than %i cells, whatever services answer', (width) => {
    const hostile = group('GET /\u001b[31m', 'body.\u0007x', { legacy: '界'.repeat(99), modern: 'a\nb' });
    for (const line of causesOf([...groups, hostile]).flatMap((cause) => causeLines(cause, width, plain))) {
      expect(cellsOf(line)).toBeLessThanOrEqual(width);
      expect(line).not.toMatch(/\p{Cc}/u);
    }
  });
});
