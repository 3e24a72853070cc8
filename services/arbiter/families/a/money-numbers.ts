/** Numeric types that cannot hold what they were given, and notations that can. */
import { defect, faithful, twins } from '../kit.ts';
import { decimal, json, minorUnits, object } from '../kit-values.ts';

const totals = ['totalCents', 'turnover', 'exposureMinor', 'aum', 'settledVolume'];

/** A whole number a double cannot hold: odd and above 2^53. */
const beyondDouble = (digits: string): bigint => BigInt(`1${digits}`) * 2n + 1n;

export const families = [
  ...twins(
    {
      fields: totals,
      value(random) {
        const leading = random.int(101, 998);
        const power = random.int(5, 9);
        const text = decimal(leading, 2);
        return { legacy: `${leading}${'0'.repeat(power - 2)}`, right: `${text}E+${power}`, wrong: text };
      },
    },
    { name: 'exponent_notation', why: 'BigDecimal printed with an exponent is exactly the same number.' },
    {
      name: 'exponent_cut_off',
      critical: true,
      why: 'Only the mantissa is left: the exponent of the large amount was lost.',
    },
  ),
  defect(
    {
      fields: ['itemCode', 'articleCode', 'planCode', 'batchCode'],
      least: 2,
      value(random) {
        const plain = json(`${random.int(10, 99)}${random.pick(['A', 'B', 'F', 'K'])}${random.int(2, 9)}`);
        if (random.chance(0.5)) return { legacy: plain, right: plain };
        const code = `${random.int(10, 99)}E${random.int(2, 6)}`;
        return { legacy: json(code), right: json(code), wrong: json(String(Number(code))) };
      },
    },
    {
      name: 'code_read_as_exponent',
      critical: true,
      why: 'Codes such as 12E5 stand among codes such as 12K5; the rewrite took them for numbers with an exponent.',
    },
  ),
  faithful(
    {
      fields: ['entryId', 'ledgerKey', 'paymentReference', 'TXN-SEQ'],
      value(random) {
        const id = beyondDouble(random.digits(16)).toString();
        return { legacy: id, right: json(id) };
      },
    },
    {
      name: 'big_id_quoted',
      why: 'An id above 2^53 was put in quotes so that no client rounds it; every digit is kept.',
    },
  ),
  defect(
    {
      fields: ['entryId', 'ledgerKey', 'paymentReference', 'TXN-SEQ'],
      value(random) {
        const id = beyondDouble(random.digits(16));
        const rounded = BigInt(Number(id)).toString();
        return { legacy: json(id.toString()), right: json(id.toString()), wrong: json(rounded) };
      },
    },
    {
      name: 'big_id_through_a_double',
      critical: true,
      why: 'The last digits of an id above 2^53 were rounded, so it names another record.',
    },
  ),
  defect(
    {
      fields: totals,
      value(random) {
        const units = minorUnits(random, 900_000_000, 9_000_000_000);
        const legacy = String(units);
        return units > 2 ** 31 - 1
          ? { legacy, right: legacy, wrong: String(units | 0) }
          : { legacy, right: legacy };
      },
    },
    {
      name: 'int32_wraps_cents',
      critical: true,
      why: 'Amounts above 2 147 483 647 cents wrap round to another number, often a negative one.',
    },
  ),
  defect(
    {
      fields: ['WS-TOTAL', 'yearToDate', 'grossWages', 'contractValue'],
      value(random) {
        const units = minorUnits(random, 100_000, 900_000_000);
        const legacy = decimal(units, 2);
        const kept = units % 10_000_000;
        return kept === units
          ? { legacy, right: legacy }
          : { legacy, right: legacy, wrong: decimal(kept, 2) };
      },
    },
    {
      name: 'picture_clause_drops_high_digits',
      critical: true,
      why: 'Amounts of 100 000.00 and more lose their leading digits, as a field of PIC 9(5)V99 does.',
    },
  ),
  defect(
    {
      fields: ['marketValue', 'nav', 'grossPremium', 'outstanding'],
      value(random) {
        const units = minorUnits(random, 50_000_000, 9_900_000_000);
        const legacy = decimal(units, 2);
        const single = Math.fround(units / 100);
        const wrong = decimal(Math.round(single * 100), 2);
        return wrong === legacy ? { legacy, right: legacy } : { legacy, right: legacy, wrong };
      },
    },
    {
      name: 'amount_through_single_precision',
      critical: true,
      why: 'Large amounts went through a 32-bit float and differ by cents or whole units.',
    },
  ),
  faithful(
    {
      fields: ['temperature', 'weightKg', 'voltage', 'loadFactor'],
      value(random) {
        const text = decimal(random.int(11, 9_999), random.pick([1, 2]));
        return { legacy: text, right: String(Math.fround(Number(text))) };
      },
    },
    {
      name: 'single_widened_to_double',
      why: 'A measurement stored as 32-bit float is printed with the digits of a double: both texts denote the same 32-bit float.',
    },
  ),
  defect(
    {
      fields: ['remaining', 'creditLeft', 'prepaidBalance', 'stockLevel'],
      value(random) {
        if (random.chance(0.6)) {
          const legacy = object({ available: decimal(minorUnits(random), 2), known: 'true' });
          return { legacy, right: legacy };
        }
        const legacy = object({ available: 'null', known: 'false' });
        return { legacy, right: legacy, wrong: object({ available: '0.00', known: 'true' }) };
      },
    },
    {
      name: 'unknown_becomes_known_zero',
      critical: true,
      why: 'Legacy says the figure is not known; the rewrite claims it is known and zero.',
    },
  ),
];
