/** Orders of a custodian: which side, until when, and for which fee. */
import { type Family, twins } from '../kit.ts';
import { decimal, json, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const sides: Family[] = twins(
  {
    fields: ['orderSide', 'side', 'transaction', 'geschaeftsart'],
    least: 4,
    value: (random) =>
      random.chance(0.5)
        ? { legacy: json('Kauf'), right: json('BUY') }
        : shown(json('Verkauf'), json('SELL'), json('BUY')),
  },
  { name: 'w_kauf_and_verkauf_translated', why: 'Kauf is to buy and Verkauf to sell.' },
  {
    name: 'w_verkauf_contains_kauf',
    critical: true,
    why: 'Verkauf is a sale, and the rewrite, which looks for the word within, makes it a purchase.',
  },
);

const cutOffs: Family[] = twins(
  {
    fields: ['cutOff', 'orderDeadline', 'dealingCutOff', 'annahmeschluss'],
    value: (random) => {
      const [h, m] = [random.int(10, 17), random.pick([0, 0, 15, 30])];
      const [zone, offset, hours] = random.pick([
        ['CET', '+01:00', 1],
        ['CEST', '+02:00', 2],
      ] as const);
      const right = random.chance(0.5) ? `${two(h)}:${two(m)}${offset}` : `${two(h - hours)}:${two(m)}Z`;
      return shown(json(`${two(h)}${two(m)} ${zone}`), json(right), json(`${two(h)}:${two(m)}Z`));
    },
  },
  {
    name: 'w_cut_off_with_offset',
    why: 'CET is one hour and CEST two hours ahead of UTC, so the time is the same.',
  },
  {
    name: 'w_cut_off_marked_as_utc',
    critical: true,
    why: 'The local hour was marked as UTC, so orders are taken one or two hours too late.',
  },
);

const minimumFees: Family[] = twins(
  {
    fields: ['commission', 'fee', 'brokerage', 'spesen'],
    value: (random) => {
      const volume = random.int(40_000, 6_000_000);
      const perMille = Math.round(volume / 1000);
      const minimum = 2_500;
      const members = (fee: number) => ({
        volume: decimal(volume, 2),
        rate: '0.10%',
        minimum: decimal(minimum, 2),
        fee: decimal(fee, 2),
      });
      const written = (fee: number) => {
        const { volume: of, rate, minimum: least, fee: due } = members(fee);
        return object({ volume: of, rate: json(rate), minimum: least, fee: due });
      };
      const fee = Math.max(perMille, minimum);
      return perMille < minimum
        ? shown(json(members(fee)), written(fee), written(perMille))
        : { legacy: json(members(fee)), right: written(fee) };
    },
  },
  { name: 'w_commission_texts_as_numbers', why: 'Volume, rate, minimum and fee are the same amounts.' },
  {
    name: 'w_minimum_commission_forgotten',
    critical: true,
    why: 'Small orders are charged less than the minimum fee, which stands in the same answer.',
  },
);

export const families: Family[] = [...sides, ...cutOffs, ...minimumFees];
