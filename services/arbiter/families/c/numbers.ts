/** Numbers whose writing changed: scale, precision, exponent. */
import { type Family, twins } from '../kit.ts';
import { decimal, json, minorUnits } from '../kit-values.ts';
import { shown } from '../shown.ts';

const percent = twins(
  {
    fields: ['interestRate', 'discount', 'commission', 'participation'],
    least: 6,
    value(random) {
      const hundredths = random.chance(0.35) ? random.int(5, 99) : random.int(100, 1950);
      return shown(
        json(`${decimal(hundredths, 2)} %`),
        decimal(hundredths, 4),
        hundredths < 100 ? decimal(hundredths, 2) : decimal(hundredths, 4),
      );
    },
  },
  { name: 'c_percent_to_fraction', why: 'A percent is a hundredth: 5.25 % is 0.0525.' },
  {
    name: 'c_percent_below_one_kept',
    critical: true,
    why: 'Percentages below one were taken for fractions already: 0.75 % came out as 0.75, a hundred times too much.',
  },
);

const centsPadding = twins(
  {
    fields: ['amountDue', 'fee', 'price', 'lastPayment'],
    least: 8,
    value(random) {
      const whole = minorUnits(random, 3, 20_000);
      const cents = random.chance(0.4) ? random.int(1, 9) : random.int(10, 99);
      const units = whole * 100 + cents;
      return shown(String(units), json(decimal(units, 2)), json(`${whole}.${cents}`));
    },
  },
  {
    name: 'c_cents_to_decimal',
    why: 'A whole number of cents and the same amount with a decimal point, in every observation.',
  },
  {
    name: 'c_cents_not_padded',
    critical: true,
    why: '1205 cents became 12.5 instead of 12.05, while amounts with two-digit cents show that hundredths were meant.',
  },
);

const exponent = twins(
  {
    fields: ['sumInsured', 'notional', 'exposure', 'turnover'],
    value(random) {
      const text = decimal(random.int(100_000_000, 99_999_999_999), 2);
      const value = Number(text);
      const short = value.toExponential(5);
      return Number(short) === value
        ? { legacy: text, right: value.toExponential() }
        : shown(text, value.toExponential(), short);
    },
  },
  { name: 'c_exponent_writing', why: 'The exponent is only another writing of the same number.' },
  {
    name: 'c_exponent_six_digits',
    critical: true,
    why: 'Only six significant digits were kept, so large amounts are off by whole units.',
  },
);

const floats = twins(
  {
    fields: ['accountValue', 'positionValue', 'balance', 'surrenderValue'],
    value(random) {
      const units = random.int(20_000_000, 900_000_000);
      const value = units / 100;
      const noisy = String(value * (1 + random.int(-2, 2) * 2.3e-16));
      const single = Math.fround(value);
      return Math.abs(single - value) < 0.005
        ? { legacy: decimal(units, 2), right: noisy }
        : shown(decimal(units, 2), noisy, String(single));
    },
  },
  {
    name: 'c_double_last_digit',
    why: 'The last binary digit of a double is no information: less than a millionth of a cent.',
  },
  {
    name: 'c_single_precision',
    critical: true,
    why: 'The amount went through single precision, so cents or more of it changed.',
  },
);

const quotedNumber = twins(
  {
    fields: ['quantity', 'points', 'mileage', 'meterReading'],
    value(random) {
      const count = random.chance(0.3) ? random.int(32_768, 2_000_000) : random.int(1, 32_767);
      return shown(json(String(count).padStart(9, '0')), String(count), String((count << 16) >> 16));
    },
  },
  { name: 'c_padded_count_to_number', why: 'Leading zeros of a count carry no information.' },
  {
    name: 'c_count_in_sixteen_bits',
    critical: true,
    why: 'Counts beyond 32767 wrapped around to another, often negative, number.',
  },
);

const grade = twins(
  {
    fields: ['exchangeRate', 'unitPrice', 'navPerShare'],
    value(random) {
      const units = random.int(1_000, 99_999_999);
      const legacy = decimal(units, 6);
      const modern = decimal(Math.round(units / 100), 4);
      return Number(modern) === Number(legacy)
        ? { legacy, right: json(legacy) }
        : shown(legacy, json(legacy), json(modern));
    },
  },
  { name: 'c_rate_as_text', why: 'The same digits as a text, as is usual for exact decimals in JSON.' },
  {
    name: 'c_rate_four_places',
    critical: true,
    why: 'Two of six decimals of the rate were rounded away, which moves money when it is applied.',
  },
);

export const families: readonly Family[] = [
  ...percent,
  ...centsPadding,
  ...exponent,
  ...floats,
  ...quotedNumber,
  ...grade,
];
