/** Tickets, stays and texts that a traveller reads. */

import { type Family, twins } from '../kit.ts';
import { Day, givenNames, surnames, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const carriers = ['LH', 'BA', 'AF', 'SK', 'LX', 'EK', 'AC'] as const;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['greeting', 'contactLine', 'meetingPoint', 'transferNote'],
      least: 4,
      value(random) {
        const place = random.pick(['Terminal 2, exit C', 'Hotel lobby', 'Pier 7', 'Central station']);
        const day = random.pick(['Monday', 'Tuesday', 'Friday', 'Sunday']);
        const text = `Pick-up ${day} at ${place}`;
        return shownJson(`${text} `, text, `Pick-up ${day} at %!s(<nil>)`);
      },
    },
    {
      name: 'note_trailing_blank_gone',
      why: 'Only the blank at the end of the sentence is gone.',
    },
    {
      name: 'note_with_go_format_error',
      why: 'Instead of the place the traveller reads an error of Go’s formatting.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['flyingTime', 'journeyTime', 'legDuration', 'blockTime'],
      value(random) {
        const [h, m] = [random.int(1, 13), random.int(1, 59)];
        const minutes = h * 100 + m;
        const wrong = `PT${Math.floor(minutes / 60)}H${minutes % 60}M`;
        return shownJson(`${two(h)}H${two(m)}`, `PT${h}H${m}M`, wrong);
      },
    },
    {
      name: 'flying_time_into_iso_duration',
      why: 'Hours and minutes are the same, in ISO 8601 form.',
    },
    {
      name: 'flying_time_read_as_minutes',
      why: 'Hours and minutes were joined to one number and read as minutes, so flights last longer.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['bookingRefs', 'openOrders', 'records', 'locators'],
      least: 2,
      value(random) {
        const refs = Array.from({ length: random.int(8, 16) }, () =>
          random.text('ABCDEFGHJKLMNPQRSTUVWXYZ23456789', 6),
        );
        const answer = (kept: string[]) => kept.map((locator) => ({ locator }));
        return shownJson(refs, answer(refs), answer(refs.slice(0, 10)));
      },
    },
    {
      name: 'locators_into_objects',
      why: 'The same locators in the same order, each in an object.',
    },
    {
      name: 'locators_cut_at_ten',
      why: 'Lists end after ten entries, as if the rewrite answered one page only.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['ticketNumber', 'documentNumber', 'receipt', 'emdNumber'],
      value(random) {
        const digits = `${random.int(1, 9)}${random.digits(11)}${random.int(1, 9)}`;
        const exact = `${digits[0]}.${digits.slice(1)}e+12`;
        const short = `${Number(digits).toPrecision(6).replace(/e.*/, '')}e+12`;
        return shown(digits, exact, short);
      },
    },
    {
      name: 'go_float_with_exponent_exact',
      why: 'Go writes the float with an exponent, and every digit of the number is still there.',
    },
    {
      name: 'go_float_with_six_digits',
      why: 'Only six digits of the ticket number survived, so it names no ticket any more.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['stay', 'hotelSegment', 'accommodation', 'room'],
      value(random) {
        const arrival = Day.any(random, 2025, 2026);
        const nights = random.int(1, 14);
        const departure = arrival.plus(nights);
        const packed = (day: Day) => `${day.yyyy}${day.mm}${day.dd}`;
        const answer = (count: number) => ({ from: arrival.iso, to: departure.iso, nights: count });
        return shownJson(
          { from: packed(arrival), to: packed(departure), nights },
          answer(nights),
          answer(nights + 1),
        );
      },
    },
    {
      name: 'stay_dates_with_hyphens',
      why: 'The same days with hyphens and the same number of nights.',
    },
    {
      name: 'stay_counts_departure_day',
      why: 'The day of departure is counted as a night, which is charged.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['flatRecord', 'saleLine', 'bspRow', 'journalLine'],
      value(random) {
        const [last, first] = [random.pick(surnames).toUpperCase(), random.pick(givenNames).toUpperCase()];
        const units = random.int(1200, 9_900_000);
        const legacy = `${last.padEnd(12)}${first.padEnd(10)}${String(units).padStart(9, '0')}EUR`;
        const answer = (amount: number) => ({ last, first, cents: amount, currency: 'EUR' });
        return shownJson(legacy, answer(units), answer(Math.floor(units / 10)));
      },
    },
    {
      name: 'fixed_record_into_object',
      why: 'Each column of the fixed record is a member with the same name, cents and currency.',
    },
    {
      name: 'fixed_record_amount_column_short',
      why: 'The column of the amount is read one character short, so the amount is a tenth.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['flight', 'flightNumber', 'segmentFlight', 'operatedAs'],
      value(random) {
        const number = random.chance(0.4) ? random.int(2, 99) * 10 : random.int(21, 989);
        const carrier = random.pick(carriers);
        const legacy = `${carrier} ${String(number).padStart(4, '0')}`;
        return shownJson(legacy, `${carrier}${number}`, `${carrier}${String(number).replace(/0+$/, '')}`);
      },
    },
    {
      name: 'flight_number_unpadded',
      why: 'LH 0400 and LH400 are two writings of one flight number.',
    },
    {
      name: 'flight_number_trailing_zeros_cut',
      why: 'Zeros at the end of the flight number are removed, so LH400 became LH4.',
      critical: true,
    },
  ),
];
