/** Families of a telecoms company: usage, rating and invoices, from PL/SQL and Tuxedo to Go. */
import { defect, type Family, twins } from '../kit.ts';
import { Day, decimal, json, minorUnits, object, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const clock = (seconds: number) =>
  `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
const monthEnd = (day: Day) => new Day(Date.UTC(day.year, day.month, 0));

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['callDuration', 'duration', 'DUR_HHMMSS'],
      value(random) {
        const seconds = random.chance(0.5) ? random.int(3, 3599) : random.int(3600, 14_000);
        return shownJson(clock(seconds), seconds, seconds % 3600);
      },
    },
    { name: 'call_clock_to_seconds', why: 'The clock text HH:MM:SS and the seconds are the same duration.' },
    {
      name: 'call_hours_forgotten',
      critical: true,
      why: 'Calls of an hour or more lose their hours when the clock text becomes seconds.',
    },
  ),
  ...twins(
    {
      fields: ['usageBytes', 'volumeDown', 'octets'],
      value(random) {
        const bytes = random.chance(0.5)
          ? random.int(20_000, 4e9)
          : random.int(4_400_000_000, 90_000_000_000);
        return shownJson(String(bytes), bytes, bytes % 2 ** 32);
      },
    },
    {
      name: 'octet_counter_typed',
      why: 'The same whole number of bytes, once as text and once as a number.',
    },
    {
      name: 'octet_counter_wraps',
      critical: true,
      why: 'Counters above 4294967295 wrap around in 32 bits, so the largest users show little usage.',
    },
  ),
  ...twins(
    {
      clear: true,
      fields: ['ratedCharge', 'CDR_CHARGE', 'callPrice'],
      value(random) {
        const units = random.int(1, 29_999);
        const cents = Math.round(units / 100);
        return shown(json(decimal(units, 4)), String(units / 10_000), String(cents / 100));
      },
    },
    {
      name: 'call_charge_four_decimals',
      why: 'The charge keeps its value; only trailing zeros and quotes differ.',
    },
    {
      name: 'call_charge_rounded_per_record',
      critical: true,
      why: 'Each call is rounded to whole cents although rating works in hundredths of a cent.',
    },
  ),
  ...twins(
    {
      fields: ['discountFactor', 'RATE', 'pricePerMb'],
      value(random) {
        const units = random.chance(0.6) ? random.int(1, 99) : random.int(101, 999);
        const text = decimal(units, 2);
        const bare = text.replace(/^0\./, '.');
        return shownJson(bare, text, units < 100 ? bare.slice(1) : text);
      },
    },
    { name: 'oracle_bare_point', why: 'Oracle prints .75 without the leading zero; it is the number 0.75.' },
    {
      name: 'oracle_bare_point_dropped',
      critical: true,
      why: 'The text .75 loses its point and becomes 75, a hundredfold.',
    },
  ),
  ...twins(
    {
      fields: ['billingPeriod', 'invoicePeriod', 'PERIODE'],
      value(random) {
        const any = Day.any(random, 2018, 2026);
        const from = Day.of(any.year, any.month, 1);
        const to = monthEnd(from);
        const modern = (last: Day) => json({ from: from.iso, to: last.iso });
        const old = (day: Day) => `${day.dd}.${day.mm}.${day.yyyy}`;
        return shown(json(`${old(from)} - ${old(to)}`), modern(to), modern(to.plus(-1)));
      },
    },
    {
      name: 'billing_period_structured',
      why: 'The text of the period and the object name the same first and last day.',
    },
    {
      name: 'billing_period_short_of_last_day',
      critical: true,
      why: 'The period ends a day before the end of the month, so the last day is billed to nobody.',
    },
  ),
  ...twins(
    {
      fields: ['totals', 'invoiceSums', 'summary'],
      value(random) {
        const net = minorUnits(random, 500, 400_000);
        const tax = Math.round(net * 0.2);
        const off = tax + random.pick([-2, -1, 1, 2]);
        const old = {
          net: json(decimal(net, 2)),
          vat: json(decimal(tax, 2)),
          gross: json(decimal(net + tax, 2)),
        };
        const modern = (vat: number) =>
          object({ gross: decimal(net + vat, 2), net: decimal(net, 2), vat: decimal(vat, 2) });
        return shown(object(old), modern(tax), modern(off));
      },
    },
    {
      name: 'invoice_sums_typed',
      why: 'The same three sums as numbers instead of texts, in another order of keys.',
    },
    {
      name: 'invoice_vat_summed_by_line',
      critical: true,
      why: 'The tax and the gross sum differ from legacy by a cent or two, so the invoice is another one.',
    },
  ),
  ...twins(
    {
      fields: ['recurringCharge', 'monthlyFee', 'PRORATED_AMT'],
      least: 3,
      value(random) {
        const fee = random.pick([999, 1499, 1999, 2999, 4999]);
        const [days, length] = [random.int(1, 27), random.pick([28, 31])];
        const charge = Math.round((fee * days) / length);
        const other = Math.round((fee * days) / 30);
        return shown(json(decimal(charge, 2)), decimal(charge, 2), decimal(other, 2));
      },
    },
    { name: 'prorated_fee_typed', why: 'The same amount to the cent, as a number instead of text.' },
    {
      name: 'prorated_fee_thirty_days',
      critical: true,
      why: 'The part of a month is charged by thirty days instead of its own length, so amounts differ.',
    },
  ),
  ...twins(
    {
      fields: ['amountDue', 'openAmount', 'TOTAL_AFTER_DISCOUNT'],
      least: 3,
      value(random) {
        const text = decimal(minorUnits(random, 400, 60_000), 2);
        return shown(json(text), String(Number(text)), 'null');
      },
    },
    { name: 'amount_due_typed', why: 'Amounts as numbers instead of text, of equal value.' },
    {
      name: 'amount_due_null_arithmetic',
      critical: true,
      why: 'The amount due is lost (null), as when a missing discount is subtracted from it.',
    },
  ),
  defect(
    {
      fields: ['freeUnitsLeft', 'remainingMinutes', 'allowanceLeft'],
      clear: true,
      least: 3,
      value(random) {
        const over = random.chance(0.4) ? random.int(1, 400) : 0;
        const left = over > 0 ? 0 : random.int(5, 900);
        return shownJson(left, left, over > 0 ? -over : left);
      },
    },
    {
      name: 'allowance_below_zero',
      critical: false,
      why: 'An allowance that legacy stops at zero goes below zero in the rewrite.',
    },
  ),
];
