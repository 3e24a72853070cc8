import { describe } from '@jest/globals';
import { many, twins } from '../testing/twins.ts';

/** Numbers from 0 to 1, the same in every run. */
let state = 23;
function chance(): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return (state + 0.5) / 2 ** 32;
}
const normal = () => Math.sqrt(-2 * Math.log(chance())) * Math.cos(2 * Math.PI * chance());
const cents = (value: number) => Math.round(value * 100) / 100;

/** Prices about 100 that vary by 2 % from run to run; modern’s is made of its own run. */
const prices = (
  modern: (run: number, at: number, legacy: number) => number,
  runs = () => 1 + 0.02 * normal(),
) =>
  many(60, (at) => {
    const price = 80 + 40 * chance();
    const legacy = cents(price * runs());
    return [legacy, cents(modern(price * runs(), at, legacy)), cents(price * runs())];
  });
const about = (turn: (value: number) => number) =>
  many(40, () => [cents(20 * normal()), cents(turn(20 * normal())), cents(20 * normal())]);

describe('numbers that legacy does not repeat', () => {
  twins([
    ['another run', 'harmless', 'quote', prices((run) => run)],
    ['tenths', 'ask', 'quote', prices((run) => Math.round(run * 10) / 10)],
    ['quarters', 'ask', 'quote', prices((run) => Math.round(run * 4) / 4)],
    ['whole numbers', 'ask', 'quote', prices((run) => Math.round(run))],
    ['a cap', 'ask', 'quote', prices((run) => Math.min(112, run))],
    ['a floor', 'ask', 'quote', prices((run) => Math.max(88, run))],
    ['one that is far out', 'ask', 'quote', prices((run, at) => (at === 30 ? run * 1.14 : run))],
    ['one in ten higher', 'ask', 'quote', prices((run, at) => (at % 10 === 0 ? run * 1.07 : run))],
    ['of either sign', 'harmless', 'delta', about((run) => run)],
    ['never below zero', 'ask', 'delta', about(Math.abs)],
    [
      'two of others where legacy repeats itself',
      'ask',
      'quote',
      [...prices((run) => run), [101.2, 99.1, 101.2], [99.1, 101.2, 99.1]],
    ],
  ]);
});

describe('lists, clocks and tokens that legacy does not repeat', () => {
  const names = [...'abcdefgh'];
  const dealt = () =>
    names
      .map((name) => [chance(), name] as const)
      .sort()
      .map(([, name]) => name);
  const swapped = (list: readonly string[], at: number) =>
    list.toSpliced(at, 2, list[at + 1] ?? '', list[at] ?? '');
  const lists = (
    legacy2: (list: readonly string[], at: number) => readonly string[],
    modern: (list: readonly string[], at: number) => readonly string[],
  ) =>
    many(12, (at) => {
      const list = dealt();
      return [list, modern(list, at), legacy2(list, at)];
    });
  const clock = (ownMs: number, modernMs: number) =>
    many(12, (at) => {
      const start = 1_760_000_000_000 + at * 7_654_321;
      const time = (ms: number) => new Date(start + ms + 1900 * chance()).toISOString();
      return [new Date(start).toISOString(), time(modernMs), time(ownMs)];
    });
  const figures = (count: number) =>
    Array.from({ length: count }, () => '0123456789abcdef'[Math.floor(chance() * 16)]).join('');
  const tokens = (modern: () => string) => many(12, () => [figures(32), modern(), figures(32)]);
  twins([
    ['dealt anew', 'harmless', 'ranking', lists(dealt, dealt)],
    [
      'neighbours swapped',
      'harmless',
      'ranking',
      lists(
        (list, at) => swapped(list, at % 7),
        (list, at) => swapped(list, 1 + ((at + 3) % 6)),
      ),
    ],
    [
      'neighbours swapped, and turned round',
      'ask',
      'ranking',
      lists(
        (list, at) => swapped(list, at % 7),
        (list) => list.toReversed(),
      ),
    ],
    ['read as late', 'harmless', 'asOf', clock(20_000, 18_000)],
    ['read later', 'ask', 'asOf', clock(20_000, 45_000)],
    ['read before', 'ask', 'asOf', clock(2_000, -4_400)],
    ['random', 'harmless', 'key', tokens(() => figures(32))],
    ['half of it twice', 'ask', 'key', tokens(() => figures(16).repeat(2))],
  ]);
});
