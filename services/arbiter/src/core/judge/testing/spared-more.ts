import { raw, type Values } from '../../../testing/episodes.ts';
import { many } from './rows.ts';

/** More of what stands in spared.ts. */
export const SPARED_MORE: Readonly<Record<string, readonly Values[]>> = {
  'a fingerprint without its colons': [['16:63:36:0D:61:C4:4D:28:7E:DD', '1663360d61c44d287edd']],
  'figures that are all converted alike': [
    ['25 56 36 N', { lat: 25.943333 }],
    ['12 08 51 N', { lat: 12.1475 }],
    ['19 12 45 N', { lat: 19.2125 }],
    ['48 30 00 N', { lat: 48.5 }],
    ['51 28 38 N', { lat: 51.477222 }],
    ['40 44 54 N', { lat: 40.748333 }],
  ],
  'words that legacy’s own runs do not keep': [
    ['openid email', ['email', 'openid'], 'email openid'],
    ['openid pay:read', ['openid', 'pay:read'], 'pay:read openid'],
    ['openid email pay:read', ['email', 'openid', 'pay:write'], 'pay:write openid'],
  ],
  'words of another notation': [
    ['openid email', ['scope/email', 'scope/openid'], 'email openid'],
    ['openid pay', ['scope/openid', 'scope/pay'], 'pay openid'],
    ['openid pay email', ['scope/email', 'scope/openid', 'scope/pay'], 'pay email openid'],
  ],
  'records in another order': [
    [
      { names: ['Murphy, Olga', 'Miller, James'], shares: ['3/4', '1/4'] },
      [
        { name: 'Miller, James', share: '1/4' },
        { name: 'Murphy, Olga', share: '3/4' },
      ],
    ],
  ],
  'periods that follow each other as one': [
    [
      [
        { from: '2019-01-30', to: '2019-11-23' },
        { from: '2019-11-24', to: '2020-04-08' },
      ],
      [{ from: '2019-01-30', to: '2020-04-08' }],
    ],
  ],
  'a marriage from the other side': [
    [
      [{ from: 'Ann', to: 'Bo', relation: 'MARRIED_TO' }],
      [{ from: 'Bo', to: 'Ann', relation: 'MARRIED_TO' }],
    ],
  ],
  'rows that became objects with moments of another zone': [
    [['CNSHA DEP 2022-04-27T15:09:40+08:00'], [{ at: '2022-04-27T07:09:40Z', place: 'CNSHA', code: 'DEP' }]],
  ],
  'numbers without the name of their encoding': [
    [
      { hz: 250, encoding: 'int16le', samples: 'FADWANT/Af6WAtkA' },
      { hz: 250, samples: [20, 214, -44, -511, 662, 217] },
    ],
  ],
  'the same content compressed anew': [
    [
      'H4sIAAAAAAAEA0XIOxKAIAwFwJ67kElePsLkNMxoqTZ4fzsod88xrxz3+z2zgGGVtbJmp+BtT4FR0z09EQRfIZoShGMFOBsbiZcf/Rm9pWIAAAA=',
      'H4sIAAAAAAACA0XIOxKAIAwFwJ67kElePsLkNMxoqTZ4fzsod88xrxz3+z2zgGGVtbJmp+BtT4FR0z09EQRfIZoShGMFOBsbiZcf/Rm9pWIAAAA=',
    ],
  ],
  'a place in a list that is encoded otherwise': [
    ['YWZ0ZXI9NTU1NDgzO2xpbWl0PTEwMA==', 'eyJsYXN0SWQiOjU1NTQ4Mywic2l6ZSI6MTAwfQ'],
    ['YWZ0ZXI9NzI1MDM4O2xpbWl0PTEwMA==', 'eyJsYXN0SWQiOjcyNTAzOCwic2l6ZSI6MTAwfQ'],
  ],
  'figures that legacy groups now and then': [
    ['08051022', '0805.10.22'],
    ['0805.10.22', '0805.10.22'],
    ['09011100', '0901.11.00'],
  ],
  'lines of a fixed width as their text': [
    [['ORDER UNTIL FUR', 'THER NOTICE    '], 'ORDER UNTIL FURTHER NOTICE'],
  ],
  'rows under other keys in another order': [
    [
      [
        { NAME: 'A', QUOTA: 5 },
        { NAME: 'B', QUOTA: 7 },
      ],
      [
        { name: 'B', share: 7 },
        { name: 'A', share: 5 },
      ],
    ],
  ],
  'no limit in nines beside amounts without their zeros': [
    ...many(4, (i) => [`000000${i}300.00`, `${i}300.00`]),
    ['9999999999.99', 'UNLIMITED'],
  ],
  'a code without its name': [
    ['ZRH ZURICH', 'ZRH'],
    ['MAD MADRID BARAJAS', 'MAD'],
    ['LIN MILAN LINATE', 'LIN'],
  ],
  'letters of which none is set, as a list': [
    ['NNNYNYNYNNYY', [4, 6, 8, 11, 12]],
    ['NNNNNNNNNNNN', []],
  ],
  'an amount in the minor unit that a member names': [
    ['GBP 12.10', { minorUnits: 1210, currency: 'GBP' }],
    ['GBP 16.30', { minorUnits: 1630, currency: 'GBP' }],
    ['GBP 0.35', { minorUnits: 35, currency: 'GBP' }],
  ],
  'an amount of three decimals filled up in the minor unit': [
    [
      { amount: '000000532790', currency: '414' },
      { amount: '532.790', currency: 'KWD' },
    ],
    [
      { amount: '000000002132', currency: '826' },
      { amount: '21.32', currency: 'GBP' },
    ],
  ],
  'an open end': [[{ UPTO: '99999999' }, { upTo: null }]],
  'a minus for a word': [
    ...many(4, (i) => [{ QTY: `000${i}12`, SIDE: 'LONG' }, raw(`${i === 0 ? '' : i}12`)]),
    [{ QTY: '000327', SIDE: 'SHORT' }, -327],
  ],
  'segments as rows': [
    [
      'Olga Fox 45 %, Ann Bell 55 %',
      [
        { name: 'Ann Bell', percent: 55 },
        { name: 'Olga Fox', percent: 45 },
      ],
    ],
  ],
  'texts taken apart': [
    [
      ['2/7', '5/7'],
      [
        { num: 2, den: 7 },
        { num: 5, den: 7 },
      ],
    ],
  ],
  'identifiers of their own': [
    ['K2059519', 'K3854841'],
    ['K2430368', 'K9930127'],
  ],
  'the case of an address': [['ANNA.FOX@MAIL.EXAMPLE', 'anna.fox@mail.example']],
  'words that are written in one way': [
    ...many(2, (i) => [{ rate: `${i}.25`, per: 'YEAR' }, `${i}.25 % p.a.`]),
    ...many(3, (i) => [{ rate: `${i}.50`, per: 'MONTH' }, `${i}.50 % p.m.`]),
  ],
  'a list of PHP with gaps': [[{ 0: 'A', 2: 'B' }, ['A', 'B']]],
  'words written together throughout': [['RETURNED TO SENDER', 'ReturnedToSender']],
  'a key that becomes a key of a row': [[{ a: 1, b: 2 }, [{ a: 1 }, { b: 2 }]]],
  'a key of nothing': [[{ email: 'x', dueDate: [] }, [{ field: 'email', message: 'x' }]]],
  'one filler left out of every identifier': [
    ['89498197405798427760F', '8949819740579842776'],
    ['89491426572112704630F', '8949142657211270463'],
    ['89492561952979161720F', '8949256195297916172'],
  ],
  'elements that carry their place': many(4, () => [
    [
      { line: 1, a: 'x' },
      { line: 2, a: 'y' },
      { line: 3, a: 'z' },
    ],
    [
      { line: 3, a: 'z' },
      { line: 1, a: 'x' },
      { line: 2, a: 'y' },
    ],
  ]),
  'records as lists under names': [
    [
      { a: ['x', 'y'], n: [1, 2] },
      [
        { a: 'x', n: 1 },
        { a: 'y', n: 2 },
      ],
    ],
  ],
  'a check digit behind each identifier': [
    ['35209900176148', '352099001761481'],
    ['49015420323751', '490154203237518'],
    ['35732606012345', '357326060123451'],
  ],
  'an amount in cents beside its currency': [['EUR 12.50', { minor: 1250, currency: 'EUR' }]],
  'small numbers that are named': [
    [1, 'ACTIVE'],
    [2, 'CLOSED'],
  ],
  'digits that are named, one of them UNKNOWN': [
    ['00', 'SUCCESS'],
    ['05', 'DECLINED'],
    ['99', 'UNKNOWN'],
  ],
  'parameters in another order': [['?a=1&b=2', '?b=2&a=1']],
  'seconds counted from 2001': [
    [700000000, '2023-03-08T20:26:40Z'],
    [710000000, '2023-07-02T14:13:20Z'],
  ],
  'two spellings of yes': [
    ['Y', { flag: true }],
    ['J', { flag: true }],
  ],
  'a denial in another word': [['Your card is not active', 'Your card is inactive']],
  'blank elements at the end': [
    [
      ['Anna', 'Lars', '', ''],
      ['Anna', 'Lars'],
    ],
  ],
  'texts told twice': [
    [
      ['READ', 'WRITE', 'READ'],
      ['READ', 'WRITE'],
    ],
  ],
  'a code of a vocabulary that has a word for other': [
    ['O', 'other'],
    ['M', 'male'],
  ],
  'a number with a unit that nobody here knows': [
    [
      { n: 10, u: 'foo' },
      { n: 25, u: 'bar' },
    ],
    [
      { n: 20, u: 'foo' },
      { n: 50, u: 'bar' },
    ],
    [
      { n: 34, u: 'foo' },
      { n: 85, u: 'bar' },
    ],
  ],
  'zero bytes that fill a field': [
    ['Osaka South\0\0\0', 'Osaka South'],
    ['Osaka South\0\0\0\0', 'Osaka South'],
  ],
  'a set of words in another order': [
    ['transactions openid', 'openid transactions'],
    ['transactions openid', 'transactions openid'],
    ['openid transactions', 'transactions openid'],
  ],
  'parts that say a default': [['FREQ=DAILY;INTERVAL=1;COUNT=4', 'FREQ=DAILY;COUNT=4']],
  'a synonym of an algorithm': [
    [
      '$2y$12$kI5GtWbx2PQgTOLWM1wl7K0YzlEeGH8VkPQhdCAzNdb3cLxwItyqk',
      '$2b$12$kI5GtWbx2PQgTOLWM1wl7K0YzlEeGH8VkPQhdCAzNdb3cLxwItyqk',
    ],
  ],
  'months of a fiscal year, which are no multiples': [
    ['FY2022 P01', '2021-10'],
    ['FY2022 P02', '2021-11'],
    ['FY2022 P03', '2021-12'],
    ['FY2022 P04', '2022-01'],
    ['FY2023 P09', '2023-06'],
    ['FY2024 P07', '2024-04'],
    ['FY2025 P12', '2025-09'],
    ['FY2026 P08', '2026-05'],
  ],
  'numbers of a version without the zeros that fill them': [
    ['V04.11.13', '4.11.13'],
    ['V04.12.30', '4.12.30'],
    ['V05.10.22', '5.10.22'],
    ['V04.01.03', '4.1.3'],
  ],
  'rows of text as objects that say something more': [
    [
      ['2024-11-17 08:59 Anna Silva: Refund approved'],
      [{ at: '2024-11-17T08:59', author: 'Anna Silva', text: 'Refund approved', visibility: 'PUBLIC' }],
    ],
  ],
  'a token that wrote a text, of another kind': [
    ['bz0yNTtuPTAyZWIwM2U0NTQ7cz0zNDg=', 'c_WAZBHRXS8E7B9Y2ZBMV3', 'bz0yNTtuPTJkZTE0NGE1ZmQ7cz0wMTE='],
    ['bz01MDtuPTFjOTcyZmQwMjM7cz05MTI=', 'c_T5NQ0RXE1JW8KD2M6YPA', 'bz01MDtuPWI4OTNhMTc3ZDA7cz00NzU='],
    ['bz03NTtuPTkzYTdkMGVmMTI7cz01NTA=', 'c_8ZV3KHM2Q4CGN7RBX0TJ', 'bz03NTtuPTBlNGY5MWM4YTM7cz0yMDY='],
  ],
  'a measure near zero that is zero once': [
    ['-0.1', '0.0', '0.1'],
    ['0.3', '0.2', '0.2'],
    ['-0.2', '-0.1', '-0.3'],
  ],
  'cents of a price in the currency beside it': [
    ['30,41 ct/kWh', { price: '0.3041', currency: 'EUR', per: 'kWh' }],
    ['37,15 ct/kWh', { price: '0.3715', currency: 'EUR', per: 'kWh' }],
    ['22,78 ct/kWh', { price: '0.2278', currency: 'EUR', per: 'kWh' }],
  ],
  'an amount with its currency, of which a word beside it tells the sign': [
    [{ Amt: { Ccy: 'EUR', value: '18.61' }, CdtDbtInd: 'CRDT' }, { amt: '18.61' }],
    [{ Amt: { Ccy: 'EUR', value: '3556.11' }, CdtDbtInd: 'DBIT' }, { amt: '-3556.11' }],
    [{ Amt: { Ccy: 'EUR', value: '27.40' }, CdtDbtInd: 'CRDT' }, { amt: '27.40' }],
    [{ Amt: { Ccy: 'EUR', value: '912.05' }, CdtDbtInd: 'DBIT' }, { amt: '-912.05' }],
    [{ Amt: { Ccy: 'EUR', value: '406.69' }, CdtDbtInd: 'CRDT' }, { amt: '406.69' }],
  ],
};
