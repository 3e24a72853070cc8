/** Dealing rooms and account statements: bond prices in 32nds, option symbols, reversals, tenors, quotes, masked cards. */
import { luhn } from '../check-digits.ts';
import { Day, decimal, json, minorUnits, object, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { only, padded, pair, short } from './domain.ts';

const routes = [
  'GET /positions/{account}',
  'GET /marketdata/{symbol}',
  'POST /statements/search',
  'GET /trades/{ref}',
];

const thirtySeconds = pair(
  routes,
  {
    fields: ['treasuryPrice', 'cleanPrice', 'px_last'],
    clear: true,
    value(random) {
      const [whole, part] = [random.int(86, 119), random.int(0, 31)];
      const [mark, quarters] = random.pick([
        ['', 0],
        ['', 0],
        ['+', 2],
        ['2', 1],
        ['6', 3],
      ] as const);
      const right = short((whole * 128 + part * 4 + quarters) * 78_125, 7);
      const legacy = json(`${whole}-${two(part)}${mark}`);
      if (part === 0) return { legacy, right };
      return shown(
        legacy,
        right,
        short(Number(`${whole}${two(part)}${mark === '+' ? 5 : mark === '' ? 0 : mark}`), 3),
      );
    },
  },
  {
    name: 'dd_bond_price_from_32nds',
    why: 'Treasury prices in 32nds (a plus is half a 32nd, 2 and 6 are quarters) as the exact decimal price.',
  },
  {
    name: 'dd_bond_price_32nds_as_hundredths',
    why: 'The 32nds after the dash were taken as decimals of the price: 99-16 is 99.5 and not 99.16.',
    critical: true,
  },
);

const roots = [
  ['AAPL', 150, 260],
  ['MSFT', 300, 520],
  ['SPY', 420, 650],
  ['F', 8, 16],
  ['XOM', 90, 130],
  ['KO', 50, 75],
  ['GE', 90, 210],
] as const;
const option = pair(
  routes,
  {
    fields: ['occSymbol', 'contract', 'instrument'],
    value(random) {
      const start = Day.of(random.int(2024, 2027), random.int(1, 12), 15);
      const expiry = start.plus((12 - start.date.getUTCDay()) % 7); // the third Friday
      const [root, low, high] = random.pick(roots);
      const [call, strike] = [random.chance(0.5), random.int(low * 2, high * 2) * 500];
      const symbol = `${root.padEnd(6)}${expiry.yyyy.slice(2)}${expiry.mm}${expiry.dd}${call ? 'C' : 'P'}${padded(strike, 8)}`;
      const contract = (scale: number) =>
        object({
          underlying: json(root),
          expiry: json(expiry.iso),
          right: json(call ? 'call' : 'put'),
          strike: json(short(strike, scale)),
        });
      return shown(json(symbol), contract(3), contract(2));
    },
  },
  {
    name: 'dd_option_symbol_taken_apart',
    why: 'The OCC symbol holds root, expiry, right and the strike in thousandths, and the object states just these.',
  },
  {
    name: 'dd_option_strike_tenfold',
    why: 'The strike in thousandths of the OCC symbol was read as hundredths: every strike is ten times too high.',
    critical: true,
  },
);

const reversal = pair(
  routes,
  {
    fields: ['amount', 'bookedAmount', 'tag61'],
    value(random) {
      const amount = decimal(minorUnits(random), 2);
      const mark = random.pick(['C', 'D', 'C', 'D', 'RC', 'RD']);
      const sign = mark === 'D' || mark === 'RC' ? '-' : '';
      const legacy = json(`${mark}${amount.replace('.', ',')}`);
      if (!mark.startsWith('R')) return { legacy, right: json(sign + amount) };
      return shownJson(
        `${mark}${amount.replace('.', ',')}`,
        sign + amount,
        sign === '-' ? amount : `-${amount}`,
      );
    },
  },
  {
    name: 'dd_statement_mark_as_sign',
    why: 'SWIFT MT940 marks as signs: C and the reversed debit RD add, D and the reversed credit RC take away.',
  },
  {
    name: 'dd_statement_reversal_as_booking',
    why: 'A reversed credit (RC) is booked as a credit and a reversed debit (RD) as a debit: the sign is wrong.',
    critical: true,
  },
);

const tenor = pair(
  routes,
  {
    fields: ['tenor', 'term', 'maturity'],
    clear: true,
    value(random) {
      const unit = random.pick(['M', 'M', 'Y', 'W', 'D']);
      const length = `${random.pick([1, 2, 3, 6, 9, 10, 12, 15, 18, 30])}${unit}`;
      const value = { legacy: json(length), right: json(`P${length}`) };
      return unit === 'M' ? { ...value, wrong: json(`PT${length}`) } : value;
    },
  },
  {
    name: 'dd_tenor_as_iso_duration',
    why: 'Market tenors (3M, 2Y, 1W) written as ISO 8601 durations of the same months, years, weeks and days.',
  },
  {
    name: 'dd_tenor_months_as_minutes',
    why: 'PT18M is eighteen minutes in ISO 8601, where the tenor was eighteen months.',
    critical: true,
  },
);

const card = pair(
  routes,
  {
    fields: ['card', 'pan', 'paymentMethod'],
    value(random) {
      const payload = random.pick(['4539', '4024', '5412', '5555']) + random.digits(11);
      const pan = payload + luhn(payload);
      return shownJson(
        `************${pan.slice(12)}`,
        `•••• •••• •••• ${pan.slice(12)}`,
        pan.replace(/(.{4})(?=.)/g, '$1 '),
      );
    },
  },
  {
    name: 'dd_card_masked_with_bullets',
    why: 'The card number is masked with bullets instead of asterisks; the same last four digits are shown, and no more.',
  },
  {
    name: 'dd_card_number_unmasked',
    why: 'The whole card number is handed out where legacy shows the last four digits only.',
    critical: true,
  },
);

const ratio = only(
  routes,
  {
    fields: ['coupon', 'rate', 'nominalInterest'],
    value(random) {
      const eighths = random.int(1, 70);
      const [whole, rest] = [Math.floor(eighths / 8), eighths % 8];
      const halves = rest === 0 ? 0 : rest % 4 === 0 ? 2 : rest % 2 === 0 ? 4 : 8;
      const fraction = halves === 0 ? '' : `${(rest * halves) / 8}/${halves}`;
      const text = [whole === 0 && fraction !== '' ? '' : String(whole), fraction]
        .filter((part) => part !== '')
        .join(' ');
      return { legacy: json(`${text} %`), right: json(`${short(eighths * 125, 3)}%`) };
    },
  },
  {
    name: 'dd_coupon_in_eighths',
    why: 'A coupon of 4 3/8 % is 4.375%: eighths, quarters and halves have exact decimals.',
  },
);

export const families = [...thirtySeconds, ...option, ...reversal, ...tenor, ...card, ...ratio];
