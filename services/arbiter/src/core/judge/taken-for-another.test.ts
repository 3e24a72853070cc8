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
