/** Days and times of a city's offices: Delphi and .NET answers, rewritten in Python. */
import { type Family, twins } from '../kit.ts';
import { Day, json, object, timeOfDay, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

/** Days from Delphi's day 0, 30 December 1899, to 1 January 1970. */
const delphiEpoch = 25_569;
const weekdays = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'];
const isoInstant = (milliseconds: number) => new Date(milliseconds).toISOString().replace(/\.\d+Z/, 'Z');

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['applicationDate', 'issuedOn', 'registeredOn', 'datum'],
      value: (random) => {
        const day = Day.any(random, 2012, 2026);
        const legacy = object({
          serial: String(day.epochDay + delphiEpoch),
          text: json(`${day.dd}.${day.mm}.${day.yyyy}`),
        });
        return shown(legacy, json(day.iso), json(day.plus(2).iso));
      },
    },
    {
      name: 'delphi-day-to-iso',
      why: 'The count of days that Delphi keeps and the text beside it are this day.',
    },
    {
      name: 'delphi-day-from-wrong-start',
      critical: true,
      why: 'The date is two days after the one that legacy writes beside the count: the count was started at 1 January 1900.',
    },
  ),
  ...twins(
    {
      fields: ['appointmentAt', 'slotStart', 'termin', 'hearingAt'],
      value: (random) => {
        const day = Day.any(random, 2024, 2026);
        const quarter = random.int(32, 70);
        const time = `${two(Math.floor(quarter / 4))}:${two((quarter % 4) * 15)}:00`;
        const serial = String(Number((day.epochDay + delphiEpoch + quarter / 96).toFixed(8)));
        return shown(serial, json(`${day.iso}T${time}`), json(`${day.iso}T00:00:00`));
      },
    },
    {
      name: 'delphi-day-and-time-to-iso',
      why: 'The fraction of the Delphi day is the time of day that the ISO text shows.',
    },
    {
      name: 'delphi-time-cut-off',
      critical: true,
      why: 'The fraction of the day was cut off, so that all appointments are at midnight.',
    },
  ),
  ...twins(
    {
      fields: ['bookedAt', 'submittedAt', 'CreatedOn', 'decisionAt'],
      value: (random) => {
        const milliseconds = random.int(1_577_900_000, 1_795_000_000) * 1000;
        const hours = random.pick([1, 2]);
        return shown(
          json(`/Date(${milliseconds}+0${hours}00)/`),
          json(isoInstant(milliseconds)),
          json(isoInstant(milliseconds - hours * 3_600_000)),
        );
      },
    },
    {
      name: 'dotnet-date-to-iso',
      why: 'The milliseconds of a .NET JSON date are UTC whatever offset follows them, and the ISO text is that instant.',
    },
    {
      name: 'dotnet-date-offset-taken-off',
      critical: true,
      why: 'The offset was subtracted from milliseconds that already are UTC, so every time is an hour or two early.',
    },
  ),
  ...twins(
    {
      fields: ['permitDuration', 'parkingTime', 'processingTime', 'Elapsed'],
      value: (random) => {
        const [days, hours, minutes] = [random.int(0, 3), random.int(1, 23), random.pick([0, 15, 30, 45])];
        const clock = `${two(hours)}:${two(minutes)}:00`;
        const iso = (total: number) => json(`PT${total}H${minutes > 0 ? `${minutes}M` : ''}`);
        return shown(json(days > 0 ? `${days}.${clock}` : clock), iso(days * 24 + hours), iso(hours));
      },
    },
    {
      name: 'dotnet-span-to-iso',
      why: 'The number before the point of a .NET span counts days of 24 hours; the ISO duration is as long.',
    },
    {
      name: 'dotnet-span-days-dropped',
      critical: false,
      why: 'The days before the point of the span are missing from the duration.',
    },
  ),
  ...twins(
    {
      fields: ['birthDate', 'dateOfBirth', 'geburtsdatum', 'bornOn'],
      clear: true,
      value: (random) => {
        const day = Day.any(random, 1934, 1999);
        const short = day.yyyy.slice(2);
        const century = Number(short) <= 68 ? '20' : '19';
        return shown(
          json(`${day.dd}.${day.mm}.${short}`),
          json(day.iso),
          json(`${century}${short}-${day.mm}-${day.dd}`),
        );
      },
    },
    {
      name: 'short-birth-year-filled',
      why: 'A birth date with a year of two digits got the century in which it can lie.',
    },
    {
      name: 'short-birth-year-in-future',
      critical: true,
      why: 'People born before 1969 are to be born decades from now, as Python reads years of two digits up to 68.',
    },
  ),
  ...twins(
    {
      fields: ['validUntil', 'permitExpires', 'gueltig_bis', 'residenceUntil'],
      value: (random) => {
        const day = Day.any(random, 2025, 2031);
        return shown(json(`${day.iso}T00:00:00`), json(day.iso), json(day.plus(-1).iso));
      },
    },
    {
      name: 'midnight-to-day',
      why: 'A time without zone at midnight is how .NET writes a day, and the rewrite answers that day.',
    },
    {
      name: 'midnight-to-day-before',
      critical: true,
      why: 'The permit ends a day earlier: midnight went through UTC before the time was cut off.',
    },
  ),
  ...twins(
    {
      fields: ['openingDay', 'collectionDay', 'slot', 'marketDay'],
      value: (random) => {
        const day = Day.any(random, 2025, 2026);
        const weekday = day.date.getUTCDay();
        const answer = (text: string) => object({ date: json(day.iso), dayOfWeek: text });
        return shown(
          answer(String(weekday)),
          answer(json(weekdays[weekday])),
          answer(json(weekdays[(weekday + 1) % 7])),
        );
      },
    },
    {
      name: 'weekday-number-to-name',
      why: '.NET counts weekdays from Sunday, 0; the name is the one of that date.',
    },
    {
      name: 'weekday-name-of-next-day',
      critical: false,
      why: 'The name of the weekday is not that of the date beside it: Python counts from Monday, .NET from Sunday.',
    },
  ),
  ...twins(
    {
      fields: ['revokedAt', 'deregisteredAt', 'withdrawnAt', 'LockedOn'],
      least: 3,
      value: (random) => {
        const text = json(`${Day.any(random, 2019, 2026).iso}T${timeOfDay(random).text}`);
        return random.chance(0.5)
          ? { legacy: '"0001-01-01T00:00:00"', right: 'null' }
          : { legacy: text, right: text, wrong: 'null' };
      },
    },
    {
      name: 'dotnet-least-date-to-null',
      why: 'The least date of .NET says that none was set, as null does; real ones are kept.',
    },
    {
      name: 'real-date-to-null',
      critical: true,
      why: 'A real date, of a revocation or a withdrawal, is answered as if there had been none.',
    },
  ),
];
