import { describe } from '@jest/globals';
import { many, twins } from './testing/twins.ts';

const dose = (i: number) => 50 + 7 * i;

describe('names of members', () => {
  const renamed = (ours: string, theirs: string) =>
    many(3, (i) => [
      { [ours]: dose(i), id: 100 + i },
      { [theirs]: dose(i), id: 100 + i },
    ]);
  twins([
    ['without its vowels', 'harmless', 'x', renamed('qty', 'quantity')],
    ['a word that says nothing is new', 'harmless', 'x', renamed('net', 'netAmount')],
    ['in another language', 'harmless', 'x', renamed('betrag', 'amount')],
    ['another word that begins so', 'ask', 'x', renamed('cash', 'cashback')],
    ['who does it, and what is done', 'ask', 'x', renamed('debt', 'debtor')],
    ['a short form of several words', 'ask', 'x', renamed('dep', 'departure')],
    ['a word of one language that is another in the other', 'ask', 'x', renamed('child', 'kind')],
  ]);
});

describe('words before names', () => {
  const nested = (word: string) =>
    many(3, (i) => [
      { [word]: { countries: `R${i}` }, id: i },
      { countries: `R${i}`, id: i },
    ]);
  const common = (a: string, b: string) =>
    many(3, (i) => [
      { [a]: 100 + i, [b]: 500 + i },
      { atm: 100 + i, pos: 500 + i },
    ]);
  twins([
    ['that says nothing', 'harmless', 'x', nested('details')],
    ['that says the opposite', 'ask', 'x', nested('excluded')],
    ['that says of whom', 'ask', 'x', nested('donor')],
    ['that all of them have', 'harmless', 'x', common('LIM_ATM', 'LIM_POS')],
    ['that all of them have, and that turns them', 'ask', 'x', common('DENIED_ATM', 'DENIED_POS')],
  ]);
});

describe('an amount and its currency', () => {
  const money = (key: string) => many(3, (i) => [`€ ${i + 5}.80`, { [key]: i + 5.8, currency: 'EUR' }]);
  twins([
    ['as the field is called', 'harmless', 'net', money('net')],
    ['by a word that says nothing', 'harmless', 'net', money('amount')],
    ['by another word', 'ask', 'net', money('gross')],
  ]);
});

describe('units', () => {
  const quantity = (field: string, from: string, to: number, unit: string) =>
    [field, many(3, (i) => [`${10 * (i + 1)} ${from}`, `${10 * (i + 1) * to} ${unit}`])] as const;
  const bare = (unit: string) => many(3, (i) => [`${5 + 7 * i} ${unit}`, 5 + 7 * i]);
  twins([
    ['of one meaning', 'harmless', ...quantity('x', 'kW', 1000, 'W')],
    ['knots, as the field says', 'harmless', ...quantity('windSpeed', 'kn', 1.852, 'km/h')],
    ['kilonewtons', 'ask', ...quantity('force', 'kn', 1.852, 'km/h')],
    ['a thousand or 1,024', 'ask', ...quantity('memory', 'KB', 1000, 'B')],
    ['dropped', 'harmless', 'dose', bare('mg')],
    ['dropped under the name of another', 'ask', 'doseMicrograms', bare('mg')],
    ['dropped under a plural', 'ask', 'heightHands', bare('cm')],
  ]);
});

describe('markup', () => {
  const xml = (ours: string, theirs: string) =>
    many(2, (i) => [ours.replace('?', `${i}`), theirs.replace('?', `${i}`)]);
  twins([
    ['indented', 'harmless', 'x', xml('<a>\n  <n>?</n>\n  <m>2</m>\n</a>', '<a><n>?</n><m>2</m></a>')],
    ['a blank alone', 'bug', 'x', xml('<a><n>?</n><sep> </sep></a>', '<a><n>?</n><sep/></a>')],
    ['a blank between two texts', 'bug', 'x', xml('<a><n>?</n> <m>000</m></a>', '<a><n>?</n><m>000</m></a>')],
    ['empty', 'harmless', 'x', xml('<a><n>?</n><e></e></a>', '<a><n>?</n><e/></a>')],
    ['empty, in HTML', 'bug', 'x', xml('<div><div></div><p>?</p></div>', '<div><div/><p>?</p></div>')],
    ['a reference', 'harmless', 'x', xml('Fox &amp; Son ?', 'Fox & Son ?')],
    ['a reference in code', 'ask', 'x', xml('s?.replace("&amp;", "&")', 's?.replace("&", "&")')],
    ['a formula', 'ask', 'x', xml('&#61;SUM(A?)', '=SUM(A?)')],
  ]);
});

describe('values within a structure', () => {
  const within = (values: readonly (readonly [unknown, unknown])[]) =>
    values.map(
      ([l, m], i) =>
        [
          { room: l, no: i },
          { room: m, no: i },
        ] as const,
    );
  const own = (values: readonly (readonly [unknown, unknown])[]) => values;
  const days = [
    ['1900-01-01', null],
    ['1899-12-31', '1899-12-31'],
    ['1900-01-02', '1900-01-02'],
  ] as const;
  const never = [
    ['1900-01-01', null],
    ['2024-12-31', '2024-12-31'],
    ['2025-01-02', '2025-01-02'],
  ] as const;
  twins([
    ['no day, alone', 'harmless', 'room', own(never)],
    ['no day, as a member', 'harmless', 'x', within(never)],
    ['a day among others, alone', 'ask', 'room', own(days)],
    ['a day among others, as a member', 'ask', 'x', within(days)],
  ]);
});

describe('texts taken apart', () => {
  const played = (a: string, b: string) =>
    many(3, (i) => [`W ${12 + i} L ${5 - i}`, { [a]: 12 + i, [b]: 5 - i }]);
  const fee = (text: (i: number) => string, a: string, b: string) =>
    many(3, (i) => [text(i), { [a]: 120 + 7 * i, [b]: 5 + i }]);
  twins([
    ['each at its letter', 'harmless', 'stats', played('won', 'lost')],
    ['each at the other letter', 'bug', 'stats', played('lost', 'won')],
    [
      'a name before each',
      'harmless',
      'x',
      fee((i) => `amount ${120 + 7 * i} fee ${5 + i}`, 'amount', 'fee'),
    ],
    ['a name between two', 'ask', 'x', fee((i) => `${120 + 7 * i} fee ${5 + i}`, 'fee', 'amount')],
    ['a low that is no higher', 'harmless', 'x', many(3, (i) => [`${i}/${i + 9}`, { low: i, high: i + 9 }])],
    ['a low that is higher', 'ask', 'x', many(3, (i) => [`${i + 9}/${i}`, { low: i + 9, high: i }])],
    ['a number', 'harmless', 'x', many(3, (i) => [`dose no. ${i + 5}`, { dose: i + 5 }])],
    ['none', 'ask', 'x', many(3, (i) => [`no penicillin ${i + 5}`, { penicillin: i + 5 }])],
  ]);
});
