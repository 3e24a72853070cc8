/** A public administration: fines, fees, permits, opening hours (COBOL and Natural to Python). */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { decimal, json, list, object, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const speeding = twins(
  {
    fields: ['speedMeasurement', 'offence', 'data'],
    value: (random) => {
      const limit = random.pick([30, 50, 70, 80, 100]);
      const measured = limit + random.int(11, 48);
      const tolerance = measured > 100 ? 4 : 3;
      const legacy = object({
        LIMIT: json(String(limit).padStart(3, '0')),
        MEASURED: json(String(measured).padStart(3, '0')),
        TOLERANCE: json(String(tolerance).padStart(3, '0')),
        RELEVANT: json(String(measured - tolerance).padStart(3, '0')),
      });
      const answer = (relevant: number) =>
        object({
          limit: `${limit}`,
          measured: `${measured}`,
          tolerance: `${tolerance}`,
          relevant: `${relevant}`,
        });
      return shown(legacy, answer(measured - tolerance), answer(measured));
    },
  },
  { name: 'speed_record_as_numbers', why: 'The same four speeds as numbers without leading zeros.' },
  {
    name: 'speed_tolerance_not_deducted',
    critical: true,
    why: 'The relevant speed equals the measured one: the tolerance that legacy deducted is ignored, and the fine grows.',
  },
);

const ban = twins(
  {
    fields: ['drivingBan', 'banDuration', 'suspension'],
    value: (random) => {
      const months = random.int(1, 6);
      return shownJson(
        `${two(months)} MONTH${months > 1 ? 'S' : ''}`,
        `P${months}M`,
        random.chance(0.5) ? `P${months}D` : `P${months}W`,
      );
    },
  },
  { name: 'driving_ban_months_as_duration', why: 'The same number of months as an ISO 8601 duration.' },
  {
    name: 'driving_ban_in_days_or_weeks',
    critical: true,
    why: 'The number is the same but it counts days or weeks, no months: the ban ends far too early.',
  },
);

const fee = twins(
  {
    fields: ['fee', 'administrativeFee', 'F0032', 'note'],
    least: 4,
    value: (random) => {
      const cents = random.int(5, 180) * 100 + (random.chance(0.5) ? random.int(1, 9) : random.int(10, 99));
      const [euros, rest] = [Math.floor(cents / 100), cents % 100];
      const legacy = json(`EUR ${decimal(cents, 2).replace('.', ',')}`);
      const answer = (amount: string) => object({ amount: json(amount), currency: '"EUR"' });
      const right = answer(decimal(cents, 2));
      return rest < 10 ? shown(legacy, right, answer(`${euros}.${rest}0`)) : { legacy, right };
    },
  },
  {
    name: 'fee_text_as_amount_and_currency',
    why: 'The same amount with a decimal point, beside its currency.',
  },
  {
    name: 'fee_cents_not_padded',
    critical: true,
    why: 'Cents below ten lost their zero: 28,05 became 28.50.',
  },
);

const fineState = coded(
  ['fineStatus', 'caseState', 'attr12'],
  [
    ['PAID', 'PaidInFull', 'Open'],
    ['OPEN', 'Open'],
    ['OVERDUE', 'Overdue'],
    ['UNDER APPEAL', 'UnderAppeal', 'Overdue'],
    ['CANCELLED', 'Cancelled', 'Open'],
  ],
  {
    name: 'fine_state_renamed',
    why: 'Each state of the fine has one name in the rewrite that says the same.',
  },
  {
    name: 'settled_fine_open_again',
    critical: true,
    why: 'Paid or cancelled fines are open, appealed ones overdue: people are asked to pay again.',
  },
  4,
);

const fileNumber = twins(
  {
    fields: ['fileReference', 'permitNumber', 'WS_OUT_2'],
    value: (random) => {
      const office = random.pick(['BAU', 'GEW', 'KFZ', 'ORD']);
      const year = random.int(2012, 2026);
      const serial = `00${random.text('01234567', 4)}`;
      const answer = (number: number) =>
        object({ office: json(office), year: String(year), serial: String(number) });
      const octal = Number.parseInt(serial, 8);
      return shown(json(`${office}/${year}/${serial}`), answer(Number(serial)), answer(octal));
    },
  },
  {
    name: 'file_reference_in_parts',
    why: 'Office, year and serial are the parts of the reference; leading zeros of a serial do not count.',
  },
  {
    name: 'file_serial_read_as_octal',
    critical: true,
    why: 'The serial with leading zeros was read as octal: 000123 became 83, the file of somebody else.',
  },
);

const openingHours = twins(
  {
    fields: ['openingHours', 'hoursToday', 'val'],
    least: 3,
    value: (random) => {
      if (random.chance(0.25)) return { legacy: '"CLOSED"', right: '[]' };
      const [start, noon] = [random.int(7, 9), random.pick(['1200', '1230'])];
      const spans = [`${two(start)}00-${noon}`, random.pick(['1330-1600', '1400-1730', '1400-1800'])];
      const kept = random.chance(0.4) ? spans.slice(0, 1) : spans;
      const clock = (text: string) => json(`${text.slice(0, 2)}:${text.slice(2)}`);
      const answer = (of: readonly string[]) =>
        list(of.map((span) => object({ from: clock(span.slice(0, 4)), to: clock(span.slice(5)) })));
      const whole = answer([`${spans[0]!.slice(0, 5)}${spans[1]!.slice(5)}`]);
      const wrong = kept.length > 1 ? (random.chance(0.5) ? answer(spans.slice(0, 1)) : whole) : answer(kept);
      return shown(json(kept.join(',')), answer(kept), wrong);
    },
  },
  { name: 'opening_hours_text_as_spans', why: 'The same spans of hours as a list; a closed day has none.' },
  {
    name: 'opening_hours_afternoon_or_break_lost',
    critical: false,
    why: 'The afternoon is missing, or the noon break is gone so that one span covers it.',
  },
);

export const families: Family[] = [speeding, ban, fee, fineState, fileNumber, openingHours].flat();
