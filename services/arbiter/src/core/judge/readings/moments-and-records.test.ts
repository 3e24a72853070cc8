import { describe } from '@jest/globals';
import { twins } from '../testing/twins.ts';

const series = (values: readonly (number | null)[]) => ({
  from: '2024-02-07T12:15Z',
  step: 'PT15M',
  kWh: values,
});
const points = (label: string, times: readonly string[], values: readonly number[]) =>
  values.map((kWh, i) => ({ [label]: `2024-02-07T${times[i]}Z`, kWh }));
const byMoment = (...points: (readonly [string, number])[]) =>
  Object.fromEntries(points.map(([at, value]) => [`2024-02-07T${at}Z`, value]));

describe('moments', () => {
  twins([
    ['Quartz counts Sunday as 1', 'harmless', 'job', [['30 2 * * 1-5', '0 30 2 ? * 2-6']]],
    ['the numbers of cron in Quartz', 'bug', 'job', [['30 2 * * 1-5', '0 30 2 ? * 1-5']]],
    ['days by name', 'harmless', 'job', [['0 11 * * 5', '0 0 11 ? * FRI']]],
    ['a day of the month', 'harmless', 'job', [['0 11 1 * *', '0 0 11 1 * ?']]],
    ['every second minute', 'bug', 'job', [['0/2 11 1 * *', '0 0/3 11 1 * ?']]],
    ['seconds, which cron has not', 'ask', 'job', [['0 11 1 * *', '30 0 11 1 * ?']]],
    [
      'by the name of the scheduler',
      'harmless',
      'job',
      [
        [
          { kind: 'quartz', cron: '0 14 19 ? * 2' },
          { kind: 'unix', cron: '14 19 * * 1' },
        ],
      ],
    ],
    [
      'copied to another scheduler',
      'bug',
      'job',
      [
        [
          { kind: 'quartz', cron: '0 14 19 ? * 2' },
          { kind: 'unix', cron: '14 19 * * 2' },
        ],
      ],
    ],
    ['hours beyond midnight', 'harmless', 'out', [['25:52:00', { time: '01:52:00', dayOffset: 1 }]]],
    [
      'hours beyond midnight on the same day',
      'bug',
      'out',
      [
        ['25:52:00', { time: '01:52:00', dayOffset: 0 }],
        ['21:10:00', { time: '21:10:00', dayOffset: 0 }],
      ],
    ],
    [
      'of a day of service',
      'harmless',
      'out',
      [[{ serviceDay: '20240319', departs: '25:10:00' }, { departure: '2024-03-20T01:10:00' }]],
    ],
    [
      'of a day of service, which is told',
      'harmless',
      'out',
      [
        [
          { serviceDay: '20240319', departs: '25:10:00' },
          { serviceDate: '2024-03-19', departsLocal: '2024-03-20T01:10:00' },
        ],
      ],
    ],
    [
      'of the day of service itself',
      'bug',
      'out',
      [[{ serviceDay: '20240319', departs: '25:10:00' }, { departure: '2024-03-19T01:10:00' }]],
    ],
    ['weeks and days', 'harmless', 'age', [['34+2 wk', { days: 240, unit: 'd' }]]],
    ['weeks and days as decimal weeks', 'bug', 'age', [['34+2 wk', { days: 239, unit: 'd' }]]],
    [
      'weeks and days without a word',
      'harmless',
      'p3',
      [
        ['34+2', 240],
        ['9+3', 66],
        ['27+0', 189],
      ],
    ],
    ['once: it may be a sum', 'ask', 'p3', [['9+3', 66]]],
    [
      'weeks and days with their sum',
      'harmless',
      'age',
      [
        ['32+2', { totalDays: 226, weeks: 32, days: 2 }],
        ['9+3', { totalDays: 66, weeks: 9, days: 3 }],
        ['9+1', { totalDays: 64, weeks: 9, days: 1 }],
      ],
    ],
    ['a sum that is another', 'bug', 'age', [['31+5', { totalDays: 221, weeks: 31, days: 5 }]]],
  ]);
});

