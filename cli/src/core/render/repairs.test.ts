import { create } from '@bufbuild/protobuf';
import {
  EntanglementStateSchema,
  ListRepairsResponseSchema,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { expect, test } from '@jest/globals';
import { palette } from '../text/palette.ts';
import { afterKillLines, outstandingLines, repairLines, unaskedLines } from './repairs.ts';

test('a status says how many differences of the databases stay, and why the oldest does', () => {
  const plain = palette(false);
  const answer = create(ListRepairsResponseSchema, {
    unsettled: [
      { id: 'a', state: 'open', reason: '' },
      { id: 'b', state: 'outstanding', reason: 'new row for relation "entries" violates check constraint' },
      { id: 'c', state: 'outstanding', reason: 'another' },
    ],
    totals: { open: 1n, outstanding: 1_204n },
  });
  expect(outstandingLines(answer, plain)).toEqual([
    '  1,204 outstanding repairs: new row for relation "entries" violates check constraint',
    '  chronos repairs shows them all',
  ]);
  expect(
    outstandingLines(create(ListRepairsResponseSchema, { totals: { open: 3n, repairs: 9n } }), plain),
  ).toEqual([]);
});

test('a status says what each universe did alone, and what became of it', () => {
  const answer = create(ListRepairsResponseSchema, {
    unasked: [
      { universe: Universe.LEGACY, transactions: 1n, differed: 1n },
      { universe: Universe.MODERN, transactions: 1_204n, differed: 3n, takenBack: 2n, undecided: 7n },
    ],
    unjudged: 1n,
  });
  expect(unaskedLines(answer, palette(false))).toEqual([
    '  legacy without a request, 24 h: 1 transaction that modern did not do; rows differed after 1',
    '  modern without a request, 24 h: 1,204 transactions that legacy did not do; rows differed after 3, 2 taken back, 7 not decided yet',
    '  1 request changed rows after the verdict, or got none, 24 h: the rows were compared without it',
  ]);
  expect(unaskedLines(create(ListRepairsResponseSchema), palette(false))).toEqual([]);
});

test('of hundreds of cases that are not settled as many are shown as were asked for', () => {
  const unsettled = Array.from({ length: 100 }, (_, n) => ({ id: `r${n}`, state: 'open', cause: 'lost' }));
  const answer = create(ListRepairsResponseSchema, { unsettled, totals: { open: 340n, outstanding: 2n } });
  const lines = repairLines(answer, 3, palette(false));
  expect(lines.filter((line) => line.includes('is open'))).toHaveLength(3);
  expect(lines.slice(-2)).toEqual([
    '… and 339 more that are not settled (--limit, --json)',
    '0 repairs, 0 cases settled, 340 open, 2 outstanding',
  ]);
  expect(repairLines(answer, 1_000, palette(false)).at(-2)).toMatch(/^… and 242 more/);
});

test('rows with their values before and after; of a request that nothing was done about that is said', () => {
  const field = (before?: string, after?: string) => ({
    name: 'balance',
    ...(before && { before }),
    ...(after && { after }),
  });
  const rows = [
    { entity: 'account', key: '["1"]', fields: [field('1.50', '1.60')] },
    { entity: 'account', key: '["2"]', added: true, fields: [field('1.50', '1.60')] },
    { entity: 'account', key: '["3"]', inserted: true, fields: [field(undefined, '1.60')] },
    { entity: 'account', key: '["4"]', deleted: true, fields: [field('1.50')] },
    { entity: 'account', key: '["5"]', hidden: 1 },
    { entity: 'account', key: '["6"]', hidden: 0, added: true },
    { entity: 'account', key: '["7"]' },
  ];
  const answer = create(ListRepairsResponseSchema, { repairs: [{ cases: ['r1'], rows }] });
  expect(repairLines(answer, 20, palette(false), 'r1').slice(1, 8)).toEqual([
    '  account ["1"] made equal: balance 1.50 → 1.60',
    '  account ["2"] compensated: balance 1.50 → 1.60',
    '  account ["3"] added: balance 1.60',
    '  account ["4"] removed: balance 1.50',
    '  account ["5"] made equal in fields that are sensitive, not shown',
    '  account ["6"] compensated: what was missing comes to nothing',
    '  account ["7"] made equal in no field that is shown',
  ]);
  const one = {
    id: 'r2',
    cause: 'mismatch',
    authority: Universe.LEGACY,
    state: 'settled',
    reason: 'one deed',
  };
  expect(
    repairLines(create(ListRepairsResponseSchema, { unsettled: [one] }), 20, palette(false), 'r2'),
  ).toEqual([
    '  r2 (mismatch, legacy is right) is settled: one deed',
    '0 repairs, 0 cases settled, 0 open, 0 outstanding',
  ]);
  const nothing = create(ListRepairsResponseSchema, { totals: { repairs: 9n } });
  expect(repairLines(nothing, 20, palette(false), 'r9')).toEqual([
    'nothing was repaired after request r9, and nothing of it waits',
  ]);
});

test('after a kill nobody is told to wait for what cannot come: modern’s changes are not read', () => {
  const told = (paused: boolean) => {
    const modern = {
      universe: Universe.MODERN,
      lagSeconds: 0.4,
      paused,
      pauseReason: paused ? 'the slot is gone' : '',
    };
    const state = create(EntanglementStateSchema, { captures: [modern] });
    return afterKillLines(state, create(ListRepairsResponseSchema), palette(false)).join('\n');
  };
  expect(told(false)).toContain('legacy has every write of modern’s once chronos repairs says 0 open');
  expect(told(true)).toMatch(
    /not read: the slot is gone\nlegacy may lack .*; before chronos resume: chronos verify names .*--authority modern/,
  );
  expect(told(true)).not.toContain('0 outstanding, some seconds from now');
});
