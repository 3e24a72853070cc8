/** Numbers as machines keep them: floats, whole numbers of 32 and 64 bits, signs, divisions. */
import { twins } from '../kit.ts';
import { decimal, json, minorUnits, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const float32Small = twins(
  {
    fields: ['price', 'amount', 'premium', 'charge'],
    least: 2,
    value(random) {
      const big = random.chance(0.5);
      const units = big ? minorUnits(random, 30_000_000, 900_000_000) : minorUnits(random, 100, 90_000);
      const legacy = decimal(units, 2);
      const float = Math.fround(units / 100);
      const hurt = Math.round(float * 100) !== units;
      return shown(legacy, hurt ? legacy : String(float), String(float));
    },
  },
  {
    name: 'e_float32_widened',
    why: 'Digits after the seventh are what a 32-bit float adds when widened; rounded to cents all is equal.',
  },
  {
    name: 'e_float32_loses_cents',
    critical: true,
    why: 'Large amounts went through a 32-bit float: even rounded to cents they differ.',
  },
);

const smallExponent = twins(
  {
    fields: ['dailyRate', 'perMille', 'riskWeight', 'accrualFactor'],
    value(random) {
      const digits = random.int(101, 9_899);
      const zeros = random.int(8, 10);
      const mantissa = `${String(digits)[0]}.${String(digits).slice(1)}`;
      const legacy = decimal(digits, zeros);
      const power = zeros - String(digits).length + 1;
      return shown(legacy, `${mantissa}E-${power}`, mantissa);
    },
  },
  { name: 'e_small_rate_with_exponent', why: 'The same small number in scientific notation.' },
  {
    name: 'e_exponent_cut_off',
    critical: true,
    why: 'The exponent of a small number is lost: 0.0000451 became 4.51.',
  },
);

const bigWhole = twins(
  {
    fields: ['volume', 'turnoverCents', 'fileSize', 'notional'],
    value(random) {
      const value = random.int(2_200_000, 4_000_000) * 1000;
      const small = random.chance(0.3);
      const number = small ? random.int(1, 200) * 10_000_000 : value;
      const mantissa = number / 10 ** (String(number).length - 1);
      const text = `${Number.isInteger(mantissa) ? `${mantissa}.0` : mantissa}E${String(number).length - 1}`;
      return shown(String(number), text, number > 2_147_483_647 ? String(number | 0) : text);
    },
  },
  { name: 'e_java_double_notation', why: 'Java writes 3000000000 as 3.0E9; the number is the same.' },
  {
    name: 'e_int32_overflow',
    critical: true,
    why: 'Numbers above 2147483647 wrapped around to negative ones of 32 bits.',
  },
);

const nearZero = twins(
  {
    fields: ['balance', 'difference', 'adjustment', 'netPosition'],
    least: 2,
    value(random) {
      if (random.chance(0.25)) return { legacy: '-0.00', right: '0.00' };
      const units = random.chance(0.5)
        ? -random.int(1, 99)
        : minorUnits(random) * (random.chance(0.3) ? -1 : 1);
      const right = decimal(units, 2);
      return shown(right, right, units > -100 && units < 0 ? decimal(-units, 2) : right);
    },
  },
  { name: 'e_negative_zero', why: 'Only minus nought became nought.' },
  {
    name: 'e_sign_lost_below_one',
    critical: true,
    why: 'Negative amounts of less than one unit lost their sign: it was kept with the whole part only.',
  },
);

const concatenated = twins(
  {
    fields: ['summary', 'costs', 'settlement', 'feeBlock'],
    value(random) {
      const [fee, tax] = [random.int(1, 90), random.int(1, 40)];
      const body = (total: string) => object({ fee: String(fee), tax: String(tax), total });
      return shown(body(String(fee + tax)), body(json(String(fee + tax))), body(json(`${fee}${tax}`)));
    },
  },
  { name: 'e_sum_as_text', why: 'The sum is equal and written as text.' },
  {
    name: 'e_sum_concatenated',
    critical: true,
    why: 'The parts were strung together instead of added: 10 and 5 make 105.',
  },
);

const integerDivision = twins(
  {
    fields: ['progress', 'repaid', 'utilisation', 'quota'],
    value(random) {
      const of = random.int(7, 480);
      const paid = random.int(1, of - 1);
      const percent = ((paid * 100) / of).toFixed(1);
      const body = (text: string) => object({ paid: String(paid), of: String(of), percent: text });
      return shown(body(percent), body(json(percent)), body('0.0'));
    },
  },
  { name: 'e_share_as_text', why: 'The same share in percent, as text.' },
  {
    name: 'e_share_by_integer_division',
    critical: false,
    why: 'The share is nought although parts are paid: whole numbers were divided before multiplying by 100.',
  },
);

const longIds = twins(
  {
    fields: ['transactionId', 'accountKey', 'snowflake', 'eventId'],
    value(random) {
      const id = `${random.int(1, 8)}${random.digits(17)}${random.pick(['1', '3', '7', '9'])}`;
      return shown(id, json(id), String(Number(id)));
    },
  },
  {
    name: 'e_long_id_as_text',
    why: 'A whole number too long for a double is sent as text, digit by digit the same.',
  },
  {
    name: 'e_long_id_through_double',
    critical: true,
    why: 'The last digits of long ids changed: they went through a 64-bit float.',
  },
);

const fewerPlaces = twins(
  {
    fields: ['exchangeRate', 'interestRate', 'factor', 'unitValue'],
    least: 2,
    value(random) {
      const digits = random.int(10_001, 4_999_999);
      const rounded = Math.round(digits / 10_000) * 10_000;
      return shown(decimal(digits, 6), json(decimal(digits * 1000, 9)), json(decimal(rounded * 1000, 9)));
    },
  },
  { name: 'e_rate_with_nine_places', why: 'Zeros were appended; all digits of the rate are kept.' },
  {
    name: 'e_rate_kept_to_two_places',
    critical: true,
    why: 'The rate was rounded to two places and then padded with zeros: its further digits are gone.',
  },
);

export const families = [
  ...float32Small,
  ...smallExponent,
  ...bigWhole,
  ...nearZero,
  ...concatenated,
  ...integerDivision,
  ...longIds,
  ...fewerPlaces,
];