describe('series', () => {
  twins([
    [
      'ends as begins',
      'harmless',
      'load',
      [[points('end', ['12:30', '12:45'], [3.1, 0.2]), points('start', ['12:15', '12:30'], [3.1, 0.2])]],
    ],
    [
      'ends called begins',
      'bug',
      'load',
      [[points('end', ['12:30', '12:45'], [3.1, 0.2]), points('start', ['12:30', '12:45'], [3.1, 0.2])]],
    ],
    [
      'ends as a begin and step',
      'harmless',
      'load',
      [[points('until', ['12:30', '12:45'], [3.1, 0.2]), series([3.1, 0.2])]],
    ],
    [
      'ends as a begin, a step late',
      'bug',
      'load',
      [[points('until', ['12:45', '13:00'], [3.1, 0.2]), series([3.1, 0.2])]],
    ],
    [
      'no point for no value',
      'harmless',
      'load',
      [[series([3.1, null, 0.2]), points('at', ['12:15', '12:45'], [3.1, 0.2])]],
    ],
    [
      'no value as zero',
      'bug',
      'load',
      [[series([3.1, null, 0.2]), points('at', ['12:15', '12:30', '12:45'], [3.1, 0, 0.2])]],
    ],
    ['a map of moments', 'harmless', 'load', [[series([null, 3.1]), byMoment(['12:30', 3.1])]]],
    [
      'a map of moments with a zero',
      'bug',
      'load',
      [[series([null, 3.1]), byMoment(['12:15', 0], ['12:30', 3.1])]],
    ],
    [
      'a base and increments',
      'harmless',
      'level',
      [
        [
          { from: '2023-12-01', step: 'P1D', levels: [21, 21, 50] },
          { from: '2023-12-01', step: 'P1D', base: 21, increments: [0, 29] },
        ],
      ],
    ],
    [
      'increments that lead elsewhere',
      'bug',
      'level',
      [
        [
          { from: '2023-12-01', step: 'P1D', levels: [21, 21, 50] },
          { from: '2023-12-01', step: 'P1D', base: 21, increments: [21, 50] },
        ],
      ],
    ],
    [
      'energy as power',
      'harmless',
      'load',
      [
        [
          { interval: 'PT15M', kwh: [8.75, 6.91] },
          { interval: 'PT15M', averageKw: [35, 27.64] },
        ],
      ],
    ],
    [
      'energy called power',
      'bug',
      'load',
      [
        [
          { interval: 'PT15M', kwh: [8.75, 6.91] },
          { interval: 'PT15M', averageKw: [8.75, 6.91] },
        ],
      ],
    ],
  ]);
});

describe('records', () => {
  const booking = { valueDate: '2022-01-03', reversal: true, code: 'NCHG', reference: 'UXN18' };
  const entry = {
    valueDate: '2022-01-03',
    amount: '7.31',
    reversal: true,
    transactionType: 'NCHG',
    customerReference: 'UXN18',
  };
  twins([
    [
      'a reversed credit lowers the balance',
      'harmless',
      'line',
      [['220103RC7,31NCHGUXN18', { ...booking, amount: -7.31 }]],
    ],
    [
      'a reversed credit raises the balance',
      'bug',
      'line',
      [['220103RC7,31NCHGUXN18', { ...booking, amount: 7.31 }]],
    ],
    [
      'a reversed debit as an entry',
      'harmless',
      'line',
      [[':61:220103RD7,31NCHGUXN18', { ...entry, creditDebitIndicator: 'CRDT' }]],
    ],
    [
      'a reversed debit on the other side',
      'bug',
      'line',
      [[':61:220103RD7,31NCHGUXN18', { ...entry, creditDebitIndicator: 'DBIT' }]],
    ],
    [
      'marks as signs',
      'harmless',
      'amount',
      [
        ['D1,48', '-1.48'],
        ['RD0,21', '0.21'],
        ['C6,62', '6.62'],
      ],
    ],
    [
      'a reversal as a booking',
      'bug',
      'amount',
      [
        ['D1,48', '-1.48'],
        ['RD0,21', '-0.21'],
        ['C6,62', '6.62'],
      ],
    ],
    [
      'to the last and below the next',
      'harmless',
      'tiers',
      [
        [
          [
            { from: 1, to: 5, price: '17.28' },
            { from: 6, to: null, price: '16.07' },
          ],
          [
            { min: 1, below: 6, unitPrice: '17.28' },
            { min: 6, unitPrice: '16.07' },
          ],
        ],
      ],
    ],
    [
      'the last left out',
      'bug',
      'tiers',
      [
        [
          [
            { from: 1, to: 5, price: '17.28' },
            { from: 6, to: null, price: '16.07' },
          ],
          [
            { min: 1, below: 5, unitPrice: '17.28' },
            { min: 6, unitPrice: '16.07' },
          ],
        ],
      ],
    ],
    [
      'by ends and by begins',
      'harmless',
      'tiers',
      [
        [
          [
            { upTo: 150, rate: 0.24 },
            { upTo: null, rate: 0.27 },
          ],
          [
            { above: 0, rate: 0.24 },
            { above: 150, rate: 0.27 },
          ],
        ],
      ],
    ],
    [
      'ends as begins of tiers',
      'bug',
      'tiers',
      [
        [
          [
            { upTo: 150, rate: 0.24 },
            { upTo: null, rate: 0.27 },
          ],
          [
            { above: 150, rate: 0.24 },
            { above: 0, rate: 0.27 },
          ],
        ],
      ],
    ],
  ]);
});

