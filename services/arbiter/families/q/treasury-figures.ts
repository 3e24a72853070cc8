/** How PL/I pictures and Oracle masks write single figures of a treasury. */

import { type Family, twins } from '../kit.ts';
import { decimal, grouped, json, minorUnits } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['cashPosition', 'netting', 'suspenseBalance', 'rest'],
      value(random) {
        const cents = random.chance(0.4) ? 0 : random.int(1, 99_999);
        const legacy = json(`-${decimal(cents, 2)}`);
        return cents === 0
          ? { legacy, right: json('0.00') }
          : shown(legacy, json(decimal(-cents, 2)), json(decimal(cents, 2)));
      },
    },
    {
      name: 'picture_minus_zero',
      why: 'Only the meaningless sign of a zero from the edited picture disappears; real negatives keep theirs.',
    },
    {
      name: 'picture_minus_stripped',
      why: 'The clean-up of minus zero strips the sign of real negative amounts too.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['chequeAmount', 'payoutText', 'printAmount', 'warrantAmount'],
      value(random) {
        const units = minorUnits(random, 100_000, 99_999_999);
        const plain = decimal(units, 2);
        const legacy = json(grouped(plain, ',').padStart(15, '*'));
        return shown(legacy, json(plain), json(plain.slice(1)));
      },
    },
    {
      name: 'cheque_stars_removed',
      why: 'The protecting asterisks and the grouping commas of a cheque picture are gone, the amount is the same.',
    },
    {
      name: 'cheque_stars_eat_digit',
      why: 'Together with the asterisks the first digit of the amount was removed.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['accruedInterest', 'marketValue', 'nominal', 'bookValue'],
      value(random) {
        const units = minorUnits(random, 10_000, 900_000_000_000);
        const legacy = json(decimal(units, 2).padStart(16, '0'));
        return shown(legacy, decimal(units, 2), decimal(units % 1_000_000_000, 2));
      },
    },
    {
      name: 'fixed_decimal_zero_padded',
      why: 'The zero-padded text of a FIXED DECIMAL is written as a number of the same value.',
    },
    {
      name: 'fixed_decimal_high_digits_cut',
      why: 'Amounts of ten million and more lose their leading digits, as if the target field were too short.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['haircut', 'ratio', 'floorRate', 'weight'],
      value(random) {
        const units = random.int(-9999, 9999) || 75;
        const full = decimal(units, 4).replace(/0+$/, '');
        const legacy = full.replace('0.', '.');
        const lost = `${units < 0 ? '-' : ''}0.${full.replace('-', '').slice(2).replace(/^0+/, '')}`;
        return shownJson(legacy, full, lost);
      },
    },
    {
      name: 'to_char_leading_zero_added',
      why: 'Oracle writes .075 without a zero before the point and the rewrite writes 0.075.',
    },
    {
      name: 'to_char_zero_after_point_lost',
      why: 'Zeros after the point vanish while the one before it is added: .075 became 0.75.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['totalAssets', 'turnover', 'grossExposure', 'screenTotal'],
      value(random) {
        const plain = decimal(minorUnits(random, 100_000, 90_000_000_000), 2);
        const right = grouped(plain, ',');
        return shownJson(plain, right, right.length > 12 ? '#'.repeat(12) : right);
      },
    },
    {
      name: 'forms_total_grouped',
      why: 'The same total is shown with commas between thousands.',
    },
    {
      name: 'forms_total_overflows_mask',
      why: 'Long totals do not fit the format mask and only hash signs are answered.',
      critical: true,
    },
  ),
];
