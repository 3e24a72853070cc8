/** Card payments: ISO 8583 data elements, EMV results, masked card numbers. */
import { luhn } from '../check-digits.ts';
import { type Family, mixed, type Random, twins } from '../kit.ts';
import { decimal, json, minorUnits } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const least = 8;
const monies = [
  ['978', 'EUR', 2],
  ['840', 'USD', 2],
  ['826', 'GBP', 2],
  ['392', 'JPY', 0],
  ['410', 'KRW', 0],
  ['414', 'KWD', 3],
  ['048', 'BHD', 3],
] as const;

const amounts = twins(
  {
    fields: ['DE4', 'transactionAmount', 'authAmount', 'billing.amount'],
    least,
    value(random) {
      const [numeric, alphabetic, scale] = random.pick(monies);
      const units = minorUnits(random, 150, 5_000_000);
      return shownJson(
        { de4: String(units).padStart(12, '0'), de49: numeric },
        { amount: decimal(units, scale), currency: alphabetic },
        { amount: decimal(units, 2), currency: alphabetic },
      );
    },
  },
  {
    name: 'z_iso8583_amount_by_exponent',
    why: 'DE4 counts minor units of the currency in DE49; the plain amount has the digits ISO 4217 gives each currency.',
  },
  {
    name: 'z_iso8583_amount_two_digits_always',
    why: 'Yen, won and dinars are divided by 100 like euros, so these amounts are off by a factor of 10 or 100.',
    critical: true,
  },
);

const accountTypes = [
  ['10', 'savings'],
  ['20', 'checking'],
  ['30', 'credit'],
] as const;

const balances = twins(
  {
    fields: ['DE54', 'additionalAmounts', 'atm.balances'],
    least,
    value(random) {
      const [code, account] = random.pick(accountTypes);
      const ledger = random.chance(0.2)
        ? -minorUnits(random, 100, 90_000)
        : minorUnits(random, 1000, 900_000);
      const available = ledger + random.pick([-1, 1, 1]) * minorUnits(random, 500, 200_000);
      const entry = (type: string, units: number) =>
        `${code}${type}978${units < 0 ? 'D' : 'C'}${String(Math.abs(units)).padStart(12, '0')}`;
      const shape = (first: number, second: number) => ({
        account,
        currency: 'EUR',
        ledger: decimal(first, 2),
        available: decimal(second, 2),
      });
      return shownJson(
        entry('01', ledger) + entry('02', available),
        shape(ledger, available),
        shape(available, ledger),
      );
    },
  },
  {
    name: 'z_iso8583_de54_unpacked',
    why: 'DE54 is unpacked: amount type 01 is the ledger balance and 02 the available one, C and D are the sign.',
  },
  {
    name: 'z_iso8583_de54_types_swapped',
    why: 'Amount type 01 (ledger) is shown as the available balance and 02 as the ledger, so the holder sees money that cannot be drawn.',
    critical: true,
  },
);

const tvrBits = [
  [
    'OFFLINE_DATA_AUTH_NOT_PERFORMED',
    'SDA_FAILED',
    'ICC_DATA_MISSING',
    'CARD_ON_EXCEPTION_FILE',
    'DDA_FAILED',
    'CDA_FAILED',
  ],
  [
    'APP_VERSIONS_DIFFER',
    'EXPIRED_APPLICATION',
    'APPLICATION_NOT_YET_EFFECTIVE',
    'SERVICE_NOT_ALLOWED',
    'NEW_CARD',
  ],
  [
    'CVM_NOT_SUCCESSFUL',
    'UNRECOGNISED_CVM',
    'PIN_TRY_LIMIT_EXCEEDED',
    'PIN_PAD_NOT_WORKING',
    'PIN_NOT_ENTERED',
    'ONLINE_PIN_ENTERED',
  ],
  [
    'FLOOR_LIMIT_EXCEEDED',
    'LOWER_OFFLINE_LIMIT_EXCEEDED',
    'UPPER_OFFLINE_LIMIT_EXCEEDED',
    'RANDOMLY_SELECTED_ONLINE',
    'MERCHANT_FORCED_ONLINE',
  ],
  ['DEFAULT_TDOL_USED', 'ISSUER_AUTH_FAILED', 'SCRIPT_FAILED_BEFORE_AC', 'SCRIPT_FAILED_AFTER_AC'],
] as const;

const verification = twins(
  {
    fields: ['tvr', 'emv.tag95', 'terminalVerification'],
    least,
    value(random) {
      const names: string[] = [];
      const shifted: string[] = [];
      const bytes = tvrBits.map((bits) => {
        let byte = 0;
        bits.forEach((name, at) => {
          if (!random.chance(0.18)) return;
          byte |= 0x80 >> at;
          names.push(name);
          const next = bits[at + 1];
          if (next !== undefined) shifted.push(next);
        });
        return byte.toString(16).toUpperCase().padStart(2, '0');
      });
      return shownJson(bytes.join(''), names, shifted);
    },
  },
  {
    name: 'z_emv_tvr_bits_named',
    why: 'Each name is the EMV meaning of one bit set in the five bytes of the terminal verification results.',
  },
  {
    name: 'z_emv_tvr_bits_off_by_one',
    why: 'Every bit is read as its lower neighbour, so an exceeded PIN try limit is reported as a broken PIN pad.',
    critical: true,
  },
);

const traces = twins(
  {
    fields: ['stan', 'DE11', 'traceNumber'],
    least: 10,
    always: true,
    common: (random) => ({
      legacy: random.int(1000, 800_000),
      modern: random.int(1000, 800_000),
      stuck: random.int(1, 9),
    }),
    value(random, at) {
      const trace = (value: number) => json(String(value).padStart(6, '0'));
      at.legacy += random.int(1, 40);
      const legacy = trace(at.legacy);
      at.legacy += random.int(1, 40);
      at.modern += random.int(1, 40);
      return { legacy, legacy2: trace(at.legacy), right: trace(at.modern), wrong: trace(at.stuck) };
    },
  },
  {
    name: 'z_stan_drawn_anew',
    why: 'The trace number is drawn from a running counter for each message: legacy does not repeat its own either, and the new counter runs as well.',
  },
  {
    name: 'z_stan_counter_stuck',
    why: 'Legacy draws a new trace number for each message; the rewrite sends the same one every time, so messages cannot be told apart or reversed.',
    critical: true,
  },
);

function cardNumber(random: Random): string {
  const base = random.pick(['4', '51', '53', '55']);
  const payload = base + random.digits(15 - base.length);
  return payload + luhn(payload);
}

const masked = twins(
  mixed({
    fields: ['card.number', 'maskedPan', 'receipt.card'],
    least,
    value(random) {
      const number = cardNumber(random);
      const last = number.slice(-4);
      const spaced = number.replace(/(\d{4})(?=\d)/g, '$1 ');
      return shownJson(`**** **** **** ${last}`, `XXXXXXXXXXXX${last}`, spaced);
    },
  }),
  {
    name: 'z_pan_masked_otherwise',
    why: 'Both hide all but the last four digits of the card number; only the mask character and the spaces differ.',
  },
  {
    name: 'z_pan_no_longer_masked',
    why: 'The rewrite hands out the whole card number, which legacy hides but for its last four digits.',
    critical: true,
  },
);

export const families: readonly Family[] = [...amounts, ...balances, ...verification, ...traces, ...masked];
