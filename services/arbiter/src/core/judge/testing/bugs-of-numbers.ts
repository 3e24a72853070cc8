import { raw } from '../../../testing/episodes.ts';
import { cents, type Episodes, many } from './rows.ts';

/** Episodes that bug rules must name: numbers and quantities. */
export const BUGS_OF_NUMBERS: Episodes = {
  'version-as-number': [
    [
      ['1.9', raw('1.9')],
      ['1.10', raw('1.1')],
      ['1.1', raw('1.1')],
    ],
  ],
  'mark-lost': [
    [
      ['57.96 D', 57.96],
      ['35.41 C', 35.41],
      ['12.07 D', 12.07],
    ],
    [
      ['2PC', { allowance: 2 }],
      ['23K', { allowance: 23 }],
      ['1PC', { allowance: 1 }],
    ],
  ],
  'derivation-broken': [
    [
      ...many(7, (i) => [`${i + 4} shok ${i + 1} mandel`, `${(i + 4) * 4 + i + 1} garbs`]),
      ['5 shok 11 mandel', '511 garbs'],
      ['6 shok 2 mandel', '26 garbs'],
    ],
  ],
  'sixtieths-as-decimals': [[['39:15 h', raw('39.15')]], [['2h14m', 214]], [['03:01:58', 30158]]],
  'currency-changed': [[['12.50 EUR', '12.50 USD']]],
  'sign-flipped': [[[raw('-8.81'), raw('8.8100')]]],
  'integer-overflow': [[[4370059493, 75092197]], [[300, 44]], [[40000, 32767]]],
  'integer-rounded': [[[raw('3847331338612409824'), raw('3847331338612409856')]]],
  'scale-changed': [
    [
      [163855, '1638.55'],
      [16009, '160.9'],
    ],
    [[163855, raw('1638.55')]],
    [[raw('52.55'), raw('5255')]],
    [[raw('0.025'), raw('2.500')]],
  ],
  'money-float32': [[[raw('1234567.89'), raw('1234567.875')]]],
  reciprocal: [[[raw('0.667942'), raw('1.497136')]]],
  clamped: [
    [
      [raw('585.81'), raw('500')],
      [raw('939.25'), raw('500')],
      [raw('701.13'), raw('500')],
      [raw('12.10'), raw('12.10')],
    ],
  ],
  'value-of-another-request': [
    [
      [raw('551.63'), raw('496.92')],
      [raw('337.27'), raw('551.63')],
      [raw('3309.83'), raw('337.27')],
    ],
  ],
  ratio: [
    [
      [raw('100.00'), raw('102.50')],
      [raw('210.00'), raw('215.25')],
    ],
  ],
  offset: [
    [
      [raw('100.00'), raw('101.50')],
      [raw('210.00'), raw('211.50')],
      [raw('17.00'), raw('18.50')],
    ],
  ],
  'digits-cut': [[[raw('36.389'), raw('36.38')]]],
  'one-sided-rounding': [many(10, (i) => [cents(378 + 100 * i), cents(377 + 100 * i + (i % 2))])],
  'number-changed': [
    [
      [raw('29.517140'), '29.5171'],
      [raw('63.039148'), '63.0391'],
      [raw('54.321977'), '54.3220'],
    ],
    [[raw('-65027221.2646'), raw('-65027871.5433')]],
  ],
  'quantity-changed': [
    [['6\'3"', '63 in']],
    [['25,89 ct/kWh', '25.89 EUR/kWh']],
    [
      [
        { analyte: 'Glucose', value: 115, unit: 'mg/dL' },
        { analyte: 'Glucose', value: 1.3, unit: 'mmol/L' },
      ],
    ],
    [['104.54 °F', '104.54 °C']],
  ],
  'zero-lost': [
    [
      [0, null],
      [null, null],
      [raw('3.71'), raw('3.71')],
    ],
    [
      [0, undefined],
      [0, 0],
    ],
  ],
  'currency-mark': [
    [['A$ 4.60', { amount: raw('4.60'), currency: 'USD' }]],
    [['£ 281.34', { amount: raw('281.34'), currency: 'EUR' }]],
  ],
  'percent-mixed': [
    [
      [raw('0.2000'), '20%'],
      [raw('0.0550'), '0.055%'],
    ],
  ],
  'factor-broken': [
    [
      ['16.41 %', raw('0.1641')],
      ['2.19 %', raw('0.0219')],
      ['5.17 %', raw('0.0517')],
      ['0.44 %', raw('0.44')],
    ],
    [['000475221', 16469]],
  ],
  'measured-changed': [
    [
      ['611 pts', '325286 points'],
      ['1015 pts', '1015 points'],
      ['2753 pts', '2753 points'],
    ],
  ],
};