describe('periods, measures and tables', () => {
  const nad = "NAD+BY+4042124604401::9++M?+S Bau+53 Mill Lane+Ghent'";
  const party = { gln: '4042124604401', name: 'M+S Bau', street: '53 Mill Lane', city: 'Ghent' };
  const german = '"no";"name";"open"\r\n"02686";"Novak, Ltd";"7.545,96"\r\n"00349";"Kowalski";"7,54"';
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  twins([
    [
      'the last day and the day after',
      'harmless',
      'cover',
      [
        [
          { from: '2024-05-01', lastDay: '2024-12-23' },
          { from: '2024-05-01', endExclusive: '2024-12-24' },
        ],
      ],
    ],
    [
      'the last day excluded',
      'bug',
      'cover',
      [
        [
          { from: '2024-05-01', lastDay: '2024-12-23' },
          { from: '2024-05-01', endExclusive: '2024-12-23' },
        ],
      ],
    ],
    [
      'the end of a day',
      'harmless',
      'cover',
      [
        [
          { begin: '02.07.2020 00:00', end: '11.08.2020 24:00' },
          { from: '2020-07-02', before: '2020-08-12' },
        ],
      ],
    ],
    [
      'before the last day',
      'bug',
      'cover',
      [
        [
          { begin: '02.07.2020 00:00', end: '11.08.2020 24:00' },
          { from: '2020-07-02', before: '2020-08-11' },
        ],
      ],
    ],
    [
      'days of the year of centuries',
      'harmless',
      'day',
      [
        [114254, '2014-09-11'],
        [124036, '2024-02-05'],
        [99365, '1999-12-31'],
        [100079, '2000-03-19'],
      ],
    ],
    [
      'one day of the year less',
      'bug',
      'day',
      [
        [114254, '2014-09-10'],
        [124036, '2024-02-05'],
        [99365, '1999-12-31'],
        [100079, '2000-03-19'],
      ],
    ],
    ['a released plus sign', 'harmless', 'party', [[nad, { role: 'buyer', ...party }]]],
    [
      'cut at the released sign',
      'bug',
      'party',
      [[nad, { role: 'buyer', ...party, name: 'M', street: 'S Bau', city: '53 Mill Lane' }]],
    ],
    ['the one role is told by the field', 'harmless', 'buyer', [[nad, party]]],
    [
      'roles that are lost',
      'ask',
      'party',
      [
        [nad, party],
        [nad.replace('BY', 'SU'), party],
      ],
    ],
    [
      'another dialect',
      'harmless',
      'list',
      [[german, 'no,name,open\n02686,"Novak, Ltd",7545.96\n00349,Kowalski,7.54']],
    ],
    [
      'a comma that is not quoted',
      'bug',
      'list',
      [[german, 'no,name,open\n02686,Novak, Ltd,7545.96\n00349,Kowalski,7.54']],
    ],
    [
      'a thousands point read as one of decimals',
      'bug',
      'list',
      [[german, 'no,name,open\n02686,"Novak, Ltd",7.54596\n00349,Kowalski,7.54']],
    ],
    [
      'another dialect in base64',
      'harmless',
      'list',
      [
        [
          base64('Name;Datum;Betrag\r\nPatel;30.03.2023;1.860,50\r\n'),
          base64('name,date,amount\n"Patel",2023-03-30,1860.50\n'),
        ],
      ],
    ],
    [
      'another day in base64',
      'bug',
      'list',
      [
        [
          base64('Name;Datum;Betrag\r\nPatel;03.04.2023;1.860,50\r\n'),
          base64('name,date,amount\n"Patel",2023-03-04,1860.50\n'),
        ],
      ],
    ],
    ['feet and inches', 'harmless', 'length', [['17\' 2 1/2"', { millimetres: 5245.1 }]]],
    ['without the fraction', 'bug', 'length', [['17\' 2 1/2"', { millimetres: 5232.4 }]]],
    [
      'minutes as hours',
      'harmless',
      'worked',
      [
        [{ hhmm: '06:45' }, { hours: '6.75' }],
        [{ hhmm: '07:20' }, { hours: '7.33' }],
      ],
    ],
    ['minutes behind the point', 'bug', 'worked', [[{ hhmm: '06:45' }, { hours: '6.45' }]]],
    ['packed digits', 'harmless', 'amount', [[{ comp3: 'AAmEID0=', scale: 2 }, { amount: '-9842.03' }]]],
    [
      'packed digits without their sign',
      'bug',
      'amount',
      [[{ comp3: 'AAmEID0=', scale: 2 }, { amount: '9842.03' }]],
    ],
    [
      'doses by the time of day',
      'harmless',
      'scheme',
      [['1-0-½-1', { morning: 1, noon: 0, evening: 0.5, night: 1 }]],
    ],
    [
      'a dose at another time',
      'bug',
      'scheme',
      [['1-0-½-1', { morning: 1, noon: 0.5, evening: 0, night: 1 }]],
    ],
    ['a typographic minus', 'harmless', 'storage', [['−22 … −18 °C', { minC: -22, maxC: -18 }]]],
    ['a minus that is lost', 'bug', 'storage', [['−22 … −18 °C', { minC: 22, maxC: 18 }]]],
    [
      'eighths of a percent',
      'harmless',
      'coupon',
      [
        ['4 3/8 %', '4.375%'],
        ['1/2 %', '0.5%'],
      ],
    ],
    [
      'eighths as decimals',
      'bug',
      'coupon',
      [
        ['4 3/8 %', '4.38%'],
        ['1/2 %', '0.5%'],
      ],
    ],
    [
      'seconds and milliseconds, each told in a text',
      'harmless',
      'at',
      [
        [1656611131, '2022-06-30T17:45:31Z'],
        [1656611131000, '2022-06-30T17:45:31Z'],
      ],
    ],
    [
      'a text as seconds here and as milliseconds there',
      'bug',
      'at',
      [
        ['2022-06-30T17:45:31Z', 1656611131],
        ['2022-06-30T17:45:32Z', 1656611132000],
      ],
    ],

    [
      'degrees and minutes of a receiver',
      'harmless',
      'at',
      [['5857.663,S,06255.491,E', { lat: -58.96105, lon: 62.92485 }]],
    ],
    ['the south that is lost', 'bug', 'at', [['5857.663,S,06255.491,E', { lat: 58.96105, lon: 62.92485 }]]],
    ['minutes as decimals', 'bug', 'at', [['5857.663,S,06255.491,E', { lat: -58.57663, lon: 62.55491 }]]],
    [
      'energy given, with a minus',
      'ask',
      'net',
      [
        [{ obis: '1-0:1.8.0', kWh: 46.531 }, { kWh: 46.531 }],
        [{ obis: '1-0:2.8.0', kWh: 2.637 }, { kWh: -2.637 }],
        [{ obis: '1-0:2.8.0', kWh: 7.25 }, { kWh: -7.25 }],
      ],
    ],
    [
      'a minus that the register does not tell',
      'bug',
      'net',
      [
        [{ obis: '1-0:2.8.0', kWh: 46.531 }, { kWh: 46.531 }],
        [{ obis: '1-0:2.8.0', kWh: 2.637 }, { kWh: -2.637 }],
        [{ obis: '1-0:2.8.0', kWh: 7.25 }, { kWh: -7.25 }],
      ],
    ],
  ]);
});
