import { create } from '@bufbuild/protobuf';
import { Attribution, ValueType } from '@chronos/proto/events/v1/state_update_pb.js';
import { EffectsState, Ruling, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';
import { expect, test } from '@jest/globals';
import { palette } from '../text/palette.ts';
import { effectLines } from './effects.ts';

const plain = palette(false);
const row = (balance: string) => ({
  fields: [
    { name: 'balance', type: ValueType.NUMBER, value: { case: 'text' as const, value: balance } },
    { name: 'status', type: ValueType.TEXT, value: { case: 'text' as const, value: 'open' } },
  ],
});

test('what a request did to each row: before, after and the change, on both sides', () => {
  const verdict = create(VerdictSchema, {
    effectsState: EffectsState.COMPARED,
    revision: 1,
    effects: [
      {
        entity: 'account',
        key: '["A"]',
        ruling: Ruling.BUG,
        legacy: { before: row('10.5'), after: row('7.25'), attribution: Attribution.TAGGED },
        modern: { before: row('10.5'), after: row('7'), attribution: Attribution.INFERRED },
      },
      { entity: 'account', key: '["B"]', legacy: { before: row('1') } },
    ],
  });
  expect(effectLines(verdict, plain)).toEqual([
    'effects: 2 rows',
    '  A change came after the verdict: this is revision 1.',
    '✗ account ["A"]',
    '    legacy  balance 10.5 → 7.25 (Δ -3.25)',
    '    modern  balance 10.5 → 7 (Δ -3.5) (request inferred)',
    '✓ account ["B"]',
    '    legacy  deleted',
    '    modern  (left as it was)',
    '',
  ]);
});

test('nothing where no entities are declared; what is not known is said', () => {
  expect(effectLines(create(VerdictSchema, {}), plain)).toEqual([]);
  const unknown = { effectsState: EffectsState.UNKNOWN, effectsExplanation: 'The stream stood still.' };
  expect(effectLines(create(VerdictSchema, unknown), plain)).toEqual([
    'effects: not known in full',
    '  The stream stood still.',
    '',
  ]);
});
