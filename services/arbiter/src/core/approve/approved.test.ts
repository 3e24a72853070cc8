import { Kind, Ruling, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import { compareAnswers, type RuleParts, summary } from '../../testing/compare.ts';
import { failuresTold } from './failures.ts';

const VIP_FEE = {
  name: 'vip-fee',
  why: 'legacy charges VIP customers three times the fee',
  path: 'body.fee',
  when: 'request.segments.segment == "VIP"',
  expect: 'legacy / 3',
};

/** A bearer token whose payload holds the segment; nobody checks its signature here. */
function bearer(segment: string): string {
  return `Bearer e30.${btoa(JSON.stringify({ segment })).replaceAll('=', '')}.x`;
}

function vip(segment: string, approved = VIP_FEE): RuleParts {
  return {
    approved: [approved],
    segments: [{ name: 'segment', source: { case: 'jwtClaim', value: 'segment' } }],
    request: { requestHeaders: [['authorization', bearer(segment)]] },
  };
}

function judged(legacy: string, modern: string, rules: RuleParts) {
  const comparison = compareAnswers({ body: legacy }, { body: modern }, rules);
  if (comparison.kind === Kind.LOST) throw new Error('lost');
  return comparison;
}

describe('a VIP fee three times too high in legacy', () => {
  test('the right fee is approved by name, and the answers count as equivalent', () => {
    const comparison = judged('{"fee":3.00}', '{"fee":1.00}', vip('VIP'));
    expect(summary(comparison)).toBe('equivalent | body.fee (approved:vip-fee)');
    expect(comparison.differences[0]?.ruling).toBe(Ruling.APPROVED);
    expect(comparison.differences[0]?.explanation).toBe(
      'Approved, and verified: legacy charges VIP customers three times the fee (expected 1, modern 1.00, legacy 3.00).',
    );
  });

  test('amounts as text are expected with as many digits', () => {
    const text = { ...VIP_FEE, expect: 'decimal(legacy) / 3' };
    expect(summary(judged('{"fee":"3.00"}', '{"fee":"1.00"}', vip('VIP', text)))).toMatch(/^equivalent/);
    expect(summary(judged('{"fee":"3.00"}', '{"fee":"1.0"}', vip('VIP', text)))).toBe('mismatch | body.fee');
    expect(summary(judged('{"fee":"3.00"}', '{"fee":1}', vip('VIP', text)))).toBe('mismatch | body.fee');
  });

  test('a correction that is missing is a critical bug though the answers are equal byte for byte', () => {
    const comparison = judged('{"fee":3.00}', '{"fee":3.00}', vip('VIP'));
    const [difference] = comparison.differences;
    expect(comparison.kind).toBe(Kind.MISMATCH);
    expect([difference?.ruling, difference?.severity]).toEqual([Ruling.BUG, Severity.CRITICAL]);
    expect(difference?.explanation).toBe(
      'The approved correction "vip-fee" was not applied: expected 1, modern 3.00, legacy 3.00.',
    );
  });

  test('a correction applied wrongly is a bug', () => {
    const [difference] = judged('{"fee":3.00}', '{"fee":1.01}', vip('VIP')).differences;
    expect(difference?.ruling).toBe(Ruling.BUG);
    expect(difference?.explanation).toContain('was applied wrongly: expected 1, modern 1.01, legacy 3.00');
  });

  test('a correction made for others is a bug; their equal fees are identical', () => {
    const [difference] = judged('{"fee":3.00}', '{"fee":1.00}', vip('STANDARD')).differences;
    expect(difference?.ruling).toBe(Ruling.BUG);
    expect(difference?.explanation).toContain('was applied where it does not belong');
    expect(judged('{"fee":3.00}', '{"fee":3.00}', vip('STANDARD')).kind).toBe(Kind.IDENTICAL);
  });

  test('failures of several kinds are counted each, of one kind told by one of them', () => {
    const told = (...modern: readonly (readonly [fee: string, tier: string])[]) => {
      const failures = modern.map(([fee, tier]) => judged('{"fee":3.00}', `{"fee":${fee}}`, vip(tier)));
      return failuresTold(
        'vip-fee',
        failures.flatMap(({ differences }) => differences.map(({ explanation }) => explanation)),
      );
    };
    expect(told(['1.00', 'STANDARD'], ['1.01', 'VIP'], ['3.00', 'VIP'], ['3.00', 'VIP'])).toBe(
      'The approved correction "vip-fee" was not applied (2 of 4), was applied wrongly (1 of 4) and was applied where it does not belong (1 of 4).',
    );
    expect(told(['3.00', 'VIP'], ['3.00', 'VIP'])).toBeUndefined();
  });

  test('another difference of others is judged as any, not approved', () => {
    const comparison = judged('{"fee":3.00}', '{"fee":2.00}', vip('STANDARD'));
    expect(comparison.kind).toBe(Kind.MISMATCH);
    expect(comparison.differences[0]?.rule).not.toContain('approved');
  });

  test('a fee of nothing needs no correction', () => {
    expect(judged('{"fee":0}', '{"fee":0}', vip('VIP')).kind).toBe(Kind.IDENTICAL);
    expect(summary(judged('{"fee":0}', '{"fee":0.00}', vip('VIP')))).toBe(
      'equivalent | body.fee (decimal-equal)',
    );
  });

  test('answers without the field, failures for example, are no matter of the rule', () => {
    expect(judged('{"error":"busy"}', '{"error":"busy"}', vip('VIP')).kind).toBe(Kind.IDENTICAL);
    expect(summary(judged('{"fee":3}', '{"error":"busy"}', vip('VIP')))).toMatch(/^mismatch/);
    expect(judged('{"error":"busy"}', '{"fee":1}', vip('VIP')).kind).toBe(Kind.MISMATCH);
  });

  test('what else differs in the answer still stands', () => {
    expect(summary(judged('{"fee":3,"name":"A"}', '{"fee":1,"name":"B"}', vip('VIP')))).toBe(
      'mismatch | body.name | body.fee (approved:vip-fee)',
    );
  });
});

describe('a ledger that rounds through binary floats', () => {
  const rounding = {
    approved: [
      {
        name: 'exact-vat',
        why: 'the ledger computes VAT in binary floats',
        path: 'body.vat',
        expect: 'round(decimal(request.body.net) * 0.19, 2)',
      },
    ],
    request: {
      method: 'POST',
      requestHeaders: [['content-type', 'application/json']] as [string, string][],
      // 0.19 · 1.50 is 0.285: a tie that floats, where it is 0.28499…, round down.
      requestBody: '{"net":"1.50"}',
    },
  };

  test('exact rounding is approved where it differs from the artefact', () => {
    expect(summary(judged('{"vat":0.28}', '{"vat":0.29}', rounding))).toBe(
      'equivalent | body.vat (approved:exact-vat)',
    );
  });

  test('the artefact itself is a bug on both sides', () => {
    expect(summary(judged('{"vat":0.28}', '{"vat":0.28}', rounding))).toBe('mismatch | body.vat');
  });

  test('and equal exact answers are identical', () => {
    expect(judged('{"vat":0.29}', '{"vat":0.29}', rounding).kind).toBe(Kind.IDENTICAL);
  });
});

describe('where a rule applies', () => {
  const half = { name: 'half', why: 'halved', expect: 'legacy / 2' };

  test('elements of lists, each with its position; a list whose order means nothing is paired by the rest', () => {
    const rules = {
      approved: [
        { ...half, path: 'body.items[*].fee', expect: 'legacy / 2 + answer.body.items[index[0]].extra' },
      ],
    };
    const legacy = '{"items":[{"id":1,"fee":2,"extra":0},{"id":2,"fee":4,"extra":1}]}';
    const right = '{"items":[{"id":1,"fee":1,"extra":0},{"id":2,"fee":3,"extra":1}]}';
    expect(summary(judged(legacy, right, rules))).toBe(
      'equivalent | body.items[0].fee (approved:half) | body.items[1].fee (approved:half)',
    );
    const swapped = '{"items":[{"id":2,"fee":2,"extra":1},{"id":1,"fee":1,"extra":0}]}';
    const unordered = { approved: [{ ...half, path: 'body.items[*].fee' }], unordered: ['body.items'] };
    expect(summary(judged(legacy, swapped, unordered))).toMatch(/^equivalent/);
  });

  test('headers, also such as are not compared otherwise', () => {
    const approved = [{ ...half, path: 'header.x-rate', expect: 'string(decimal(legacy) / 2)' }];
    const of = (rate: string) => ({
      headers: [
        ['content-type', 'text/plain'],
        ['x-rate', rate],
      ] as [string, string][],
    });
    expect(summary(compareAnswers(of('2.4'), of('1.2'), { approved }))).toBe(
      'equivalent | header.x-rate (approved:half)',
    );
    expect(summary(compareAnswers(of('2.4'), of('2.4'), { approved }))).toBe('mismatch | header.x-rate');
  });

  test('a field that only modern shall have, and one that it shall drop', () => {
    const added = { approved: [{ ...half, path: 'body.currency', expect: '"EUR"' }] };
    expect(summary(judged('{"a":1}', '{"a":1,"currency":"EUR"}', added))).toMatch(/^equivalent/);
    expect(summary(judged('{"a":1}', '{"a":1}', added))).toBe('mismatch | body.currency');
    const dropped = { approved: [{ ...half, path: 'body.pin', expect: 'absent()' }] };
    expect(summary(judged('{"a":1,"pin":"1234"}', '{"a":1}', dropped))).toMatch(/^equivalent/);
    expect(summary(judged('{"a":1,"pin":"1234"}', '{"a":1,"pin":"1234"}', dropped))).toBe(
      'mismatch | body.pin',
    );
  });

  test('the route, and the day until which it holds', () => {
    const path = 'body.fee';
    const of = (rule: object) =>
      summary(judged('{"fee":2}', '{"fee":1}', { approved: [{ ...half, path, ...rule }] }));
    expect(of({ route: 'GET /accounts/*' })).toMatch(/^equivalent/);
    expect(of({ route: 'POST /accounts/*' })).toMatch(/^mismatch/);
    // The exchange began a second after 1970.
    expect(of({ until: '1970-01-01' })).toMatch(/^equivalent/);
    expect(of({ until: '1969-12-31' })).toMatch(/^mismatch/);
    expect(of({ group: 'other' })).toMatch(/^mismatch/);
  });
});

describe('a rule that cannot be evaluated never approves', () => {
  test.each([
    ['legacy / 0', 'division by zero'],
    ['decimal(legacy.amount)', ''],
    ['legacy / 3', 'round it'],
    ['request.body.net * 2', 'has('],
    ['decimal(request.path)', 'no decimal number'],
  ])('%s: asked, with the reason', (expect_, reason) => {
    const comparison = judged('{"fee":10}', '{"fee":5}', {
      approved: [{ name: 'r', why: 'w', path: 'body.fee', expect: expect_ }],
    });
    expect(comparison.kind).toBe(Kind.MISMATCH);
    expect(comparison.differences[0]?.ruling).toBe(Ruling.ASKED);
    expect(comparison.differences[0]?.explanation).toContain('could not be checked');
    expect(comparison.differences[0]?.explanation).toContain(reason);
  });

  test('also where both answers are equal', () => {
    const comparison = judged('{"fee":10}', '{"fee":10}', {
      approved: [{ name: 'r', why: 'w', path: 'body.fee', expect: 'legacy / 3' }],
    });
    expect(comparison.differences[0]?.ruling).toBe(Ruling.ASKED);
  });
});
