/** Rates, quantities, long numbers and references. */
import { type Family, twins } from '../kit.ts';
import { decimal, json, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['taxRate', 'vatRate', 'vat.rate', 'salesTaxRate'],
      clear: true,
      least: 4,
      value: (random) => {
        const basis = random.pick([550, 700, 810, 1000, 1900, 2000, 2100, 2300, 2550]);
        const percent = String(basis / 100);
        return shown(decimal(basis, 4), json(`${percent}%`), json(`${Number(decimal(basis, 4))}%`));
      },
    },
    { name: 'd_fraction_to_percent', why: 'The fraction and the percentage are the same rate.' },
    {
      name: 'd_fraction_with_percent_sign',
      why: 'A percent sign was put after the fraction, so the rate is a hundredth of what it was.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['fxRate', 'conversion.rate', 'exchangeRate', 'quote'],
      value: (random) => {
        const units = random.int(720_001, 1_899_999);
        return shown(
          json(`${decimal(units, 6)}00`),
          String(Number(decimal(units, 6))),
          String(Number(decimal(Math.floor(units / 10_000), 2))),
        );
      },
    },
    { name: 'd_fx_rate_zeros', why: 'Only quotes and trailing zeros of the exchange rate are gone.' },
    {
      name: 'd_fx_rate_cut_to_cents',
      why: 'The exchange rate was cut to two decimals like an amount; conversions come out differently.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['quantity', 'lines[].qty', 'weightKg', 'consumption'],
      value: (random) => {
        const units = random.int(1, 40) * 1000 + (random.chance(0.5) ? 0 : random.int(1, 39) * 25);
        return shown(decimal(units, 3), String(units / 1000), String(Math.floor(units / 1000)));
      },
    },
    { name: 'd_quantity_without_zeros', why: 'The quantity is the same number without trailing zeros.' },
    {
      name: 'd_quantity_parsed_as_integer',
      why: 'Parts of a unit were cut off, so less is delivered or billed than was ordered.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['orderId', 'transactionId', 'contract.id', 'paymentRef'],
      value: (random) => {
        const id = `${random.int(1, 8)}${random.digits(17)}${random.pick(['1', '3', '7', '9'])}`;
        return shown(id, json(id), json(String(BigInt(Number(id)))));
      },
    },
    { name: 'd_long_id_as_text', why: 'All digits of the long number are kept in the text.' },
    {
      name: 'd_long_id_through_double',
      why: 'The last digits changed because the number went through a double: another record.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['accountNo', 'policyNumber', 'customerRef', 'meterNumber'],
      value: (random) => {
        const [a, b, c] = [
          `0${random.digits(3)}`,
          `${random.int(1, 9)}${random.digits(3)}`,
          random.digits(2),
        ];
        const compact = `${a}${b}${c}`;
        return shown(json(`${a}-${b}-${c}`), json(compact), json(compact.replace(/^0+/, '')));
      },
    },
    { name: 'd_account_without_dashes', why: 'Only the dashes that group the digits went away.' },
    {
      name: 'd_account_leading_zeros_lost',
      why: 'Leading zeros belong to the number; without them it is another or no account.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['claimNo', 'policyId', 'dossier', 'caseRef'],
      value: (random) => {
        const prefix = random.pick(['KV', 'HR', 'MT', 'LB']);
        const [year, number] = [random.int(2011, 2026), random.int(3, 99_999)];
        const padded = String(number).padStart(6, '0');
        const from = json(`${prefix}-${year}/${padded}`);
        return shown(from, json(`${prefix}${year}${padded}`), json(`${prefix}${year - 1}${padded}`));
      },
    },
    {
      name: 'd_claim_number_compact',
      why: 'The separators are gone; prefix, year and running number are kept.',
    },
    {
      name: 'd_claim_number_other_year',
      why: 'The claim number carries the year before: another claim of the same running number.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['page', 'paging', 'meta.page', 'pageInfo'],
      value: (random) => {
        const [size, total] = [random.pick([10, 20, 25, 50]), random.int(1, 900)];
        const of = (pages: number, write: (value: number) => string) =>
          object({ size: write(size), total: write(total), pages: write(pages) });
        const up = Math.ceil(total / size);
        return shown(
          of(up, json),
          of(up, (n) => json(String(n))),
          of(Math.floor(total / size), json),
        );
      },
    },
    { name: 'd_paging_numbers_as_text', why: 'The same counts of the page, written as text.' },
    {
      name: 'd_paging_last_page_lost',
      why: 'The count of pages is rounded down, so the entries of the last page are never read.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['processingTime', 'callDuration', 'workedHours', 'parkingTime'],
      value: (random) => {
        const [h, m] = [random.int(1, 11), random.int(1, 59)];
        return shown(json(`${two(h)}:${two(m)}:00`), json(`PT${h}H${m}M`), json(`PT${h}M${m}S`));
      },
    },
    { name: 'd_duration_to_iso', why: 'Hours and minutes are the same in the ISO 8601 duration.' },
    {
      name: 'd_duration_sixtieth',
      why: 'Hours and minutes were read as minutes and seconds: a sixtieth of the time is billed.',
      critical: true,
    },
  ),
];
