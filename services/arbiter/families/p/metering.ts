/** Meters and what they measured: a utility's ABAP and Perl answers, rewritten in Kotlin. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, list, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const quarterHours = 8;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['meterReading', 'registerReading', 'ZWSTAND', 'lastReading'],
      value: (random) => {
        const reading = random.chance(0.4) ? random.int(100_000, 999_999) : random.int(900, 99_999);
        return shown(json(String(reading).padStart(8, '0')), json(reading), json(reading % 100_000));
      },
    },
    {
      name: 'register-zeros-off',
      why: 'The register shows the same count with and without the leading zeros of the ABAP field.',
    },
    {
      name: 'register-five-dials',
      critical: true,
      why: 'A reading of six digits loses its first one, so that a hundred thousand units or more vanish from the bill.',
    },
  ),
  ...twins(
    {
      fields: ['consumption', 'annualUsage', 'energy', 'feedIn'],
      value: (random) => {
        const watthours = random.int(300, 48_000);
        const big = (unit: string) => object({ value: decimal(watthours, 3), unit: json(unit) });
        return shown(big('MWh'), object({ value: String(watthours), unit: '"kWh"' }), big('kWh'));
      },
    },
    {
      name: 'megawatthours-in-kilowatthours',
      why: 'The value is a thousand times larger in a unit a thousand times smaller, thus the same energy.',
    },
    {
      name: 'unit-label-only',
      critical: true,
      why: 'MWh was relabelled as kWh while the number stayed, so the energy is a thousandth of what it was.',
    },
  ),
  ...twins(
    {
      fields: ['billedUsage', 'meterBlock', 'transformerReading', 'usage'],
      least: 2,
      value: (random) => {
        const difference = random.int(200, 90_000);
        const factor = random.pick([20, 30, 40, 60, 80, 120]);
        const answer = (usage: number, wrap: (text: string) => string) =>
          object({
            readingDifference: wrap(decimal(difference, 1)),
            factor: wrap(String(factor)),
            consumption: wrap(decimal(usage, 1)),
          });
        const bare = (text: string) => json(Number(text));
        return shown(
          answer(difference * factor, json),
          answer(difference * factor, bare),
          answer(difference, bare),
        );
      },
    },
    {
      name: 'transformer-factor-numbers',
      why: 'The same difference, factor and consumption are written as numbers instead of texts.',
    },
    {
      name: 'transformer-factor-left-out',
      critical: true,
      why: 'The consumption is no longer the difference times the transformer factor that stands beside it.',
    },
  ),
  ...twins(
    {
      fields: ['loadProfile', 'intervals', 'values15min', 'series'],
      least: 2,
      value: (random) => {
        const units = Array.from({ length: quarterHours }, () => random.int(8, 2400));
        const texts = units.map((unit) => decimal(unit, 3));
        const bare = texts.map((text) => json(Number(text)));
        return shown(list(texts.map(json)), list(bare), list([...bare.slice(1), '0']));
      },
    },
    {
      name: 'interval-texts-to-numbers',
      why: 'Every quarter of an hour keeps its value and place; texts with three decimals became plain numbers.',
    },
    {
      name: 'intervals-moved-up-one',
      critical: true,
      why: 'All values moved to the quarter of an hour before theirs, the first is lost and a zero was added at the end.',
    },
  ),
  ...coded(
    ['readingKind', 'readingType', 'ABLESEGRUND', 'source'],
    [
      ['ACT', 'ACTUAL'],
      ['EST', 'ESTIMATED', 'ACTUAL'],
      ['CUS', 'CUSTOMER_READ'],
      ['REM', 'REMOTE_READ'],
    ],
    {
      name: 'reading-kind-words',
      why: 'Each abbreviation of how the meter was read is spelled out as the word it abbreviates.',
    },
    {
      name: 'estimate-called-actual',
      critical: true,
      why: 'A reading that legacy calls estimated is called an actual one, and billed as final.',
    },
    4,
  ),
  ...twins(
    {
      fields: ['meteringPoint', 'gsrn', 'supplyPointId', 'pointOfDelivery'],
      value: (random) => {
        const id = `7359991${random.digits(9)}${random.int(11, 99)}`;
        const grouped = id.replace(/(...)(?=.)/g, '$1 ');
        return shown(json(grouped), json(id), json(String(Number(id))));
      },
    },
    {
      name: 'metering-point-without-blanks',
      why: 'The eighteen digits of the metering point are all there in their order; only the blanks went.',
    },
    {
      name: 'metering-point-through-a-double',
      critical: true,
      why: 'Eighteen digits went through a floating-point number, so the last ones name another metering point.',
    },
  ),
  ...twins(
    {
      fields: ['intervalStart', 'measuredAt', 'readAt', 'periodStart'],
      value: (random) => {
        const month = random.pick([1, 2, 4, 5, 6, 7, 8, 9, 11, 12]);
        const offset = month > 3 && month < 10 ? 2 : 1;
        const day = Day.of(2025, month, random.int(1, 28));
        const time = `${two(random.int(0, 23))}:${random.pick(['00', '15', '30', '45'])}:00`;
        const local = `${day.iso}T${time}`;
        const utc = new Date(Date.parse(`${local}Z`) - offset * 3_600_000).toISOString().replace('.000', '');
        return shown(json(`${local}+0${offset}:00`), json(utc), json(`${local}Z`));
      },
    },
    {
      name: 'interval-start-in-utc',
      why: 'Both texts are the same instant, once with the local offset and once in UTC.',
    },
    {
      name: 'interval-offset-replaced-by-z',
      critical: true,
      why: 'The local clock time was declared to be UTC, which moves every interval by one or two hours.',
    },
  ),
];
