import { describe } from '@jest/globals';
import { twins } from '../testing/twins.ts';

const metar = (air: number, dew: number) => ({
  station: 'EFHK',
  time: { day: 8, utc: '04:50' },
  wind: { from: 140, speed: 10, unit: 'kt' },
  visibility: '10 km or more',
  temperature: air,
  dewPoint: dew,
  qnh: 1011,
});
const REPORT = 'EFHK 080450Z 14010KT 9999 M08/M14 Q1011';

const goods = (subsidiary: readonly string[]) => ({
  un: '1230',
  name: 'METHANOL',
  class: '3',
  subsidiary,
  packingGroup: 'II',
  tunnelCode: 'D/E',
  mass: { value: 2037, unit: 'kg' },
});
const GOODS = 'UN 1230 METHANOL, 3 (6.1), PG II, (D/E), 2037 KG';

const passport = (birthDate: string) => ({
  number: 'G8P3HXK67',
  nationality: 'AUT',
  birthDate,
  sex: 'F',
  expiryDate: '2030-09-11',
});
const MRZ = 'G8P3HXK671AUT0407300F3009118<<<<<<<<<<<<<<06';

const label = (expiry: string) => ({ gtin: '04006379636181', expiry, lot: 'LP3551' });
const LABEL = '(01)04006379636181(17)290800(10)LP3551';

describe('lines of public standards', () => {
  twins([
    ['a weather report and its groups', 'harmless', 'x', [[REPORT, metar(-8, -14)]]],
    ['a weather report without its minus', 'bug', 'x', [[REPORT, metar(8, 14)]]],
    ['temperatures by themselves', 'harmless', 'x', [['M04/M11', { temperature: -4, dewPoint: -11 }]]],
    ['temperatures, one without its minus', 'bug', 'x', [['04/M11', { temperature: 4, dewPoint: 11 }]]],
    ['dangerous goods', 'harmless', 'x', [[GOODS, goods(['6.1'])]]],
    [
      'dangerous goods, a hazard lost',
      'bug',
      'x',
      [
        [GOODS, goods([])],
        [GOODS.replace(' (6.1)', ''), goods([])],
      ],
    ],
    ['dangerous goods, hazards never told', 'ask', 'x', [[GOODS, goods([])]]],
    ['dangerous goods, another hazard', 'bug', 'x', [[GOODS, goods(['8'])]]],
    ['a passport', 'harmless', 'x', [[MRZ, passport('2004-07-30')]]],
    ['a passport of who is not born yet', 'bug', 'x', [[MRZ, passport('2104-07-30')]]],
    ['a passport of another century', 'bug', 'x', [[MRZ, passport('1904-07-30')]]],
    ['a bar code until the end of a month', 'harmless', 'x', [[LABEL, label('2029-08-31')]]],
    ['a bar code until the first of a month', 'bug', 'x', [[LABEL, label('2029-08-01')]]],
    [
      'a subscriber of a network of three digits',
      'harmless',
      'x',
      [['310150092586212', { mcc: '310', mnc: '150', msin: '092586212' }]],
    ],
    [
      'a subscriber of a network cut to two digits',
      'bug',
      'x',
      [['302720545929669', { mcc: '302', mnc: '72', msin: '0545929669' }]],
    ],
    ['a place of a grid', 'harmless', 'x', [['SU 70685 31101', { easting: 470685, northing: 131101 }]]],
    ['a place of a grid, turned', 'bug', 'x', [['SU 70685 70685', { easting: 470685, northing: 170686 }]]],
  ]);
});

const LINE = '{|xaH`r}Cmn@yj@sr@g[';
const PLACES: readonly (readonly [number, number])[] = [
  [-0.81201, 47.64638],
  [-0.805, 47.65397],
  [-0.80048, 47.66223],
];

describe('numbers in other notations', () => {
  twins([
    ['odds and the stake', 'harmless', 'x', [['SP 9/4', { decimalOdds: '3.25' }]]],
    ['odds of three digits', 'harmless', 'x', [[{ fractional: '13/8' }, { decimal: '2.625' }]]],
    ['odds without the stake', 'bug', 'x', [['SP 9/4', { decimalOdds: '2.25' }]]],
    ['registers of a float', 'harmless', 'x', [['43BA BEFA', 373.492]]],
    ['registers of a float, exchanged', 'bug', 'x', [['425E EDC6', -7.669783e27]]],
    [
      'a line of places',
      'harmless',
      'x',
      [
        [
          { polyline: LINE, precision: 5 },
          { type: 'LineString', coordinates: PLACES },
        ],
      ],
    ],
    [
      'a line of places with latitude and longitude exchanged',
      'bug',
      'x',
      [
        [
          { polyline: LINE, precision: 5 },
          { type: 'LineString', coordinates: PLACES.map(([x, y]) => [y, x]) },
        ],
      ],
    ],
    ['a bare line of places', 'harmless', 'x', [[LINE, PLACES.map(([x, y]) => [y, x])]]],
  ]);
});

describe('identifiers of public standards', () => {
  twins([
    ['a short bar code', 'harmless', 'x', [['08082695', '080826000095']]],
    ['a short bar code of another rule', 'bug', 'x', [['08082695', '080800002695']]],
    ['a creditor reference', 'harmless', 'x', [['256 40017 37227', 'RF512564001737227']]],
    ['a creditor reference without its last digit', 'bug', 'x', [['256 40017 37227', 'RF53256400173722']]],
    ['a structured communication', 'harmless', 'x', [['+++156/0980/52066+++', '156098052066']]],
    ['a structured communication, exchanged digits', 'bug', 'x', [['+++156/0980/52066+++', '156098520666']]],
    ['a personal number over a hundred', 'harmless', 'x', [['160303+1442', '191603031442']]],
    ['a personal number a century late', 'bug', 'x', [['160303+1442', '201603031442']]],
    ['a personal number yet to be given', 'bug', 'x', [['290126-5641', '202901265641']]],
    [
      'the bytes of a GUID',
      'harmless',
      'x',
      [[{ bytes: '643Y+ezZ0kaR6GxBXRAb8w==', layout: 'microsoft' }, 'f9d88deb-d9ec-46d2-91e8-6c415d101bf3']],
    ],
    [
      'the bytes of a GUID in plain order',
      'bug',
      'x',
      [[{ bytes: '643Y+ezZ0kaR6GxBXRAb8w==', layout: 'microsoft' }, 'eb8dd8f9-ecd9-46d2-91e8-6c415d101bf3']],
    ],
    ['a donor’s group', 'harmless', 'x', [['=%1700', 'B, RhD negative']]],
    ['a donor’s group, bare', 'harmless', 'x', [['28', 'AB Rh(D) negative']]],
    ['a donor’s group, Rhesus lost', 'bug', 'x', [['=%1700', 'B, RhD positive']]],
    ['a line with its country', 'harmless', 'x', [['IT 06 4821 8939', '+390648218939']]],
    [
      'a line whose country has no zero',
      'harmless',
      'x',
      [[{ country: 'ES', number: '91 021 06 00' }, '+34910210600']],
    ],
    ['an Italian line without its zero', 'bug', 'x', [['IT 06 4821 8939', '+39648218939']]],
    [
      'a German line with its zero',
      'bug',
      'x',
      [[{ country: 'DE', number: '089 8584 156' }, '+490898584156']],
    ],
  ]);
});
