import type { Episodes } from './rows.ts';

/** Episodes that bug rules must name: moments, codes, identifiers and secrets. */
export const BUGS_OF_CODES: Episodes = {
  'echo-changed': [
    [
      [{ correlationId: 'order-04860' }, { correlationId: 'f9bf49d4-8276-4172-8817-2d88eabdb821' }],
      [{ correlationId: 'claim-86266' }, { correlationId: '4b8a9ded-f4af-426f-9f5d-dea4815ef8ca' }],
      [{ correlationId: 'claim-06665' }, { correlationId: '532416b1-0bb0-43cb-9aa3-76b5865f3b6e' }],
    ],
  ],
  'notation-broken': [
    [
      ['72 220183 S 038', '72220183S038'],
      ['57 110450 G 566', '57110450G566'],
      ['83 201141 F 009', '83201141F9'],
    ],
    [
      [
        'PEANUT^MILD~IODINE^SEVERE',
        [
          { n: 'PEANUT', s: 'MILD' },
          { n: 'IODINE', s: 'SEVERE' },
        ],
      ],
      ['LATEX^MILD', [{ n: 'LATEX', s: 'MILD' }]],
      ['CODEINE^MILD~LATEX^MILD', [{ n: 'CODEINE', s: 'MILD' }]],
    ],
  ],
  'century-moved': [
    [
      ['31.05.48', '2048-05-31'],
      ['30.06.49', '2049-06-30'],
      ['31.01.51', '1951-01-31'],
      ['28.02.52', '1952-02-28'],
    ],
  ],
  'claims-changed': [
    [
      [
        'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1MSIsInJvbGUiOiJ1c2VyIn0.c2lnbmF0dXJlLW9uZQ',
        'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1MSIsInJvbGUiOiJhZG1pbiJ9.c2lnbmF0dXJlLXR3bw',
      ],
    ],
  ],
  'truth-collapsed': [
    [
      ['X', true],
      ['', true],
    ],
  ],
  'identifier-replaced': [
    [
      ['K2059519', 'K3854841'],
      ['K2430368', 'K2430368'],
      ['K1935673', 'K1935673'],
    ],
  ],
  'secret-revealed': [[['**** **** **** 1111', '4111 1111 1111 1111']]],
  'bound-lost': [
    [
      ['<3', 3],
      ['81.94', '81.94'],
    ],
  ],
  'masked-other': [[['**** **** **** 1234', '**** **** **** 1243']]],
  'truth-inverted': [
    [[true, false]],
    [['Y', 0]],
    [
      ['NO', false],
      ['SE', 'SE'],
    ],
    [
      [0, 1],
      [1, 0],
    ],
  ],
  'zero-one-changed': [
    [[0, 1]],
    [
      [0, 1],
      [1, 1],
      [0, 0],
    ],
    [
      ['1', '0'],
      ['0', '0'],
    ],
  ],
  'instant-moved': [
    [['2004-03-26', [2004, 2, 26]]],
    [['2024-03-26T01:05:48.658Z', '2024-03-26T03:05:48.658Z']],
    [['2024-03-05', '2024-05-03']],
    [['2024-03-05T13:45:00Z', '2024-03-05']],
  ],
  'fraction-misplaced': [
    [['2014-06-07T00:10:45.044000', '2014-06-07T00:10:45.44']],
    [
      ['2023-07-08T02:14:18.25Z', '2023-07-08T02:14:18.025Z'],
      ['2023-07-08T02:15:18.333Z', '2023-07-08T02:15:18.333Z'],
    ],
    [
      [1_589_560_404_042, '2020-05-15T16:33:24.42Z'],
      [1_589_560_404_700, '2020-05-15T16:33:24.7Z'],
    ],
    [
      ['2024-03-05T13:45:00.026Z', '2024-03-05T13:45:00.260Z'],
      ['2024-03-05T13:45:00.047Z', '2024-03-05T13:45:00.470Z'],
      ['2024-03-05T13:45:00.002Z', '2024-03-05T13:45:00.200Z'],
    ],
  ],
  'duration-changed': [[['PT1H', 'PT1M']]],
  'coded-value-changed': [
    [['2024-W05', '2024-W06']],
    [['0000010 (Mo..Su)', { days: ['Fr'] }]],
    [['00.07.1987', { date: '1987-07-01', precision: 'day' }]],
    [
      [
        { first: '2023-01-12', last: '2023-01-26', calendarDays: 15 },
        { start: '2023-01-12', endExclusive: '2023-01-26' },
      ],
    ],
    [[{ dcs: 'UCS2', hex: '00480069D83CDF82' }, { text: 'Hi??' }]],
    [
      [
        { encoding: 's16le', unit: 'uV', data: 'GADTBPT/Vv8=' },
        { unit: 'uV', samples: [24, 1235, 65524, 65366] },
      ],
    ],
    [['18.07.2024 16.00 Uhr (Europe/Vienna)', '2024-07-18T15:00:00Z']],
    [['2022-W37-4', '2022-09-14']],
    [['2024-08-26T13:00/2024-08-26T13:45', '2024-08-26T13:00/PT40M']],
    [['03.09.2025 2230-0630', { from: '2025-09-03T22:30', to: '2025-09-03T06:30' }]],
    [['0 7 * * 0', '0 7 * * MON']],
    [
      ['V04.11.13', '4.11.13'],
      ['V04.10.03', '4.1.3'],
    ],
    [[{ country: '39', national: '011 6543377' }, '+39116543377']],
    [['2018-05-08 to 2021-10-17 inclusive', '[2018-05-08,2021-10-17)']],
    [[16805, '2016-01-04']],
    [['AT', 'AUS']],
    [['172.24.73.124 255.255.255.252', '172.24.73.124/24']],
    [['FREQ=MONTHLY;BYDAY=-1FR;COUNT=8', 'BYDAY=4FR;COUNT=8;FREQ=MONTHLY']],
    [['4.875 %', { basisPoints: 487 }]],
    [['令和元年12月3日', '2018-12-03']],
  ],
  'code-read-as-number': [[['12E2', '1200']], [['0456', '0302']]],
  'code-as-number': [
    [
      ['06721', 6721],
      ['46721', 46721],
      ['91834', 91834],
      ['22761', 22761],
      ['81234', 81234],
    ],
  ],
  'leading-zeros-lost': [[['00235278', '235278']], [['00818   ', '818']]],
  'zeros-of-part-lost': [
    [['01198 Osaka', { zip: '1198', city: 'Osaka' }]],
    [
      ['05323 Turin', { zip: '5323', city: 'Turin' }],
      ['64792 Gdansk', { zip: '64792', city: 'Gdansk' }],
    ],
  ],
  'characters-lost': [
    [['8B02CEBF0375AC9E89759EA304DC191D', '8b2cebf375ac9e89759ea34dc191d']],
    [['550e8400-e29b-41d4-a716-446655440000', '55e84-e29b-41d4-a716-44665544']],
    [['Q+XaInSbZ5omjb4WkOgRZTkq2do=', 'QXaInSbZ5omjb4WkOgRZTkq2do']],
  ],
  'label-replaced': [[['4 - LOW', 'CRITICAL']], [['1 - CRITICAL', 'LOW']]],
  'identifier-case': [[['aB3dE9xQ', 'ab3de9xq']]],
  'month-moved': [[['10/28', '2028-09-30']], [['2024-03', '2024-02-29']]],
  'impossible-value': [[['6.75', '6:75']], [['2024-03-01', '2024-02-30']], [['12:59 PM', '24:59']]],
  'rights-widened': [[['accounts:read', ['accounts:*']]], [['read:/a', 'read:/*']]],
  'codes-crossed': [
    [
      ['SA', 'PURCHASE'],
      ['PU', 'SALE'],
    ],
    [['X NEG', 'X+']],
  ],
  'code-replaced': [
    [['BLOCKED', 'CLOSED']],
    [['M', 'F']],
    [
      ['ALPHA', 'GAMMA'],
      ['BETA', 'BETA'],
    ],
  ],
  'identifier-changed': [
    [['a@x.com', 'b@x.com']],
    [['DE66843697165466783375', 'FR7630006000011234567890189']],
  ],
  'characters-changed': [[['a91d7412-3926-4f0f-9696-d8bf6c286128', 'a91d7412-3926-4f0f-9696-d8bf6c286129']]],
  'copy-broken': [
    [
      ['604548818', 'US6045488185'],
      ['650968464', 'US6509684642'],
      ['631565371', 'US6315653716'],
      ['355866286', 'US3552668238'],
    ],
  ],
};
