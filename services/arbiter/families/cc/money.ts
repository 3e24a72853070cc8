/** Prices, rates and statements in the notations of banks and markets. */
import type { Family } from '../kit.ts';
import { Day, decimal, grouped, json, minorUnits, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { base64, pair } from './common.ts';

const treasuryPrices = pair(
  {
    fields: ['cleanPrice', 'quote', 'PX_LAST', 'bid'],
    routes: ['GET /bonds/{cusip}/quote', 'GET /api/v2/positions'],
    common: (random) => random.chance(0.5),
    value(random, decimals) {
      const [whole, ticks, plus] = [random.int(94, 106), random.int(0, 31), random.chance(0.3)];
      const price = (halves: number) => decimal((whole * 64 + halves) * 15_625, 6);
      const wrong = decimals ? `${whole}.${two(ticks)}${plus ? 5 : 0}000` : price(ticks * 2);
      return shown(
        json(`${whole}-${two(ticks)}${plus ? '+' : ''}`),
        price(ticks * 2 + (plus ? 1 : 0)),
        wrong,
      );
    },
  },
  {
    name: 'cc_thirty_seconds_to_decimal',
    why: 'US bonds are quoted in 32nds and a plus is half a 32nd, which is what every decimal price says exactly.',
  },
  {
    name: 'cc_thirty_seconds_misread',
    critical: true,
    why: 'The ticks after the hyphen are taken for hundredths or the plus is dropped, so the price is wrong.',
  },
);

const quoteUnits = pair(
  {
    fields: ['rate', 'fxFixing', 'KURS', 'referenceRate'],
    routes: ['GET /fx/rates/{date}', 'POST /payments/quote'],
    always: true,
    value(random) {
      const [currency, unit, low, high] = random.pick([
        ['JPY', 100, 5400, 6400],
        ['HUF', 100, 2200, 2600],
        ['CZK', 100, 35_000, 41_000],
        ['SEK', 100, 79_000, 87_000],
        ['USD', 1, 8400, 9200],
        ['EUR', 1, 9300, 9800],
        ['GBP', 1, 10_800, 11_500],
      ] as const);
      const units = random.int(low, high);
      const rate = decimal(units, 4);
      return shownJson(
        { currency, units: unit, chf: rate },
        { base: currency, per: 1, rate: unit === 1 ? rate : decimal(units, 6), quote: 'CHF' },
        { base: currency, per: 1, rate, quote: 'CHF' },
      );
    },
  },
  {
    name: 'cc_rate_per_hundred_to_rate_per_one',
    why: 'Francs per 100 yen divided by 100 are francs per yen; currencies quoted per unit stay as they are.',
  },
  {
    name: 'cc_rate_per_hundred_taken_for_one',
    critical: true,
    why: 'Currencies quoted per 100 keep their rate but are now said to be per 1, so they are worth a hundredfold.',
  },
);

const statementMarks = [
  ['C', 'CRDT', false],
  ['C', 'CRDT', false],
  ['D', 'DBIT', false],
  ['D', 'DBIT', false],
  ['RD', 'CRDT', true],
  ['RC', 'DBIT', true],
] as const;

const statementLines = pair(
  {
    fields: ['statementLine', 'tag61', 'UMSATZ', 'entry'],
    routes: ['GET /accounts/{iban}/statements/{no}', 'POST /mt940/parse'],
    always: true,
    value(random) {
      const [mark, indicator, reversal] = random.pick(statementMarks);
      const day = Day.any(random, 2021, 2025);
      const cents = decimal(minorUnits(random, 100, 900_000), 2);
      const [type, reference] = [random.pick(['TRF', 'DDT', 'CHK', 'MSC']), random.digits(10)];
      const modern = (side: string) => ({
        valueDate: day.iso,
        amount: cents,
        creditDebitIndicator: side,
        ...(reversal ? { reversal } : {}),
        transactionType: `N${type}`,
        customerReference: reference,
      });
      return shownJson(
        `:61:${day.iso.slice(2).replaceAll('-', '')}${mark}${cents.replace('.', ',')}N${type}${reference}`,
        modern(indicator),
        modern(reversal ? (indicator === 'CRDT' ? 'DBIT' : 'CRDT') : indicator),
      );
    },
  },
  {
    name: 'cc_mt940_line_to_camt_entry',
    why: 'C and D are credit and debit, and RC and RD reverse them, so a reversed debit is money coming in, as stated.',
  },
  {
    name: 'cc_mt940_reversal_on_wrong_side',
    critical: true,
    why: 'RD (reversal of a debit) credits the account and RC debits it; the rewrite books both on the opposite side.',
  },
);

const basisPoints = pair(
  {
    fields: ['margin', 'spread', 'ZINSAUFSCHLAG', 'fee'],
    routes: ['GET /loans/{id}', 'GET /funds/{isin}/costs'],
    least: 12,
    always: true,
    value(random) {
      const bps = random.chance(0.3) ? random.int(0, 9) * 100 + random.int(1, 9) : random.int(10, 980);
      const [whole, rest] = [Math.floor(bps / 100), bps % 100];
      const right = { percent: `${whole}.${two(rest)}` };
      return shownJson({ basisPoints: bps }, right, rest === 0 ? right : { percent: `${whole}.${rest}` });
    },
  },
  {
    name: 'cc_basis_points_to_percent',
    why: 'A hundred basis points are one percent, and every value is divided by 100 with its zeros kept.',
  },
  {
    name: 'cc_basis_points_zero_lost',
    critical: true,
    why: '405 basis points are 4.05 %, but where the hundredths are below ten the rewrite drops the zero: 4.5 %.',
  },
);

const packedAmounts = pair(
  {
    fields: ['SALDO-COMP3', 'balance', 'WS-AMT', 'movement'],
    routes: ['GET /cics/ACCT', 'GET /accounts/{id}/balance'],
    always: true,
    value(random) {
      const [cents, negative] = [minorUnits(random, 50, 90_000_000), random.chance(0.4)];
      const digits = String(cents).padStart(9, '0');
      const bytes = Buffer.from(`${digits}${negative ? 'd' : 'c'}`, 'hex');
      const text = decimal(cents, 2);
      return shownJson(
        { comp3: base64(bytes), scale: 2 },
        { amount: negative ? `-${text}` : text },
        { amount: text },
      );
    },
  },
  {
    name: 'cc_packed_decimal_unpacked',
    why: 'The nibbles of the packed number are the digits of the amount, and a last nibble D makes it negative.',
  },
  {
    name: 'cc_packed_decimal_sign_ignored',
    critical: true,
    why: 'Numbers whose last nibble is D are negative; the rewrite shows an overdrawn account as in credit.',
  },
);

const referenceNumbers = pair(
  {
    fields: ['paymentReference', 'viitenumero', 'REF_NR', 'creditorReference'],
    routes: ['GET /invoices/{number}', 'POST /payments'],
    value(random) {
      const payload = `${random.int(1, 9)}${random.digits(random.int(5, 12))}`;
      const sum = [...payload]
        .reverse()
        .reduce((total, digit, at) => total + Number(digit) * ([7, 3, 1][at % 3] ?? 1), 0);
      const national = `${payload}${(10 - (sum % 10)) % 10}`;
      const iso = (reference: string) => {
        const rest = Number(BigInt(`${reference}271500`) % 97n);
        return `RF${two(98 - rest)}${reference}`;
      };
      const blocks = national
        .split('')
        .reverse()
        .join('')
        .replace(/(.{5})(?=.)/g, '$1 ');
      return shownJson([...blocks].reverse().join(''), iso(national), iso(payload));
    },
  },
  {
    name: 'cc_finnish_reference_to_rf',
    why: 'The international reference is RF, its own check digits and the whole national reference with its check digit.',
  },
  {
    name: 'cc_finnish_reference_check_digit_dropped',
    critical: true,
    why: 'The last digit of the national reference is missing behind RF, so the creditor cannot match the payment.',
  },
);

const countries = [
  ['D', 'DE'],
  ['A', 'AT'],
  ['CH', 'CH'],
  ['F', 'FR'],
  ['S', 'SE'],
] as const;

const bookingLines = pair(
  {
    fields: ['openItem', 'POSTEN', 'ledgerLine', 'receivable'],
    routes: ['GET /debtors/{no}/items', 'POST /fibu/export'],
    common: (random) => random.pick(['date', 'amount', 'blocked'] as const),
    value(random, defect) {
      const day = Day.any(random, 2021, 2025);
      const cents = minorUnits(random, 1000, 9_000_000);
      const blocked = random.chance(0.4);
      const [plate, country] = random.pick(countries);
      const text = decimal(cents, 2);
      const swapped = day.day <= 12 ? `${day.yyyy}-${day.dd}-${day.mm}` : day.iso;
      const modern = (date: string, amount: string, stop: boolean) => ({
        dueDate: date,
        amount: { value: amount, currency: 'EUR' },
        country,
        dunningBlocked: stop,
      });
      return shownJson(
        {
          FAELLIG: `${day.dd}.${day.mm}.${day.yyyy}`,
          BETRAG: grouped(text, '.', ','),
          WAEHRUNG: 'EUR',
          LAND: plate,
          MAHNSPERRE: blocked ? 'J' : 'N',
        },
        modern(day.iso, text, blocked),
        modern(
          defect === 'date' ? swapped : day.iso,
          defect === 'amount' && cents >= 100_000
            ? Number(`${text.slice(0, -6)}.${text.slice(-6, -3)}`).toFixed(2)
            : text,
          defect === 'blocked' ? false : blocked,
        ),
      );
    },
    least: 10,
    always: true,
  },
  {
    name: 'cc_ledger_line_all_notations_at_once',
    why: 'Date, amount, country and the flag J or N all changed their notation, and each says what it said.',
  },
  {
    name: 'cc_ledger_line_one_notation_misread',
    critical: true,
    why: 'Among members that are only spelled anew one is wrong: day and month, the thousands, or the dunning block.',
  },
);

export const families: readonly Family[] = [
  ...treasuryPrices,
  ...quoteUnits,
  ...statementLines,
  ...basisPoints,
  ...packedAmounts,
  ...referenceNumbers,
  ...bookingLines,
];
