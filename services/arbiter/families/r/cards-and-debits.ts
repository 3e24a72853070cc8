/** Cards, mandates, value dates and cut-off times of a payments hub. */
import { luhn } from '../check-digits.ts';
import { defect, type Family, type Theme, twins } from '../kit.ts';
import { Day, decimal, json, minorUnits, object, two } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

function maskedCard(wrong: (pan: string) => string): Theme {
  return {
    fields: ['cardNumber', 'maskedPan', 'pan'],
    value: (random) => {
      const payload = `${random.pick(['411111', '453201', '542418', '520082'])}${random.digits(9)}`;
      const pan = `${payload}${luhn(payload)}`;
      const masked = (sign: string) => `${pan.slice(0, 6)}${sign.repeat(6)}${pan.slice(-4)}`;
      return shownJson(masked('*'), masked('X'), wrong(pan));
    },
  };
}

export const families: readonly Family[] = [
  ...twins(
    maskedCard((pan) => pan),
    {
      name: 'r_card_masked_with_x',
      why: 'The same six first and four last digits of the card are shown; only the masking character differs.',
    },
    {
      name: 'r_card_number_unmasked',
      critical: true,
      why: 'Legacy hides the middle of the card number, the rewrite discloses it in full.',
    },
  ),
  defect(
    maskedCard((pan) => `${pan.slice(0, 6)}XXXXXX${pan.slice(-5, -1)}`),
    {
      name: 'r_card_last_four_shifted',
      critical: true,
      why: 'The four visible last digits are moved by one, so they name another card.',
    },
  ),
  ...twins(
    {
      fields: ['cardExpiry', 'expirationDate', 'validThru'],
      value: (random) => {
        const [month, year] = [two(random.int(1, 12)), random.int(27, 34)];
        return shownJson(`${month}/${year}`, `20${year}-${month}`, `${year >= 30 ? 19 : 20}${year}-${month}`);
      },
    },
    {
      name: 'r_card_expiry_iso_month',
      why: 'Month and short year of a card in this century are written as an ISO month.',
    },
    {
      name: 'r_card_expiry_before_it_was_issued',
      critical: true,
      why: 'Years from 30 on are taken for the 1930s, so valid cards expired a lifetime ago.',
    },
  ),
  ...twins(
    {
      fields: ['interchange', 'interchangeFee', 'merchantFee'],
      common: (random) => random.pick([20n, 30n, 115n]),
      value: (random, rate) => {
        const amount = minorUnits(random, 500, 400_000);
        const product = BigInt(amount) * rate;
        const fee = (product + 5_000n) / 10_000n;
        const write = (units: bigint, zero = '') =>
          object({ amount: decimal(amount, 2), fee: `${decimal(units, 2)}${zero}` });
        return shown(write(fee), write(fee, '00'), write(product / 10_000n, '00'));
      },
    },
    {
      name: 'r_interchange_with_more_zeros',
      why: 'The fee has two more zeros after its cents: the same number.',
    },
    {
      name: 'r_interchange_cut_not_rounded',
      critical: true,
      why: 'Some fees are a cent lower than in legacy: the rewrite cuts where legacy rounds half up.',
    },
  ),
  ...twins(
    {
      fields: ['valueDate', 'interestDate', 'settlementDate'],
      value: (random) => {
        const day = Day.any(random, 2024, 2026);
        const weekday = day.date.getUTCDay();
        const moved = day.plus(weekday === 6 ? 2 : weekday === 0 ? 1 : 0);
        const short = `${day.yyyy.slice(2)}${day.mm}${day.dd}`;
        return moved.iso === day.iso
          ? { legacy: json(short), right: json(day.iso) }
          : shownJson(short, day.iso, moved.iso);
      },
    },
    {
      name: 'r_value_date_six_digits_to_iso',
      why: 'YYMMDD of a statement line and the ISO date of the rewrite name the same day.',
    },
    {
      name: 'r_value_date_moved_off_the_weekend',
      critical: true,
      why: 'Value dates on a weekend are moved to Monday by the rewrite; legacy keeps the day, so interest differs.',
    },
  ),
  ...twins(
    {
      fields: ['cutOffTime', 'acceptedUntil', 'submissionDeadline'],
      value: (random) => {
        const [h, m] = [random.int(7, 20), random.pick(['00', '15', '30', '45'])];
        return shownJson(
          `${two(h)}${m}00`,
          `${two(h)}:${m}:00`,
          h > 12 ? `${two(h - 12)}:${m}:00` : `${two(h)}:${m}:00`,
        );
      },
    },
    {
      name: 'r_cut_off_with_colons',
      why: 'HHMMSS and HH:MM:SS are the same time of day.',
    },
    {
      name: 'r_cut_off_twelve_hours_early',
      critical: true,
      why: 'Cut-off times in the afternoon are answered on a clock of twelve hours: 170000 becomes 05:00:00.',
    },
  ),
  ...twins(
    {
      fields: ['activeMandates', 'mandateIds', 'mandates'],
      clear: true,
      value: (random) => {
        const ids = [
          ...new Set(
            Array.from({ length: random.int(3, 7) }, () => `MD${random.int(2019, 2026)}-${random.digits(5)}`),
          ),
        ];
        const sorted = [...ids].sort();
        return shownJson(random.shuffled(ids), sorted, sorted.slice(0, -1));
      },
    },
    {
      name: 'r_mandates_sorted',
      why: 'The same mandates are listed, sorted by their ids in the rewrite; a set of mandates has no order.',
    },
    {
      name: 'r_newest_mandate_missing',
      critical: true,
      why: 'Besides being sorted, the list lacks a mandate that legacy holds, so its collections would be refused.',
    },
  ),
  ...twins(
    {
      fields: ['disputedAmount', 'chargebackAmount', 'dispute'],
      least: 2,
      value: (random) => {
        const original = minorUnits(random, 1_000, 300_000);
        const disputed = random.chance(0.5) ? original : random.int(100, original - 1);
        const padded = (units: number) => json(String(units).padStart(12, '0'));
        const plain = (part: number) =>
          object({ original: decimal(original, 2), disputed: decimal(part, 2) });
        return shown(
          object({ original: padded(original), disputed: padded(disputed) }),
          plain(disputed),
          plain(original),
        );
      },
    },
    {
      name: 'r_dispute_amounts_with_point',
      why: 'Twelve digits in cents and the amounts with a decimal point are the same two amounts.',
    },
    {
      name: 'r_partial_dispute_becomes_full',
      critical: true,
      why: 'Where only part of a purchase is disputed, the rewrite disputes the whole purchase.',
    },
  ),
];
