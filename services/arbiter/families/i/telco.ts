/** Families of a telephone company: numbers, cards, calls and rates. */
import { luhn } from '../check-digits.ts';
import { type Family, twins } from '../kit.ts';
import { decimal, json, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const callDuration = twins(
  {
    fields: ['duration', 'callDuration', 'talkTime'],
    least: 5,
    value(random) {
      const [minutes, seconds] = [random.int(1, 170), random.int(1, 59)];
      const hours = Math.floor(minutes / 60);
      const right = `PT${hours > 0 ? `${hours}H` : ''}${minutes % 60 > 0 ? `${minutes % 60}M` : ''}${seconds}S`;
      return shown(
        json(`${two(minutes)} min ${two(seconds)} s`),
        json(right),
        json(`PT${minutes}H${seconds}M`),
      );
    },
  },
  { name: 'call_time_iso', why: 'Minutes and seconds of a call as an ISO 8601 duration of the same length.' },
  {
    name: 'call_time_hours',
    why: 'Minutes became hours and seconds minutes: calls are sixty times longer.',
    critical: true,
  },
);

const phone = twins(
  {
    fields: ['msisdn', 'phone', 'mobile', 'smsTarget'],
    value(random) {
      const [country, trunk] = random.pick([
        ['49', '171'],
        ['49', '30'],
        ['44', '20'],
        ['43', '664'],
        ['41', '79'],
      ] as const);
      const line = `${random.int(2, 9)}${random.digits(6)}`;
      const right = json(`+${country}${trunk}${line}`);
      return random.chance(0.5)
        ? shown(json(`+${country} (0)${trunk} ${line}`), right, json(`+${country}0${trunk}${line}`))
        : shown(json(`00${country} ${trunk}/${line}`), right, right);
    },
  },
  {
    name: 'phone_e164',
    why: 'The same number in E.164: the 00 is the plus, and the optional trunk zero is not dialled from abroad.',
  },
  {
    name: 'bracketed_trunk_zero_kept',
    why: 'The trunk zero in brackets was kept after the country code, so codes and calls reach nobody.',
    critical: true,
  },
);

const simCard = twins(
  {
    fields: ['iccid', 'simNumber', 'cardNumber'],
    least: 2,
    value(random) {
      const payload = `89${random.pick(['4902', '4420', '3301', '4101'])}${random.digits(12)}`;
      const number = payload + luhn(payload);
      const swapped = `${number}F`.replace(/(.)(.)/g, '$2$1').replace('F', '');
      return shown(json(`${number}F`), json(number), json(swapped));
    },
  },
  {
    name: 'iccid_without_filler',
    why: 'The filler F after the nineteen digits is no part of the card number.',
  },
  {
    name: 'iccid_nibbles_swapped',
    why: 'The digits of every byte were swapped, so the answer names another card.',
    critical: true,
  },
);

const increments = twins(
  {
    fields: ['billingIncrement', 'charging', 'ratingStep'],
    value(random) {
      const [first, then] = random.pick([
        [60, 1],
        [60, 30],
        [30, 6],
        [60, 60],
        [10, 1],
        [1, 1],
      ] as const);
      const modern = (a: number, b: number) => object({ firstSeconds: String(a), thenSeconds: String(b) });
      return shown(json(`${first}/${then}`), modern(first, then), modern(first, first));
    },
  },
  {
    name: 'increments_split',
    why: 'The first and the following charging steps are the same seconds, as two members.',
  },
  {
    name: 'increments_first_twice',
    why: 'The first charging step is used for the following ones too, so every call is rounded up further.',
    critical: true,
  },
);

const smallRate = twins(
  {
    fields: ['ratePerMinute', 'roamingRate', 'priceKb', 'unitRate'],
    least: 3,
    value(random) {
      const units = random.chance(0.3) ? random.int(1, 30) * 100 : random.int(11, 2900);
      const text = decimal(units, 4);
      return shown(
        json(text.replace('.', ',')),
        String(Number(text)),
        String(Number(Number(text).toFixed(2))),
      );
    },
  },
  {
    name: 'small_rate_exact',
    why: 'The rate has all four decimals still; only the comma and trailing zeros went.',
  },
  {
    name: 'small_rate_two_decimals',
    why: 'Rates with four decimals were rounded to two, which changes each by up to half a cent a unit, some to zero.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...callDuration,
  ...phone,
  ...simCard,
  ...increments,
  ...smallRate,
];
