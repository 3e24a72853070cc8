import { raw } from '../../../testing/episodes.ts';
import type { ProofCases } from './proof-cases.ts';

/** Pairs that the proofs of numbers and amounts accept and refuse. */
export const PROOFS_OF_NUMBERS: ProofCases = {
  'decimal-equal': {
    accepts: [
      [[raw('1.10'), raw('1.1')]],
      [[raw('1e3'), raw('1000')]],
      [[raw('-0.0'), raw('0')]],
      [[raw('0.00001'), raw('1E-5')]],
    ],
    refuses: [
      [[raw('1.10'), raw('1.11')]],
      [[raw('9007199254740993'), raw('9007199254740992')]],
      [[raw('1e5'), raw('1e4')]],
    ],
  },
  'number-notation': {
    accepts: [
      [[12.5, '12.5']],
      [['6234.88', '6.234,88']],
      [['2888.81', '2,888.81']],
      [['(12.50)', '-12.50']],
      [['12.50-', '-12.50']],
      [['€12.50', '12.50 EUR']],
      [['2.5%', raw('0.025')]],
      [['0012.50', '12.50']],
      [['1234567', '1.234.567']],
    ],
    refuses: [
      [['+4915112345678', '4915112345678']],
      [['+4915112345678', 4915112345678]],
      [['1,234', 1234]],
      [['9007199254740993', raw('9007199254740993')]],

      [['2.161', '2161']],
      [['2.161', '2,161']],
      [['00235278', '235278']],
      [['12.50', '12.5']],
      [['12.50 EUR', '12.50 USD']],
      [['(12.50)', '12.50']],
      [['2.5%', raw('2.5')]],
      [['12E2', '1200']],
      [['3,446.05', '3445.05']],
    ],
  },
  'float-noise': {
    accepts: [
      [[raw('193.88'), raw('193.87999999999982')]],
      [[raw('793.13'), raw('7.93129999999999995E+02')]],
      [[raw('0'), raw('5.551115123125783e-17')]],
    ],
    refuses: [
      [[raw('1234567890123.45'), raw('1234567890123.44')]],
      [[raw('12345678901234.56'), raw('12345678901234.55')]],

      [[raw('193.88'), raw('193.8799')]],
      [[raw('3847331338612409824'), raw('3847331338612409856')]],
      [[raw('12.35'), raw('12.350000381469727')]],
    ],
  },
  float32: {
    accepts: [
      [[raw('37.451438'), raw('37.451438903808594')]],
      [[raw('0.974662'), raw('0.9746620059013367')]],
    ],
    refuses: [
      [[raw('1.23456789'), raw('1.2345679')]],
      [[raw('12.35'), raw('12.350000381469727')]],
      [[raw('37.451438'), raw('37.451538')]],
    ],
  },
  'more-digits': {
    accepts: [
      [
        [raw('44.5'), raw('44.53')],
        [raw('7.3'), raw('7.35')],
        [raw('1.1'), raw('1.083412')],
      ],
    ],
    refuses: [
      [[raw('44.5'), raw('44.56')]],
      [[raw('44.5'), raw('44.53')]],
      [[raw('12.35'), raw('12.3549')]],
      [[raw('45'), raw('44.6')]],
      [[raw('0.5'), raw('0.54')]],
      [[raw('44.5'), raw('44')]],
    ],
  },
  'computed-digits': {
    accepts: [[[raw('0.3333333333333333'), raw('0.333333')]]],
    refuses: [
      [[raw('0.123456789012345678'), raw('0.123457')]],
      [[raw('1234567.12345678'), raw('1234567.1235')]],

      [[raw('0.6666666666666666'), raw('0.666666')]],
      [[raw('1.083456'), raw('1.0835')]],
      [[raw('0.3333333333333333'), raw('0.33')]],
    ],
  },
  'unit-conversion': {
    accepts: [
      [['4456448 KiB', '4.25 GiB']],
      [['2 ha 5 a 12 ca', { value: 20512, unit: 'm2' }]],
      [['62 a 94 ca', '0.6294 ha']],
      [
        [
          { qty: '000032787', uom: 'KWH' },
          { quantity: 32.787, unit: 'MWh' },
        ],
      ],
      [['0.15 MG', { value: 150, unit: 'ug' }]],
      [['104.54 °F', '40.3 °C']],
      [['44.991 MWh', '44991 kWh']],
      [['25.5 GiB', '26112 MiB']],
      [['100 km/h', '27.8 m/s']],
    ],
    refuses: [
      [['2 ha 5 a 12 ca', { value: 2512, unit: 'm2' }]],
      [
        [
          { qty: '000032787', uom: 'KWH' },
          { quantity: 32.78, unit: 'MWh' },
        ],
      ],
      [['0.15 MG', { value: 15, unit: 'ug' }]],
      [['500 µg', '1 mg']],
      [['44991 kWh', '45 MWh']],
      [['12 oz', '1 lb']],
      [['40 °C', '104.5 °F']],

      [['104.54 °F', '104.54 °C']],
      [['44.991 MWh', '44.991 kWh']],
      [['25.5 GiB', '25500 MiB']],
      [['5 kg', '5 km']],
      [['5 mg', '5 g']],
    ],
  },
  'angle-notation': {
    accepts: [[[`52°31'12"N`, 52.52]], [['13 24 36 E', '13.41']]],
    refuses: [
      [['52°31\'12"N', 53]],
      [['52°31\'12"N', 52.5]],
      [[`52°31'12"N`, 52.3112]],
      [[`52°31'12"S`, 52.52]],
    ],
  },
  'money-magnitude': {
    accepts: [
      [['75 kEUR', '75000 EUR']],
      [
        [
          { value: 75, unit: 'TEUR' },
          { value: 75000, unit: 'EUR' },
        ],
      ],
      [
        [
          { value: 1.5, unit: 'Mio CHF' },
          { amount: 1500000, currency: 'CHF' },
        ],
      ],
    ],
    refuses: [
      [['75 kEUR', '7500 EUR']],
      [['75 kEUR', '75000 USD']],
      [
        [
          { value: 75, unit: 'kEUR' },
          { value: 75, unit: 'EUR' },
        ],
      ],
    ],
  },
  'money-object': {
    accepts: [
      [
        [
          { amount: 37.66, currency: 'USD' },
          { value: 3766, exponent: 2, currency: 'USD' },
        ],
      ],
      [
        [
          { minorUnits: 92897, exponent: 0, currency: 'KRW' },
          { amount: '92897', currency: 'KRW' },
        ],
      ],
      [['€ 5.80', { amount: 5.8, currency: 'EUR' }]],
      [
        [
          { value: 547.16, currency: 'EUR' },
          { minorUnits: 54716, currency: 'EUR' },
        ],
        [
          { value: 1587, currency: 'JPY' },
          { minorUnits: 1587, currency: 'JPY' },
        ],
      ],
      [[{ amount: 36.94, debitCredit: 'D' }, { signedAmount: -36.94 }]],
      [[{ amount: 36.94, debitCredit: 'C' }, { signedAmount: 36.94 }]],
    ],
    refuses: [
      [
        [
          { amount: 37.66, currency: 'USD' },
          { value: 3766, exponent: 3, currency: 'USD' },
        ],
      ],
      [
        [
          { amount: 37.66, currency: 'USD' },
          { value: 3766, exponent: 2, currency: 'EUR' },
        ],
      ],
      [['$ 5.80', { amount: 5.8, currency: 'USD' }]],
      [['€ 1.234', { amount: 1.234, currency: 'EUR' }]],
      [['€ 5.80', { amount: 5.8, currency: 'USD' }]],
      [
        [
          { value: 1587, currency: 'JPY' },
          { minorUnits: 158700, currency: 'JPY' },
        ],
      ],
      [
        [
          { value: 547.16, currency: 'EUR' },
          { units: 54716, currency: 'EUR' },
        ],
      ],
      [
        [
          { value: 547.16, currency: 'EUR' },
          { minorUnits: 54716, currency: 'USD' },
        ],
      ],
      [[{ value: 547.16 }, { minorUnits: 54716 }]],
      [[{ amount: 36.94, debitCredit: 'D' }, { signedAmount: 36.94 }]],
      [[{ amount: 36.94, kind: 'D' }, { signedAmount: -36.94 }]],
      [[{ amount: 36.94, debitCredit: 'D' }, { signedAmount: -36.95 }]],
      [[{ amount: 36.94, debitCredit: 'D', fee: 1 }, { signedAmount: -36.94 }]],
    ],
  },
};
