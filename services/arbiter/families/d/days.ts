/** Dates and times of contracts and bookings. */
import { type Family, twins } from '../kit.ts';
import { Day, json, timeOfDay, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['birthDate', 'dueDate', 'insuredFrom', 'valueDate'],
      value: (random) => {
        const day = Day.any(random, 1951, 2026);
        return shown(json(day.iso), json(`${day.iso}T00:00:00`), json(`${day.plus(-1).iso}T00:00:00`));
      },
    },
    { name: 'd_date_with_midnight', why: 'The same calendar day, with a midnight added to it.' },
    {
      name: 'd_date_a_day_before',
      why: 'Midnight was moved over a time zone, so the day before is answered.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['bookedOn', 'maturity', 'contractEnd', 'nextPayment'],
      value: (random) => {
        const day = Day.any(random, 2015, 2027);
        const next = Day.of(day.year, day.month + 1, Math.min(day.day, 28));
        return shown(json(`${months[day.month - 1]} ${day.day}, ${day.yyyy}`), json(day.iso), json(next.iso));
      },
    },
    { name: 'd_month_name_to_iso', why: 'The same day with its month as a number.' },
    {
      name: 'd_month_counted_from_zero',
      why: 'The month went to a constructor that counts from zero, so dates are a month late.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['executedAt', 'paidAt', 'departure', 'lossOccurredAt'],
      value: (random) => {
        const day = Day.any(random, 2019, 2026);
        const { h, m, s } = timeOfDay(random);
        const at = day.date.getTime() + ((h * 60 + m) * 60 + s) * 1000;
        const hours = random.pick([1, 2, -5, 9]);
        const local = new Date(at + hours * 3_600_000).toISOString().slice(0, 19);
        const offset = `${hours < 0 ? '-' : '+'}${two(Math.abs(hours))}:00`;
        return shown(json(`${local}${offset}`), json(new Date(at).toISOString()), json(`${local}.000Z`));
      },
    },
    { name: 'd_offset_to_utc', why: 'Both texts name the same instant.' },
    {
      name: 'd_offset_replaced_by_z',
      why: 'The offset was replaced by Z without moving the clock: another instant.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['modified', 'ValidFrom', 'orderedAt', 'LastLogin'],
      once: true,
      value: (random) => {
        const at = random.int(1_420_000_000, 1_790_000_000) * 1000;
        const legacy = json(`/Date(${at}+0200)/`);
        return shown(legacy, json(new Date(at).toISOString()), json(new Date(at + 7_200_000).toISOString()));
      },
    },
    {
      name: 'd_dotnet_date_to_iso',
      why: 'The milliseconds of a .NET JSON date count in UTC, whatever offset is written behind them.',
    },
    {
      name: 'd_dotnet_date_offset_added',
      why: 'The offset behind .NET milliseconds was added to them: two hours late.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['cardExpiry', 'card.expiresOn', 'cardValidThru'],
      clear: true,
      value: (random) => {
        const [year, month] = [random.int(2025, 2032), random.int(1, 12)];
        const last = Day.of(year, month + 1, 1).plus(-1);
        return shown(
          json(`${two(month)}/${two(year % 100)}`),
          json(last.iso),
          json(Day.of(year, month, 1).plus(-1).iso),
        );
      },
    },
    { name: 'd_card_expiry_last_day', why: 'A card is valid through the last day of the month on it.' },
    {
      name: 'd_card_expiry_month_early',
      why: 'The last day of the month before is answered, so valid cards are refused.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['closedOn', 'shipped_at', 'terminationDate', 'paidOn'],
      value: (random) => {
        const day = Day.any(random, 2009, 2026);
        if (random.chance(0.45))
          return { legacy: json('0000-00-00'), right: 'null', wrong: json('1970-01-01') };
        return { legacy: json(day.iso), right: json(day.iso) };
      },
    },
    { name: 'd_mysql_zero_date_to_null', why: 'The zero date of MySQL says there is no date, as null does.' },
    {
      name: 'd_mysql_zero_date_to_epoch',
      why: 'No date became a real day in 1970, so an open contract reads as ended.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['cutoff', 'pickupTime', 'appointment.time', 'opensAt'],
      value: (random) => {
        const { h, m } = timeOfDay(random);
        const legacy = json(`${h % 12 === 0 ? 12 : h % 12}:${two(m)} ${h < 12 ? 'AM' : 'PM'}`);
        const face = h % 12 === 0 ? 12 : h % 12;
        return shown(legacy, json(`${two(h)}:${two(m)}`), json(`${two(face)}:${two(m)}`));
      },
    },
    { name: 'd_clock_12_to_24', why: 'The same time of day on the clock of 24 hours.' },
    {
      name: 'd_clock_half_day_lost',
      why: 'AM and PM were cut off, so afternoons became mornings.',
      critical: false,
    },
  ),
];
