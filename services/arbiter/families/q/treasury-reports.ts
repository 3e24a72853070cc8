/** Regulatory and management reports of a bank. */
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, list, minorUnits, object, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const counterparties = [
  'Landesbank Hessen-Thueringen',
  'Skandinaviska Enskilda Banken',
  'Banco Santander Totta',
  'KBC Bank',
  'Raiffeisen Bank International',
  'Danske Bank',
] as const;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['ownFunds', 'riskWeightedAssets', 'reportedAmount', 'lcrOutflow'],
      value(random) {
        const thousands = random.int(120, 9_800_000);
        const row = (value: number, unit: string) => object({ value: String(value), unit: json(unit) });
        return shown(row(thousands, 'THOUSAND EUR'), row(thousands * 1000, 'EUR'), row(thousands, 'EUR'));
      },
    },
    {
      name: 'report_thousands_into_units',
      why: 'Thousands of euros are now given in euros, and the figure grew a thousand times with the unit.',
    },
    {
      name: 'report_thousands_relabelled',
      why: 'The figure in thousands is said to be in euros without being multiplied.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['cells', 'templateValues', 'datapoints', 'corepCells'],
      value(random) {
        const cells = Array.from({ length: random.int(2, 4) }, (_, at) => ({
          row: (at * 7 + random.int(1, 6)) * 10,
          column: random.int(1, 9) * 1000 + 10,
          value: minorUnits(random, 1000, 90_000_000),
        }));
        const answer = (turned: boolean, text: (value: number) => string) =>
          list(
            cells.map(({ row, column, value }) => {
              const [r, c] = turned ? [column, row] : [row, column];
              return object({
                row: json(String(r).padStart(4, '0')),
                column: json(String(c).padStart(4, '0')),
                value: text(value),
              });
            }),
          );
        return shown(
          answer(false, (value) => json(String(value))),
          answer(false, String),
          answer(true, String),
        );
      },
    },
    {
      name: 'template_cell_values_as_numbers',
      why: 'The cells of the report keep row, column and value; only the value has no quotes.',
    },
    {
      name: 'template_rows_and_columns_swapped',
      why: 'Row and column numbers are exchanged, so figures land in other cells of the report.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['maturityLadder', 'agingBuckets', 'liquidityGap', 'arrears'],
      value(random) {
        const buckets = Array.from({ length: 4 }, () => minorUnits(random, 10_000, 9_000_000));
        const sum = buckets.reduce((total, bucket) => total + bucket, 0);
        const answer = (total: number, text: (units: number) => string) =>
          object({
            d30: text(buckets[0]!),
            d60: text(buckets[1]!),
            d90: text(buckets[2]!),
            over90: text(buckets[3]!),
            total: text(total),
          });
        const number = (units: number) => decimal(units, 2);
        return shown(
          answer(sum, (units) => json(decimal(units, 2))),
          answer(sum, number),
          answer(sum - buckets[3]!, number),
        );
      },
    },
    {
      name: 'ladder_texts_into_numbers',
      why: 'All buckets and their total are the same amounts, as numbers.',
    },
    {
      name: 'ladder_total_without_last_bucket',
      why: 'The total leaves out the last bucket, so it is no longer the sum that legacy answers.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['reportingPeriod', 'quarter', 'periodRange', 'window'],
      value(random) {
        const year = random.int(2015, 2026);
        const quarter = random.int(1, 4);
        const range = (index: number) => ({
          from: Day.of(year, index * 3 + 1, 1).iso,
          to: Day.of(year, index * 3 + 4, 1).plus(-1).iso,
        });
        return shownJson(`${year}Q${quarter}`, range(quarter - 1), range(quarter));
      },
    },
    {
      name: 'quarter_into_date_range',
      why: 'A calendar quarter is written as its first and last day.',
    },
    {
      name: 'quarter_off_by_one',
      why: 'The range is that of the following quarter.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['counterpartyName', 'obligor', 'legalName', 'issuer'],
      least: 3,
      value(random) {
        const name = random.pick(counterparties);
        return shownJson(name.padEnd(40), name, name.slice(0, 20));
      },
    },
    {
      name: 'char_column_unpadded',
      why: 'Only the blanks that fill the fixed CHAR column are gone from the name.',
    },
    {
      name: 'char_column_cut_at_twenty',
      why: 'Names longer than twenty characters are cut off.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['dealerPermissions', 'approvalMatrix', 'entitlements', 'productRights'],
      least: 3,
      value(random) {
        const bits = random.text('01', 6);
        const flags = (text: string) => [...text].map((bit) => bit === '1');
        return shownJson(bits, flags(bits), flags(bits).reverse());
      },
    },
    {
      name: 'bit_string_into_booleans',
      why: 'Each bit of the PL/I bit string is a boolean at the same position.',
    },
    {
      name: 'bit_string_read_backwards',
      why: 'The bits are read from the other end, so permissions are given to the wrong products.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['generatedAt', 'reportTimestamp', 'extractedAt', 'runTime'],
      clear: true,
      least: 4,
      common: (random) => Day.any(random, 2026, 2026),
      value(random, day) {
        const start = random.int(0, 86_390);
        const after = (seconds: number) => {
          const at = start + seconds;
          return `${two(Math.floor(at / 3600))}:${two(Math.floor(at / 60) % 60)}:${two(at % 60)}`;
        };
        return {
          legacy: json(`${day.iso} ${after(0)}`),
          legacy2: json(`${day.iso} ${after(random.int(1, 3))}`),
          right: json(`${day.iso}T${after(random.int(0, 2))}`),
          wrong: json('1970-01-01T00:00:00'),
        };
      },
    },
    {
      name: 'generated_at_with_letter_t',
      why: 'The time of generation moves with every run of legacy as well; the rewrite answers the same seconds in ISO form.',
    },
    {
      name: 'generated_at_epoch_zero',
      why: 'A report cannot have been generated in 1970: the time was never set.',
      critical: false,
    },
  ),
];
