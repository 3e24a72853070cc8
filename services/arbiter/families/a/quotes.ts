/** Prices and quantities as markets and utilities quote them. */
import { twins } from '../kit.ts';
import { decimal, json } from '../kit-values.ts';

export const families = [
  ...twins(
    {
      fields: ['bondPrice', 'cleanPrice', 'treasuryQuote', 'futurePrice'],
      once: true,
      value(random) {
        const handle = random.int(88, 119);
        const ticks = random.int(1, 31);
        const written = String(ticks).padStart(2, '0');
        return {
          legacy: json(`${handle}-${written}`),
          right: decimal(handle * 100_000 + ticks * 3_125, 5),
          wrong: `${handle}.${written}`,
        };
      },
    },
    {
      name: 'bond_price_in_32nds',
      why: 'US treasury quotes count 32nds behind the dash; the rewrite prints the same price as a decimal.',
    },
    {
      name: 'bond_32nds_read_as_hundredths',
      critical: true,
      why: 'The 32nds behind the dash were taken for decimals: 99-16 is 99.5, not 99.16.',
    },
  ),
  ...twins(
    {
      fields: ['shares', 'lotSize', 'odds', 'ratio'],
      value(random) {
        const whole = random.int(2, 48);
        const eighths = random.int(1, 7);
        return {
          legacy: json(`${whole} ${eighths}/8`),
          right: decimal(whole * 1_000 + eighths * 125, 3),
          wrong: decimal(whole * 10 + eighths, 1),
        };
      },
    },
    {
      name: 'eighths_to_decimal',
      why: 'A whole number and eighths is exactly the decimal the rewrite prints.',
    },
    {
      name: 'eighths_read_as_tenths',
      critical: true,
      why: 'Five eighths is .625; the rewrite writes the numerator behind the point.',
    },
  ),
  ...twins(
    {
      fields: ['consumption', 'meterReading', 'energyBilled', 'usage'],
      value(random) {
        const units = random.int(1_005, 98_765);
        const text = decimal(units, 3);
        return { legacy: json(`${text} MWh`), right: json(`${units} kWh`), wrong: json(`${text} kWh`) };
      },
    },
    {
      name: 'megawatt_hours_to_kilowatt_hours',
      why: 'A megawatt hour is a thousand kilowatt hours; the quantity is the same.',
    },
    {
      name: 'megawatt_hours_relabelled',
      critical: true,
      why: 'Only the unit changed and not the number: the billed energy is a thousandth.',
    },
  ),
  ...twins(
    {
      fields: ['dataVolume', 'quota', 'roamingUsage', 'bundleSize'],
      once: true,
      value(random) {
        const halves = random.int(1, 80);
        const gib = decimal(halves * 5, 1);
        return {
          legacy: json(`${gib} GiB`),
          right: json(`${halves * 512} MiB`),
          wrong: json(`${halves * 500} MiB`),
        };
      },
    },
    { name: 'gibibytes_to_mebibytes', why: 'A gibibyte is 1024 mebibytes; the quota is the same.' },
    {
      name: 'gibibytes_times_a_thousand',
      critical: false,
      why: 'A gibibyte is 1024 mebibytes, not 1000: every quota shrinks by 2.3 %.',
    },
  ),
];
