/** Families of payroll and of a stock broker: hours, periods, tax classes; prices, positions and orders. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { decimal, json, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const weeklyHours = twins(
  {
    fields: ['weeklyHours', 'hoursWorked', 'overtime'],
    clear: true,
    value(random) {
      const [hours, minutes] = [random.int(4, 42), random.pick([0, 6, 12, 15, 18, 24, 30, 36, 45, 48])];
      return shown(
        json(`${two(hours)}:${two(minutes)} h`),
        decimal(hours * 100 + (minutes * 100) / 60, 2),
        `${hours}.${two(minutes)}`,
      );
    },
  },
  { name: 'hours_as_decimals', why: 'Minutes became hundredths of an hour: 19:30 is 19.5 hours.' },
  {
    name: 'minutes_behind_point',
    why: 'Minutes were put behind the point as they are: 19:30 paid as 19.3 hours.',
    critical: true,
  },
);

const payPeriod = twins(
  {
    fields: ['payPeriod', 'payrollPeriod', 'settlementPeriod'],
    least: 4,
    clear: true,
    value(random) {
      const year = random.int(2017, 2026);
      const period = random.chance(0.35) ? 13 : random.int(1, 12);
      const right = json(`${year}-${two(period)}`);
      return shown(json(`${year}/${two(period)}`), right, period === 13 ? json(`${year + 1}-01`) : right);
    },
  },
  {
    name: 'pay_period_dashed',
    why: 'The same year and period; the thirteenth is the extra salary of that year.',
  },
  {
    name: 'thirteenth_period_rolls',
    why: 'The thirteenth pay period became January of the next year: wages are taxed in another year.',
    critical: true,
  },
);

const taxClasses = [
  ['I', 1, 1],
  ['II', 2, 2],
  ['III', 3, 3],
  ['IV', 4, 6],
  ['V', 5, 5],
  ['VI', 6, 4],
] as const;
const taxClass = twins(
  {
    fields: ['taxClass', 'taxGroup', 'wageTaxClass'],
    value(random) {
      const [roman, right, wrong] = random.pick(taxClasses);
      return shown(json(roman), String(right), String(wrong));
    },
  },
  { name: 'tax_class_arabic', why: 'Roman numerals as figures of the same value.' },
  {
    name: 'tax_class_four_six',
    why: 'IV and VI were taken for each other: another wage tax.',
    critical: true,
  },
);

const thirtySeconds = twins(
  {
    fields: ['price', 'bondPrice', 'quote', 'bid'],
    least: 5,
    value(random) {
      const [points, ticks, half] = [random.int(88, 112), random.int(1, 31), random.chance(0.3)];
      return shown(
        json(`${points}-${two(ticks)}${half ? '+' : ''}`),
        String(points + ticks / 32 + (half ? 1 / 64 : 0)),
        `${points}.${two(ticks)}`,
      );
    },
  },
  {
    name: 'treasury_price_decimal',
    why: 'Points and 32nds (a plus is half of one) as the exact decimal price.',
  },
  {
    name: 'treasury_price_hundredths',
    why: 'The 32nds of a treasury price were read as hundredths: another price.',
    critical: true,
  },
);

const pence = twins(
  {
    fields: ['quote', 'lastPrice', 'navPerShare'],
    value(random) {
      const units = random.int(900, 950_000);
      const modern = (text: string) => object({ price: text, currency: json('GBP') });
      return shown(
        object({ price: json(decimal(units, 2)), currency: json('GBX') }),
        modern(decimal(units, 4)),
        modern(decimal(units, 2)),
      );
    },
  },
  { name: 'pence_as_pounds', why: 'GBX are pence: a hundredth of the figure in GBP is the same price.' },
  {
    name: 'pence_called_pounds',
    why: 'A price in pence was labelled pounds: a hundred times too dear.',
    critical: true,
  },
);

const orderStatus = coded(
  ['orderStatus', 'ordStatus', 'executionState'],
  [
    ['39=0', 'NEW'],
    ['39=1', 'PARTIALLY_FILLED', 'FILLED'],
    ['39=2', 'FILLED'],
    ['39=4', 'CANCELED', 'FILLED'],
    ['39=6', 'PENDING_CANCEL', 'CANCELED'],
    ['39=8', 'REJECTED', 'NEW'],
  ],
  { name: 'fix_status_named', why: 'The values of FIX tag 39 by the names of the standard.' },
  {
    name: 'fix_status_misread',
    why: 'Partial, pending, cancelled or rejected orders are answered with a status that FIX gives another code.',
    critical: true,
  },
);

const shorthand = twins(
  {
    fields: ['quantity', 'volume', 'nominal', 'turnover'],
    least: 2,
    value(random) {
      const kind = random.pick(['M', 'K', '']);
      const tenths = random.int(11, 9999);
      const figure = decimal(tenths, 1).replace(/\.0$/, '');
      if (kind === '') return shown(json(String(tenths)), String(tenths), String(tenths));
      return shown(json(figure + kind), String(tenths * (kind === 'M' ? 100_000 : 100)), figure);
    },
  },
  { name: 'shorthand_multiplied', why: 'K and M are thousands and millions, and the number is written out.' },
  {
    name: 'shorthand_suffix_ignored',
    why: 'The K or M behind a quantity was ignored: a thousandth or millionth is left.',
    critical: true,
  },
);

const position = twins(
  {
    fields: ['position', 'holding', 'netPosition'],
    value(random) {
      const size = random.int(1, 900) * 10;
      const side = random.pick(['LONG', 'LONG', 'SHORT']);
      return shown(
        object({ QTY: json(String(size).padStart(9, '0')), SIDE: json(side) }),
        String(side === 'SHORT' ? -size : size),
        String(size),
      );
    },
  },
  {
    name: 'short_is_negative',
    why: 'A short position is the negative number of shares, a long one the positive.',
  },
  {
    name: 'short_shown_long',
    why: 'Short positions are answered as positive numbers: owned instead of owed.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...weeklyHours,
  ...payPeriod,
  ...taxClass,
  ...thirtySeconds,
  ...pence,
  ...orderStatus,
  ...shorthand,
  ...position,
];
