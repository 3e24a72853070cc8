/** Electricity, gas and water: readings, registers, tariffs, gauges. */
import type { Family, Random } from '../kit.ts';
import { Day, decimal, json, list, object, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { pair } from './sized.ts';

const clock = (minutes: number) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

/** Readings stamped with the end of their interval become one series with the start of the first. */
const intervals = pair(
  {
    fields: ['consumption', 'loadProfile', 'intervalData', 'settlementPeriods'],
    once: true,
    common: (random) => random.pick([15, 30, 60]),
    value(random, step) {
      const day = Day.any(random, 2019, 2026).iso;
      const start = step * random.int(0, 1440 / step - 8);
      const kwh = Array.from({ length: random.int(3, 7) }, () => decimal(random.int(20, 4200), 3));
      const stamp = (minutes: number) => json(`${day}T${clock(minutes)}Z`);
      const series = (from: number) =>
        object({ from: stamp(from), step: json(step === 60 ? 'PT1H' : `PT${step}M`), kWh: list(kwh) });
      const legacy = list(
        kwh.map((reading, at) => object({ until: stamp(start + (at + 1) * step), kWh: reading })),
      );
      return shown(legacy, series(start), series(start + step));
    },
  },
  {
    name: 'bb_interval_end_to_series_start',
    why: 'The series begins one step before the first "until", so every reading keeps its own interval.',
  },
  {
    name: 'bb_interval_series_shifted_one_step',
    why: 'The end of the first interval is given as the start of the series, so every reading is settled one interval too late.',
    critical: true,
  },
);

/** A mechanical register that ran over its last dial. */
const rollover = pair(
  {
    fields: ['meterReading', 'usage', 'registerDelta', 'billingRead'],
    common: (random) => ({
      dials: random.pick([5, 6]),
      how: random.pick(['negative', 'absolute', 'zero'] as const),
    }),
    value(random, { dials, how }) {
      const range = 10 ** dials;
      const used = random.int(40, 2400);
      const over = random.chance(0.35);
      const previous = over ? range - random.int(1, used - 1) : random.int(100, range - 2500);
      const current = (previous + used) % range;
      const naive = { negative: current - previous, absolute: Math.abs(current - previous), zero: 0 }[how];
      const padded = (value: number) => String(value).padStart(dials, '0');
      const legacy = { dials, previous: padded(previous), current: padded(current), used, unit: 'kWh' };
      const modern = (kwh: number) => ({ previous, current, dials, used: `${kwh} kWh` });
      return over
        ? shownJson(legacy, modern(used), modern(naive))
        : { legacy: json(legacy), right: json(modern(used)) };
    },
  },
  {
    name: 'bb_register_rollover_kept',
    why: 'Readings lose only their padding and the used quantity is the same, also where the register ran over its last dial.',
  },
  {
    name: 'bb_register_rollover_ignored',
    why: 'Where the register ran over its last dial the used quantity is the bare difference of the readings, so the bill is wrong.',
    critical: true,
  },
);

/** OBIS 1.8.0 is energy taken from the grid, 2.8.0 energy fed into it. */
const feedIn = pair(
  {
    fields: ['energyBalance', 'gridExchange', 'netEnergy', 'prosumerDelta'],
    value(random) {
      const exported = random.chance(0.4);
      const wh = random.int(150, 48_000);
      const legacy = object({ obis: json(exported ? '1-0:2.8.0' : '1-0:1.8.0'), kWh: json(decimal(wh, 3)) });
      const modern = (sign: number) => object({ kWh: decimal(sign * wh, 3), positive: json('FROM_GRID') });
      return shown(legacy, modern(exported ? -1 : 1), modern(1));
    },
  },
  {
    name: 'bb_obis_register_as_signed_energy',
    why: 'OBIS 2.8.0 counts energy fed into the grid, so it is negative where positive is what the grid delivered; 1.8.0 stays positive.',
  },
  {
    name: 'bb_obis_export_counted_as_import',
    why: 'Energy fed in (OBIS 2.8.0) appears as positive, that is as delivered by the grid, so the customer pays for what they delivered.',
    critical: true,
  },
);

/** Tariff blocks told by their upper bounds, or by their lower ones. */
const blocks = pair(
  {
    fields: ['tariffBlocks', 'priceSteps', 'rateBands', 'waterTariff'],
    once: true,
    value(random) {
      const first = random.int(3, 20) * 10;
      const second = first + random.int(5, 60) * 10;
      const bounds = random.chance(0.5) ? [first, second, null] : [first, null];
      let rate = random.int(600, 1900);
      const rates = bounds.map(() => {
        rate += random.int(150, 900);
        return decimal(rate, 4);
      });
      const legacy = list(bounds.map((upTo, at) => object({ upTo: json(upTo), rate: rates[at]! })));
      const right = list(
        bounds.map((_, at) => object({ above: json(at === 0 ? 0 : bounds[at - 1]), rate: rates[at]! })),
      );
      const wrong = list(bounds.map((upTo, at) => object({ above: json(upTo ?? 0), rate: rates[at]! })));
      return shown(legacy, right, wrong);
    },
  },
  {
    name: 'bb_tariff_upper_bounds_as_lower_bounds',
    why: 'Each block is told by where it begins rather than where it ends, and keeps its rate.',
  },
  {
    name: 'bb_tariff_upper_bounds_taken_for_lower',
    why: 'The upper bound of each block stands as its lower bound, so every quantity is priced with the rate of another block.',
    critical: true,
  },
);

/** A river gauge that was out of order for a while. */
function gauge(random: Random): (number | null)[] {
  let level = random.int(80, 420);
  return Array.from({ length: random.int(5, 9) }, () => {
    level += random.int(-4, 6);
    return random.chance(0.12) ? null : level;
  });
}
const gaps = pair(
  {
    fields: ['waterLevel', 'gaugeSeries', 'levels', 'pegel'],
    common: (random) => random.pick(['zero', 'carried'] as const),
    value(random, how) {
      const levels = gauge(random);
      let last = levels.find((level) => level !== null) ?? 0;
      const filled = levels.map((level) => {
        if (level !== null) last = level;
        return level ?? (how === 'zero' ? 0 : last);
      });
      const legacy = levels.map((level) => (level === null ? '---' : String(level))).join(' ');
      const modern = (cm: unknown) => ({ unit: 'cm', levels: cm });
      return shownJson(`${legacy} cm`, modern(levels), modern(filled));
    },
  },
  {
    name: 'bb_gauge_gap_as_null',
    why: 'A reading that legacy marks as missing with dashes is null in the list; all levels are the same.',
  },
  {
    name: 'bb_gauge_gap_invented_reading',
    why: 'Where the gauge gave no reading, the rewrite reports a level that nobody measured; flood warnings depend on it.',
    critical: true,
  },
);

export const families: readonly Family[] = [...intervals, ...rollover, ...feedIn, ...blocks, ...gaps];
