/** An energy retailer: contracts, switching, dunning (ABAP to Java). */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { Day, json, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const compact = (day: Day): string => `${day.yyyy}${day.mm}${day.dd}`;

const period = twins(
  {
    fields: ['supplyPeriod', 'billingPeriod', 'data', 'item.value'],
    value: (random) => {
      const [year, month] = [random.int(2015, 2025), random.int(1, 12)];
      const from = Day.of(year, month, 1);
      const to = Day.of(year, month + random.pick([1, 1, 3, 12]), 1).plus(-1);
      const legacy = object({ from: json(compact(from)), to: json(compact(to)) });
      const right = object({ from: json(from.iso), to: json(to.iso) });
      return shown(legacy, right, object({ from: json(from.iso), to: json(to.plus(-1).iso) }));
    },
  },
  { name: 'supply_period_in_iso', why: 'Both days of the period are the same, with hyphens.' },
  {
    name: 'supply_period_ends_a_day_early',
    critical: true,
    why: 'The same key `to` names the day before: one day of supply belongs to no bill.',
  },
);

const initialDate = twins(
  {
    fields: ['disconnectedOn', 'contractTerminatedOn', 'lastDunningDate'],
    clear: true,
    least: 4,
    value: (random) => {
      if (random.chance(0.5)) return shown('"00000000"', 'null', '"1970-01-01"');
      const day = Day.any(random, 2018, 2026);
      return { legacy: json(compact(day)), right: json(day.iso) };
    },
  },
  {
    name: 'initial_abap_date_as_null',
    why: 'An initial ABAP date of zeros says that there is no date, as null does; other days are equal.',
  },
  {
    name: 'initial_abap_date_as_1970',
    critical: true,
    why: 'Where no date was set the rewrite answers 1970-01-01: contracts look terminated or cut off.',
  },
);

const switching = coded(
  ['processType', 'marketProcess', 'F0032', 'type'],
  [
    ['MOVE-IN', 'moveIn', 'moveOut'],
    ['MOVE-OUT', 'moveOut', 'moveIn'],
    ['SUPPLIER-CHANGE', 'supplierChange'],
    ['END-OF-SUPPLY', 'endOfSupply', 'startOfSupply'],
    ['METER-EXCHANGE', 'meterExchange'],
    ['START-OF-SUPPLY', 'startOfSupply', 'endOfSupply'],
  ],
  { name: 'market_process_in_camel_case', why: 'The same market process in another case style.' },
  {
    name: 'market_process_reversed',
    critical: true,
    why: 'Moving in is answered as moving out, or the start of supply as its end.',
  },
  3,
);

const dunningBlock = twins(
  {
    fields: ['dunningBlock', 'disconnectionBlock', 'lifeSupportCustomer'],
    clear: true,
    least: 5,
    value: (random) =>
      random.chance(0.4) ? { legacy: '"X"', right: 'true' } : shown('" "', 'false', 'true'),
  },
  { name: 'abap_mark_as_boolean', why: 'X is true and a blank is false, in every observation.' },
  {
    name: 'blank_abap_mark_as_true',
    critical: true,
    why: 'A blank mark became true, as a text with one blank is not empty: customers are blocked that are not.',
  },
);

const interval = twins(
  {
    fields: ['billingCycle', 'readingInterval', 'attr12'],
    least: 3,
    value: (random) => {
      const months = random.pick([1, 2, 3, 6, 12]);
      const legacy = months === 1 ? 'EVERY MONTH' : `EVERY ${months} MONTHS`;
      return shownJson(legacy, `P${months}M`, random.chance(0.5) ? `PT${months}M` : `P${months}D`);
    },
  },
  { name: 'billing_cycle_as_iso_duration', why: 'The same number of months as an ISO 8601 duration.' },
  {
    name: 'billing_cycle_in_minutes_or_days',
    critical: false,
    why: 'PT3M are three minutes and P3D three days, not the three months of legacy.',
  },
);

export const families: Family[] = [period, initialDate, switching, dunningBlock, interval].flat();
