/** Parcels on their way to and from the shop's customers. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { cities, Day, givenNames, json, object, streets, surnames, timeOfDay, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

/** An hour of the day on the twelve-hour clock: `12:30 PM`. */
const twelveHour = (hour: number, minute: number) =>
  `${hour % 12 === 0 ? 12 : hour % 12}:${two(minute)} ${hour < 12 ? 'AM' : 'PM'}`;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['trackingNumber', 'shipmentId', 'sendungsnr', 'parcelCode'],
      value: (random) => {
        const code = `1Z${random.text('0123456789ABCEFHKRTVWXY', 6)}${random.digits(10)}`;
        const grouped = code.replace(/^(..)(...)(...)(..)(....)(....)$/, '$1 $2 $3 $4 $5 $6');
        return shown(json(grouped), json(code), json(code.slice(0, 15)));
      },
    },
    {
      name: 'tracking-number-without-blanks',
      why: 'The eighteen characters of the tracking number are the same; only the blanks went.',
    },
    {
      name: 'tracking-number-cut',
      critical: true,
      why: 'The last three characters of the tracking number were cut off, so it names no parcel.',
    },
  ),
  ...twins(
    {
      fields: ['deliveryWindow', 'pickupSlot', 'zeitfenster', 'courierWindow'],
      value: (random) => {
        const [from, minute] = [random.int(8, 17), random.pick([0, 30])];
        const to = from + 2;
        const clock = (hour: number) => `${two(hour)}:${two(minute)}`;
        const naive = (hour: number) => clock(hour % 12 === 0 ? 12 : hour % 12);
        return shown(
          json(`${twelveHour(from, minute)} - ${twelveHour(to, minute)}`),
          json(`${clock(from)}-${clock(to)}`),
          json(`${naive(from)}-${naive(to)}`),
        );
      },
    },
    {
      name: 'window-on-the-day-clock',
      why: 'The window is the same on the clock of twenty-four hours.',
    },
    {
      name: 'window-without-pm',
      critical: false,
      why: 'PM was ignored: a window of the afternoon became one of the night.',
    },
  ),
  ...twins(
    {
      fields: ['shippedAt', 'returnedAt', 'deliveredAt', 'versandt_am'],
      least: 3,
      value: (random) => {
        const day = Day.any(random, 2023, 2026);
        const { text } = timeOfDay(random);
        return random.chance(0.45)
          ? { legacy: '"0000-00-00 00:00:00"', right: 'null', wrong: '"-0001-11-30T00:00:00"' }
          : { legacy: json(`${day.iso} ${text}`), right: json(`${day.iso}T${text}`) };
      },
    },
    {
      name: 'mysql-zero-date-to-null',
      why: 'The zero date of MySQL says that it has not happened, as null does; real times only got the T of ISO.',
    },
    {
      name: 'mysql-zero-date-before-christ',
      critical: false,
      why: 'A parcel that was not yet sent has a date in the year before 1, instead of none.',
    },
  ),
  ...twins(
    {
      fields: ['address', 'shipTo', 'lieferadresse', 'recipient'],
      value: (random) => {
        const zip = random.chance(0.5) ? `0${random.int(1000, 9999)}` : String(random.int(10_115, 99_998));
        const person = json(`${random.pick(givenNames)} ${random.pick(surnames)}`);
        const street = json(`${random.pick(streets)} ${random.int(1, 140)}`);
        const city = json(random.pick(cities));
        const answer = (code: string) => object({ city, name: person, postalCode: json(code), street });
        return shown(
          object({ name: person, street, postalCode: json(zip), city }),
          answer(zip),
          answer(String(Number(zip))),
        );
      },
    },
    {
      name: 'address-members-sorted',
      why: 'The members of an object have no order; all four say the same.',
    },
    {
      name: 'address-postcode-as-number',
      critical: false,
      why: 'Postcodes that start with 0 lost it and are no postcodes of five digits any more.',
    },
  ),
  ...coded(
    ['returnReason', 'reason', 'retourengrund', 'complaint'],
    [
      ['WRONG_SIZE', 'wrongSize'],
      ['DAMAGED_IN_TRANSIT', 'damagedInTransit', 'changedMind'],
      ['DEFECTIVE', 'defective', 'changedMind'],
      ['CHANGED_MIND', 'changedMind'],
      ['WRONG_ITEM', 'wrongItem'],
    ],
    {
      name: 'return-reason-camel-case',
      why: 'The words of the reason are the same in another way of writing.',
    },
    {
      name: 'defect-filed-as-change-of-mind',
      critical: false,
      why: 'Goods that came damaged or defective are filed as if the customer had changed their mind.',
    },
  ),
  ...twins(
    {
      fields: ['voucherValidUntil', 'linkExpires', 'returnBy', 'giftCardExpiry'],
      value: (random) => {
        const seconds = random.int(1_720_000_000, 1_830_000_000);
        const iso = (milliseconds: number) =>
          json(new Date(milliseconds).toISOString().replace(/\.\d+Z/, 'Z'));
        return shown(String(seconds), iso(seconds * 1000), iso(seconds));
      },
    },
    {
      name: 'unix-seconds-to-iso',
      why: 'The count of seconds since 1970 and the ISO text are the same instant.',
    },
    {
      name: 'unix-seconds-as-milliseconds',
      critical: true,
      why: 'The count of seconds was read as milliseconds, so that everything expired in January 1970.',
    },
  ),
  ...twins(
    {
      fields: ['email', 'login', 'notifyTo', 'contactMail'],
      value: (random) => {
        const tag = random.chance(0.4) ? `+${random.pick(['shop', 'orders', 'news', 'returns'])}` : '';
        const [given, family] = [random.pick(givenNames), random.pick(surnames)];
        const mail = `${given}.${family}${tag}@${random.pick(['Example.org', 'Mail.example', 'Post.example'])}`;
        const lower = mail.toLowerCase();
        return shown(json(mail), json(lower), json(lower.replace('+', ' ')));
      },
    },
    {
      name: 'mail-address-lower-case',
      why: 'Letter case does not tell mail addresses apart in any shop; the address is the same.',
    },
    {
      name: 'mail-address-plus-to-blank',
      critical: true,
      why: 'The plus in the address became a blank on its way through a URL, so mail and log-in fail.',
    },
  ),
];
