import { describe, expect, test } from '@jest/globals';
import { raw, triple, type Values } from '../../../testing/episodes.ts';
import { provePair } from '../pair.ts';
import { FieldProfile, UNKNOWN_FIELD } from '../profile.ts';
import { PROOF_RULES } from './table.ts';

/** By rule: pairs that it proves, and pairs that look alike and that nothing may prove. Each row is one field; all its pairs are its history. */
const CASES: Readonly<
  Record<string, { accepts: readonly (readonly Values[])[]; refuses: readonly (readonly Values[])[] }>
> = {
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
  'same-json': {
    accepts: [
      [
        [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
      ],
      [[raw('"\\u00fc"'), raw('"ü"')]],
      [[raw('[1, 2]'), raw('[1,2]')]],
    ],
    refuses: [
      [
        [
          [1, 2],
          [2, 1],
        ],
      ],
      [
        [
          { a: 1, b: 2 },
          { a: 2, b: 1 },
        ],
      ],
    ],
  },
  'nothing-notation': {
    accepts: [
      [[null, undefined]],
      [['', null]],
      [[[], null]],
      [['0001-01-01T00:00:00Z', null]],
      [['31.12.9999', null]],
      [[{ '@xsi:nil': 'true' }, null]],
      [['N/A', '']],
      [[undefined, []]],
    ],
    refuses: [
      [['31.12.2099', null]],
      [[{ '@xsi:nil': 'false' }, null]],
      [[null, 0]],
      [[null, false]],
      [[null, 'null']],
      [[null, '0001-01-01']],
      [['', []]],
      [['1970-01-01', null]],
      [[0, null]],
    ],
  },
  'truth-notation': {
    accepts: [
      [
        ['YES', true],
        ['NO', false],
        ['UNKNOWN', null],
      ],
      [[true, 1]],
      [['Y', true]],
      [['false', false]],
      [['J', 'YES']],
    ],
    refuses: [
      [
        ['YES', true],
        ['NO', false],
        ['UNKNOWN', false],
      ],
      [
        ['NO', false],
        ['UNKNOWN', null],
      ],
      [[true, 0]],
      [['Y', false]],
      [
        ['NO', false],
        ['SE', 'SE'],
      ],
      [[2, true]],
      [['NO', 'N']],
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
  'same-instant': {
    accepts: [
      [['2024-11-13T08:35:35.971Z', '2024-11-13T08:35:35.971+00:00']],
      [['2025-07-31T15:56:02Z', '2025-07-31T17:56:02+02:00']],
      [['2024-04-16T10:31:59.779Z', raw('1713263519779')]],
      [['Tue, 05 Mar 2024 10:00:00 GMT', '2024-03-05T10:00:00Z']],
      [['2024-03-05 10:00:00Z', '2024-03-05T10:00:00Z']],
      [['2023-05-10-08.33.50.651458', '2023-05-10T08:33:50.651458']],
      [['/Date(1713263519779+0200)/', '2024-04-16T10:31:59.779Z']],
    ],
    refuses: [
      [['2024-07-01T12:00:00+02:00', '2024-07-01T12:00:00Z']],
      [['2024-07-01 12:00:00', '2024-07-01T12:00:00Z']],
      [['2024-07-05T10:00:00+02:00[Europe/Berlin]', '2024-07-05T10:00:00+02:00']],
      [['2024-07-01T12:00:00Z', '2024-07-01T12:00:00']],
      [['2024-07-01 12:00:00', '2024-07-01T10:00:00Z']],
      [[raw('1713263519'), raw('1713263519000')]],
      [['2024-04-16T10:31:59.779Z', '2024-04-16T10:31:59.000Z']],
      [['2024-04-16T10:31:59Z', '2024-04-16T10:31Z']],
    ],
  },
  'sub-second': {
    accepts: [
      [['2025-09-28T23:56:23.612Z', '2025-09-28T23:56:23Z']],
      [['2025-09-28T23:56:23Z', '2025-09-28T23:56:23.612Z']],
    ],
    refuses: [
      [['2025-09-28T23:56:23.612Z', '2025-09-28T23:56:24Z']],
      [['2014-06-07T00:10:45.044000', '2014-06-07T00:10:45.44']],
    ],
  },
  'same-date': {
    accepts: [
      [['2024-03-05', '05.03.2024']],
      [['2024-03-05', '20240305']],
      [['5 March 2024', '2024-03-05']],
      [['2024-03-05', '2024-03-05T00:00:00Z']],
      [
        ['2024-12-25', '25/12/2024'],
        ['2024-03-05', '05/03/2024'],
      ],
    ],
    refuses: [
      [['2024-03-05', '05/03/2024']],
      [['2024-03-05', '2024-05-03']],
      [['2024-03-05', '2024-03-04T23:00:00Z']],
      [['2024-03-05T13:45:00Z', '2024-03-05']],
      [
        ['2024-12-25', '25/12/2024'],
        ['2024-03-05', '03/05/2024'],
      ],
    ],
  },
  'duration-notation': {
    accepts: [[['PT1H30M', '01:30:00']], [[5400, 'PT1H30M']], [['90 min', 'PT1H30M']]],
    refuses: [
      [['01:30', 5400]],
      [['01:30', 'PT1H30M']],
      [['PT1H30M', 'PT1H31M']],
      [['P1M', 'PT1M']],
      [['PT1H30M', 90]],
      [['P1M', 'P30D']],
    ],
  },
  'coded-notation': {
    accepts: [
      [['BID', 'twice daily']],
      [['54=1 (Buy)', 'BUY']],
      [['65 AND OVER', '65+']],
      [['5½', 5.5]],
      [['2*3.90 1*4', [3.9, 3.9, 4]]],
      [['67Y06M', { years: 67.5 }]],
      [['KO    251229C00241500', { root: 'KO', expiry: '2025-12-29', type: 'call', strike: 241.5 }]],
      [[{ local: '2024-05-02 07:45', zone: 'Europe/Berlin' }, '2024-05-02T05:45:00Z']],
      [['2025-10-11 10:00 AM - 02:00 PM', { from: '2025-10-11T10:00', to: '2025-10-11T14:00' }]],
      [['AB NEG', 'AB-']],
      [['39=2', 'FILLED']],
      [['IV', 4]],
      [['every 6 hours', { timesPerDay: 4 }]],
      [['<=128.5', { high: 128.5 }]],
      [['1600-1800', '4:00 PM - 6:00 PM']],
      [['MT-T---', ['MO', 'TU', 'TH']]],
      [[{ qty: '000002890', side: 'SHORT' }, -2890]],
      [['8949023382894757116F', '8949023382894757116']],
      [['6272-9305-65', '06272930565']],
      [['031.055.036.028', '31.55.36.28']],
      [['1-0:1.8.0*255', '1.8.0']],
      [['1999-00-00', '1999']],
      [['2022-W41', '2022-10-10/2022-10-16']],
      [['06M', 'P6M']],
      [['NOV29', '2029-11']],
      [['MONTH', 'monthly']],
      [['HALF_YEARLY', 'P6M']],
      [['WEEKLY', 'P1W']],
      [['TUESDAY', 'Tue']],
      [['Mi', 'Wednesday']],
      [[{ sign: '-', amount: '379.14' }, raw('-379.14')]],
      [[{ units: '6826', nanos: 180000000 }, raw('6826.18')]],
      [['02:47 PM', '14:47']],
      [['2024-W05', '202405']],
      [['Q1 2024', '2024-Q1']],
      [['P2Y', 'P24M']],
      [[39657, '2008-07-28']],
      [['R06.06.30', '2024-06-30']],
      [['00002099C', raw('20.99')]],
      [['41 7/8', raw('41.875')]],
      [['88.2M', 88200000]],
      [['AT', 'AUT']],
      [['978', 'EUR']],
      [['DE', 'Germany']],
      [['#f00', 'rgb(255, 0, 0)']],
      [[3232235777, '192.168.1.1']],
      [['10.0.0.0/24', '10.0.0.0/255.255.255.0']],
      [['rwxr-xr-x', '755']],
      [['drwxr-xr-x', '0755']],
      [['text/html;charset=UTF-8', 'text/html; charset=utf-8']],
      [['XIV', 14]],
      [['******2,642.71', '2642.71']],
      [['05/25', '2025-05']],
      [['Q3 2015', '2015-07-01/2015-09-30']],
      [['2015-07', { from: '2015-07-01', to: '2015-08-01' }]],
      [['QUARTERLY', 'P3M']],
      [['ACT/365F', 'Actual/365 (Fixed)']],
      [['DR', 'DEBIT']],
      [['Europe/Kiev', 'Europe/Kyiv']],
    ],
    refuses: [
      [['BID', 'three times daily']],
      [['54=1 (Sell)', 'SELL']],
      [['65 AND OVER', '64+']],
      [['2*3.90 1*4', [3.9, 4, 4]]],
      [['67Y06M', { years: 67.06 }]],
      [['KO    251229C00241500', { root: 'KO', expiry: '2025-12-29', type: 'put', strike: 241.5 }]],
      [[{ local: '2024-05-02 07:45', zone: 'Europe/Berlin' }, '2024-05-02T06:45:00Z']],
      [['AB NEG', 'AB+']],
      [['IV', 6]],
      [['every 12 hours', { timesPerDay: 12 }]],
      [['<25', { value: 25 }]],
      [['1200-1400', '12:00 AM - 2:00 PM']],
      [['MT-T---', ['SU', 'MO', 'WE']]],
      [[{ qty: '000002890', side: 'SHORT' }, 2890]],
      [['8944640849436138576F', raw('8944640849436138000')]],
      [['031.055.036.028', '25.45.30.28']],
      [['1999-00-00', '1999-01-01']],
      [['2024-W36', '2024-09-01/2024-09-07']],
      [['06M', 'PT6M']],
      [['NOV29', '2029-10']],
      [['WEEK', 'daily']],
      [['BIWEEKLY', 'P1W']],
      [['WED', 'Tuesday']],
      [[{ sign: '-', amount: '379.14' }, raw('379.14')]],
      [[{ units: '6826', nanos: 18000000 }, raw('6826.18')]],
      [[{ units: '-6', nanos: 500000000 }, raw('-5.5')]],
      [
        ['202405', '2024-W05'],
        ['202412', '2024-W12'],
      ],
      [
        ['0000123C', 1.23],
        ['0000123{', 12.3],
      ],

      [['12:10 AM', '12:10']],
      [['2024-W05', '2024-W06']],
      [['P5Y', 'PT60M']],
      [[39657, '2012-07-29']],
      [['00002099D', raw('20.99')]],
      [['41 7/8', raw('41.7')]],
      [['AT', 'AUS']],
      [['EUR', 'USD']],
      [['DE', 'Denmark']],
      [['#ff0010', 'rgb(16, 0, 255)']],
      [['10.0.0.0/24', '10.0.0.0/25']],
      [['rwxr-xr-x', '777']],
      [['drwxr-xr-x', '-rwxr-xr-x']],
      [['05/25', '2025-04']],
      [['Q3 2015', '2015-06-01/2015-08-31']],
      [['2015-07-01/2015-09-30', { from: '2015-07-01', to: '2015-10-01' }]],
      [['MONTHLY', 'P1Y']],
      [['ACT/360', '30/360']],
      [['DR', 'CREDIT']],
      [['Europe/Kiev', 'Europe/Moscow']],
    ],
  },
  'unit-conversion': {
    accepts: [
      [['4456448 KiB', '4.25 GiB']],
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
  padding: {
    accepts: [[['José           ', 'José']], [['a\r\nb', 'a\nb']], [['1\u00a0EUR x', '1 EUR x']]],
    refuses: [
      [['   12345  ABC', '12345  ABC']],
      [['a b', 'ab']],
      [['a  b', 'a b']],
      [['José', 'José   ']],
      [['a\nb', 'a b']],
    ],
  },
  'unicode-form': {
    accepts: [[['Zürich', 'Zu\u0308rich']]],
    refuses: [[['Zürich', 'Zurich']], [['ﬁn', 'fin']], [['x²', 'x2']]],
  },
  entities: {
    accepts: [
      [['pulse &lt;86', 'pulse <86']],
      [['Müller &amp; Co', 'Müller & Co']],
      [['&#252;', 'ü']],
      [['O&#39;Brien', "O'Brien"]],
      [['a & b <x>', 'a &amp; b &lt;x&gt;']],
    ],
    refuses: [
      [['Müller & Co', 'Müller &amp; Co']],
      [['a & b <x>', 'a & b &lt;x&gt;']],
      [['&#x6A;avascript:alert(1)', 'javascript:alert(1)']],
      [['data&#58;text/html,x', 'data:text/html,x']],
      [['x&quot; onload=alert(1) y', 'x" onload=alert(1) y']],
      [['&lt;b&gt;', '<b>']],
      [['a &lt;b&gt; c', 'a <b> c']],
      [['<a t="&quot;x&quot; onclick=y">', '<a t=""x" onclick=y">']],
      [['a &amp; b', 'a &amp;amp; b']],
      [['a & b', 'a &lt; b']],
    ],
  },
  'code-case': {
    accepts: [
      [['PENDING', 'pending']],
      [
        ['IN_PROGRESS', 'inProgress'],
        ['DONE', 'done'],
      ],
      [['in-transit', 'IN_TRANSIT']],
    ],
    refuses: [
      [['Smith', 'smith']],
      [
        ['smith', 'SMITH'],
        ['jones', 'JONES'],
        ['baker', 'BAKER'],
        ['miller', 'MILLER'],
      ],

      [['bXIXbXfcZYfG', 'bxixbxfczyfg']],
      [
        ['Oehler', 'OEHLER'],
        ['Smith', 'SMITH'],
        ['Jones', 'JONES'],
      ],
      [['AB12CD34', 'ab12cd34']],
      [['XQZKPLMW', 'xqzkplmw']],
      [['ACTIVE', 'inactive']],
      [
        ['Open', 'OPEN'],
        ['open', 'open'],
      ],
    ],
  },
  'identifier-notation': {
    accepts: [
      [['(00)340123459562696065', '340123459562696065']],
      [['{A91D7412-3926-4F0F-9696-D8BF6C286128}', 'a91d7412-3926-4f0f-9696-d8bf6c286128']],
      [['DE66 8436 9716 5466 7833 75', 'DE66843697165466783375']],
      [['+49 30 1234567', '+49301234567']],
      [['+44 (0)20 7511627', '+44207511627']],
      [['00-1A-2B-3C-4D-5E', '00:1a:2b:3c:4d:5e']],
      [['2001:0db8:0:0:0:0:0:1', '2001:db8::1']],
      [['en_US', 'en-US']],
      [['K359', 'K35.9']],
      [['DEUTDEFF', 'DEUTDEFFXXX']],
      [
        ['275910743303', '0275910743303'],
        ['036000291452', '0036000291452'],
        ['012345678905', '0012345678905'],
      ],
    ],
    refuses: [
      [['(00)340123459562696065', '340123459562696056']],
      [['(37)340123459562696065', '340123459562696065']],
      [['B2-13', 'B213']],
      [
        ['A1-23', 'A123'],
        ['A12-3', 'A123'],
      ],
      [['0123456789012', '123456789012']],

      [['-1234567', '1234567']],
      [['(1234567)', '1234567']],
      [['USD-12', 'USD12']],
      [['PT1.5H', 'PT15H']],
      [['v1.21', 'v12.1']],
      [['A1-23', 'A12-3']],
      [['1000-2000', '10002000']],
      [['4111 1111 1111 1111', '4111 1111 1111 1112']],
      [['UTC-05', 'UTC05']],
      [['DE66 8436', 'de668436']],
    ],
  },
  'bytes-notation': {
    accepts: [
      [['76:2A:76:03:B9:38:ED:42', '762a7603b938ed42']],
      [['DEADBEEF12345678', 'deadbeef12345678']],
      [['ab+/cd+/ab+/cd+/', 'ab-_cd-_ab-_cd-_']],
      [['3q2+7xI0Vng=', 'deadbeef12345678']],
    ],
    refuses: [
      [['76:2A:76:03:B9:38:ED:42', '762a7603b938ed43']],
      [['DEADBEEF12345678', 'DEADBEEF12345679']],
      [['ABCDEF12', 'abcdef12']],
      [['eZ70zXxg4y/JkLJC', 'EZ70ZXXG4Y/JKLJC']],
    ],
  },
  'url-notation': {
    accepts: [
      [['https://A.com:443/%7Eb?x=1&y=2', 'https://a.com/~b?y=2&x=1']],
      [['https://a.com/?q=a+b', 'https://a.com/?q=a%20b']],
    ],
    refuses: [
      [['https://a.com/x', 'http://a.com/x']],
      [['https://a.com/?tel=+49', 'https://a.com/?tel=%2B49']],
      [['https://a.com/a+b', 'https://a.com/a%20b']],
      [['https://a.com/X', 'https://a.com/x']],
      [['https://a.com/?a=1&a=2', 'https://a.com/?a=2&a=1']],
    ],
  },
  'own-address': {
    accepts: [[['http://legacy.int:8080/api/1', 'https://modern.svc/api/1']]],
    refuses: [
      [['http://pay.prod.internal/x/1', 'http://pay.staging.internal/x/1']],
      [['http://10.2.3.4:8080/x', 'http://localhost:3000/x']],

      [['https://pay.bank.com/1', 'https://sandbox.bank.com/1']],
      [['http://a.int/1', 'http://b.int/2']],
      [['https://a.int/1', 'http://b.int/1']],
      [
        ['http://a.int/1', 'http://b.int/1'],
        ['http://c.int/1', 'http://b.int/1'],
      ],
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
  'mask-notation': {
    accepts: [[['**** **** **** 1234', '************1234']]],
    refuses: [
      [['1234****', '****1234']],
      [['**** **** **** 1234', '**** **** **** 1243']],
      [['****1234', '41111111111111234']],
    ],
  },
  'percent-encoding': {
    accepts: [[['M%C3%BCller', 'Müller']]],
    refuses: [
      [['a%2Fb/c', 'a/b/c']],
      [['%3Cscript%3E', '<script>']],
      [['a%0D%0Ab', 'a\r\nb']],
      [['Müller', 'M%C3%BCller']],
      [['a%2520b', 'a b']],
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
  'lines-joined': {
    accepts: [
      [[['Applicant appeared', 'without the deed'], 'Applicant appeared without the deed']],
      [
        [
          ['PAYOUT BLOCKED BY COURT ORDER U', 'NTIL FURTHER NOTICE            '],
          'PAYOUT BLOCKED BY COURT ORDER UNTIL FURTHER NOTICE',
        ],
      ],
    ],
    refuses: [
      [[['Applicant appeared', 'without the deed'], 'Applicant appearedwithout the deed']],
      [[['Applicant appeared', 'without the deed'], 'without the deed Applicant appeared']],
      [[['Applicant appeared', 'without the deed', 'at noon'], 'Applicant appeared without the deed']],
      [[['A', 'B C'], 'A B C']],
    ],
  },
  'tree-to-rows': {
    accepts: [
      [
        [
          { id: 1, children: [{ id: 2, children: [{ id: 3 }] }] },
          [
            { id: 1, parent: null },
            { id: 2, parent: 1 },
            { id: 3, parent: 2 },
          ],
        ],
      ],
    ],
    refuses: [
      [
        [
          { id: 1, children: [{ id: 2, children: [{ id: 3 }] }] },
          [
            { id: 1, parent: null },
            { id: 2, parent: 1 },
            { id: 3, parent: 1 },
          ],
        ],
      ],
      [[{ id: 1, children: [{ id: 2 }] }, [{ id: 1, parent: null }]]],
    ],
  },
  'exclusive-end': {
    accepts: [
      [
        [
          { FROM: '2024-01-01', TO_INCLUSIVE: '2024-08-05' },
          { from: '2024-01-01', toExclusive: '2024-08-06' },
        ],
      ],
      [
        [
          { from: '2024-05-07', toInclusive: '2024-02-28' },
          { from: '2024-05-07', toExclusive: '2024-02-29' },
        ],
      ],
      [[{ end_exclusive: '2025-01-01' }, { end_inclusive: '2024-12-31' }]],
    ],
    refuses: [
      [[{ toInclusive: '2024-08-05' }, { toExclusive: '2024-08-05' }]],
      [[{ toInclusive: '2024-08-05' }, { toExclusive: '2024-08-07' }]],
      [
        [
          { from: '2024-05-07', toInclusive: '2024-08-05' },
          { from: '2024-05-08', toExclusive: '2024-08-06' },
        ],
      ],
      [[{ toInclusive: '2024-08-05' }, { until: '2024-08-06' }]],
    ],
  },
  'mime-words': {
    accepts: [
      [['=?ISO-8859-1?Q?Lars_M=FCller?=', 'Lars Müller']],
      [['=?utf-8?B?w4VuZ3N0csO2bQ==?=', 'Ångström']],
      [['=?UTF-8?Q?Invoice?= =?UTF-8?Q?_April?=', 'Invoice April']],
    ],
    refuses: [
      [['=?ISO-8859-1?Q?Lars_M=FCller?=', 'Lars Mller']],
      [['=?ISO-8859-1?Q?Lars_M=FCller?=', 'Lars Muller']],
      [['=?no-such-set?Q?Lars?=', 'Lars']],
      [['=?UTF-8?Q?M=FCller?=', 'M\ufffdller']],
    ],
  },
  'php-serialised': {
    accepts: [
      [['a:2:{s:8:"currency";s:3:"AUD";s:6:"amount";d:141.25;}', { currency: 'AUD', amount: 141.25 }]],
      [['a:3:{i:0;s:2:"ü";i:1;b:1;i:2;N;}', ['ü', true, null]]],
      [['a:1:{s:1:"a";a:1:{i:5;i:7;}}', { a: { 5: 7 } }]],
    ],
    refuses: [
      [['a:1:{s:6:"amount";d:141.25;}', { amount: 141 }]],
      [['a:1:{s:6:"amount";d:141.25;}', { amount: 141.25, fee: 1 }]],
      [['a:2:{s:1:"a";i:1;s:1:"a";i:2;}', { a: 2 }]],
      [['a:1:{s:1:"a";i:1;}}', { a: 1 }]],
      [['a:1:{s:9:"a";i:1;}', { a: 1 }]],
      [['a:1:{s:1:"a";O:3:"Foo":0:{}}', { a: {} }]],
      [[{ a: 1 }, 'a:1:{s:1:"a";i:1;}']],
    ],
  },
  'xml-text': {
    accepts: [[['<a x="1" y="2"/>', "<a y='2' x='1'></a>"]], [['<a><b>1</b></a>', '<a>\n  <b>1</b>\n</a>']]],
    refuses: [
      [['<a b=1>x</a>', '<a b=2>x</a>']],
      [['<a disabled>x</a>', '<a>x</a>']],
      [['<p>10 <b>0</b></p>', '<p>10<b>0</b></p>']],

      [['<a><b>1</b></a>', '<a><b>2</b></a>']],
      [['<a/><b/>', '<b/><a/>']],
      [['<a><b/><c/></a>', '<a><c/><b/></a>']],
      [['<p><b>10</b> <b>000</b></p>', '<p><b>10</b><b>000</b></p>']],
    ],
  },
  'json-text': {
    accepts: [[['{"a": 7, "b": "x"}', '{"b":"x","a":7}']], [['[1, 2]', [1, 2]]]],
    refuses: [[['{"a":7}', '{"a":8}']], [[{ a: 7 }, '{"a":7}']], [['[1,2]', '[2,1]']]],
  },
  'set-order': {
    accepts: [
      [
        [
          ['a', 'b', 'c'],
          ['c', 'a', 'b'],
          ['b', 'a', 'c'],
        ],
      ],
    ],
    refuses: [
      [
        [
          ['a', 'b'],
          ['b', 'a'],
          ['b', 'a'],
        ],
        ...Array.from(
          { length: 20 },
          (_, i): Values => [
            [i, 7 + i, 3 + i],
            [3 + i, i, 7 + i],
          ],
        ),
      ],

      [
        [
          ['a', 'b'],
          ['b', 'a'],
        ],
      ],
      [
        [
          ['a', 'b', 'c'],
          ['c', 'a'],
          ['b', 'a', 'c'],
        ],
      ],
      [
        [
          ['b', 'a'],
          ['a', 'b', 'b'],
          ['a', 'b'],
        ],
      ],
    ],
  },
  parts: {
    accepts: [
      [
        [
          [1, { a: 'x  ' }],
          ['1', { a: 'x' }],
        ],
      ],
      [
        [
          { first_name: 'A', n: 1 },
          { firstName: 'A', n: '1' },
        ],
      ],
    ],
    refuses: [
      [
        [
          [1, 2],
          ['1', '3'],
        ],
      ],
      [[{ a: 1 }, { a: 1, b: 2 }]],
      [[{ a: 1, b: 2 }, { a: 1 }]],
    ],
  },
  'text-to-list': {
    accepts: [
      [['1766.86|4160.54', [1766.86, 4160.54]]],
      [['NYY', [false, true, true]]],
      [['SUL IOD', ['SUL', 'IOD']]],
      [['Berlin, Paris, Rome', ['Berlin', 'Paris', 'Rome']]],
      [['read, write', ['read', 'write']]],
    ],
    refuses: [
      [['Washington, George', ['Washington', 'George']]],
      [['Smith, J, Lee, K', ['Smith', 'J', 'Lee', 'K']]],
      [['New York', ['New', 'York']]],
      [['1,5', [1, 5]]],
      [['a;"b;c"', ['a', '"b', 'c"']]],
      [['05/03/2024', ['05', '03', '2024']]],
      [['1766.86|4160.54', [1766.86]]],
      [['NYY', [true, true, false]]],
      [['A B C', ['A', 'B C']]],
    ],
  },
  rearranged: {
    accepts: [
      [
        [
          { net: 10.7, gross: 11.45 },
          { grossAmount: 11.45, netAmount: 10.7 },
        ],
      ],
      [
        [
          { pair: 'EUR/PLN', rate: '4.3115' },
          { base: 'EUR', quote: 'PLN', rate: 4.3115 },
        ],
      ],
      [['USD 358,300.11', { amount: '358300.11', currency: 'USD' }]],
    ],
    refuses: [
      [
        [
          { net: 10.7, gross: 11.45 },
          { grossAmount: 10.7, netAmount: 11.45 },
        ],
      ],
      [['John Smith', { last: 'John', first: 'Smith' }]],
      [['CHF 156798.67', { amount: 'CHF', currency: '156798.67' }]],
      [[{ debit: 'A1', credit: 'B2' }, { entry: { credit: 'A1', debit: 'B2' } }]],
      [['52.1 13.2', { lon: 52.1, lat: 13.2 }]],

      [[{ pair: 'EUR/PLN' }, { base: 'PLN', quote: 'EUR' }]],
      [
        [
          { from: 'A', to: 'B' },
          { target: 'A', source: 'B' },
        ],
      ],
      [['USD 358,300.11', { amount: '358300', currency: 'USD' }]],
    ],
  },
  'one-as-list': {
    accepts: [
      [
        [{ ref: 'A1' }, [{ ref: 'A1' }]],
        [
          [{ ref: 'A1' }, { ref: 'B2' }],
          [{ ref: 'A1' }, { ref: 'B2' }],
        ],
      ],
      [
        ['Garcia, Sam', ['Garcia, Sam']],
        ['Novak, Yuki; Silva, Anna', ['Novak, Yuki', 'Silva, Anna']],
      ],
    ],
    refuses: [
      [[{ ref: 'A1' }, [{ ref: 'A1' }]]],
      [
        [{ ref: 'A1' }, [{ ref: 'A2' }]],
        [
          [1, 2],
          [1, 2],
        ],
      ],
      [
        [[1, 2], [1]],
        [3, [3]],
      ],
      [
        ['Garcia, Sam', ['Garcia', 'Sam']],
        ['Novak, Yuki; Silva, Anna', ['Novak', 'Yuki; Silva', 'Anna']],
      ],
    ],
  },
  'dialled-number': {
    accepts: [
      [
        [
          { country: 'DE', number: '0171 4407834' },
          { country: 'DE', number: '+491714407834' },
        ],
      ],
      [
        [
          { country: 'GB', number: '+44 7700 900123' },
          { country: 'GB', number: '07700900123' },
        ],
      ],
      [
        [
          { land: 'DK', tel: '32 12 34 56' },
          { land: 'DK', tel: '004532123456' },
        ],
      ],
    ],
    refuses: [
      [
        [
          { country: 'DE', number: '0171 4407834' },
          { country: 'DE', number: '+4901714407834' },
        ],
      ],
      [
        [
          { country: 'FR', number: '0171 4407834' },
          { country: 'FR', number: '+491714407834' },
        ],
      ],
      [
        [
          { country: 'DE', number: '0171 4407834' },
          { country: 'DE', number: '+491714407843' },
        ],
      ],
      [
        [
          { country: 'IT', number: '06 1234567' },
          { country: 'IT', number: '+3961234567' },
        ],
      ],
      [
        [
          { from: 'DE', to: 'FR', number: '0171 440783' },
          { from: 'DE', to: 'FR', number: '+49171440783' },
        ],
      ],
      [[{ number: '0171 4407834' }, { number: '+491714407834' }]],
    ],
  },
  'flags-to-list': {
    accepts: [
      [[{ READ: 'Y', WRITE_ALL: 'N' }, ['read']]],
      [[{ read: true, pay: false, close: true }, ['close', 'read']]],
      [[{ read: false }, []]],
      [[{ roaming: 'on', mailbox: 'off' }, ['roaming']]],
      [[{ sms: 'X', mail: ' ' }, ['sms']]],
    ],
    refuses: [
      [[{ READ: 'Y', WRITE: 'N' }, ['write']]],
      [[{ READ: 'Y', WRITE: 'P' }, ['read']]],
      [[{ roaming: 'on', mailbox: 'N' }, ['roaming']]],
      [[{ sms: ' ', mail: ' ' }, []]],
      [[{ read: true, pay: false }, ['read', 'pay']]],
      [[{ read: true, pay: true }, ['read']]],
      [[{ read: true, pay: true }, ['read', 'read']]],
      [[{ read: true, pay: null }, ['read']]],
      [[{ read: true, pay: false }, ['read', 'close']]],
    ],
  },
  'numbered-keys': {
    accepts: [[[[7, 9], { M01: 7, M02: 9 }]], [[{ 0: 'a', 1: 'b' }, ['a', 'b']]]],
    refuses: [
      [[[7, 9], { M01: 9, M02: 7 }]],
      [[[7, 9], { M01: 7, M03: 9 }]],
      [[[7, 9], { M01: 7 }]],
      [[[7, 9], { a1: 7, b2: 9 }]],
    ],
  },
  'map-to-rows': {
    accepts: [
      [
        [
          [
            { ref: 'R1', n: 'Ulm' },
            { ref: 'R2', n: 'Bonn' },
          ],
          { R1: 'Ulm', R2: 'Bonn' },
        ],
      ],
      [
        [
          { booked: 6.99, available: 1.5 },
          [
            { type: 'AVAILABLE', amount: 1.5 },
            { type: 'BOOKED', amount: 6.99 },
          ],
        ],
      ],
      [
        [
          { SEK: 6.99, USD: 1.5 },
          [
            { currency: 'USD', amount: 1.5 },
            { currency: 'SEK', amount: 6.99 },
          ],
        ],
      ],
    ],
    refuses: [
      [
        [
          [
            { ref: 'R1', n: 'Ulm' },
            { ref: 'R2', n: 'Bonn' },
          ],
          { R1: 'Bonn', R2: 'Ulm' },
        ],
      ],
      [
        [
          [
            { ref: 'R1', n: 'Ulm' },
            { ref: 'R1', n: 'Bonn' },
          ],
          { R1: 'Ulm' },
        ],
      ],
      [
        [
          { SEK: 6.99, USD: 1.5 },
          [
            { currency: 'USD', amount: 6.99 },
            { currency: 'SEK', amount: 1.5 },
          ],
        ],
      ],
      [[{ SEK: 6.99, USD: 1.5 }, [{ currency: 'USD', amount: 1.5 }]]],
      [
        [
          { SEK: 1.5, USD: 1.5 },
          [
            { currency: 'SEK', amount: 1.5 },
            { currency: 'SEK', amount: 1.5 },
          ],
        ],
      ],
      [[{ SEK: 6.99 }, [{ currency: 'SEK', amount: 6.99, held: 1 }]]],
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

test('every rule has cases', () => {
  expect(Object.keys(CASES).sort()).toEqual(PROOF_RULES.map(({ name }) => name).sort());
});

describe.each(Object.entries(CASES))('%s', (rule, { accepts, refuses }) => {
  const prove = (row: readonly Values[], profile = FieldProfile.of(row.map(triple))) =>
    row.map((values) => provePair(triple(values).legacy, triple(values).modern, profile)?.rule);

  test.each(accepts.map((row) => [JSON.stringify(row), row] as const))('accepts %s', (_, row) => {
    expect(prove(row)).toContain(rule);
    expect(prove(row)).not.toContain(undefined);
  });

  test.each(refuses.map((row) => [JSON.stringify(row), row] as const))('refuses %s', (_, row) => {
    expect(prove(row)).toContain(undefined);
    expect(prove(row, UNKNOWN_FIELD)).toContain(undefined);
  });
});
