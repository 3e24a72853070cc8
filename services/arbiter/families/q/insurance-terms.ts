/** Terms and sums of insurance contracts. */

import { type Family, twins } from '../kit.ts';
import { decimal, json, list, minorUnits } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['policyTerm', 'coverPeriod', 'guaranteePeriod', 'duration'],
      value(random) {
        const years = random.int(1, 9);
        const legacy = `${String(years * 12).padStart(3, '0')} MONTHS`;
        return shownJson(legacy, `P${years}Y`, `P${years * 12}D`);
      },
    },
    {
      name: 'term_months_into_years',
      why: 'A term of whole years given in months is written as the same number of years.',
    },
    {
      name: 'term_months_into_days',
      why: 'The number of months is answered as a number of days.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['excess', 'deductible', 'retention', 'franchise'],
      value(random) {
        const percent = random.pick([5, 10, 15, 20]);
        const amount = random.pick([150, 250, 300, 500, 1000]);
        const legacy = `${percent}% MIN ${amount}`;
        return shownJson(legacy, { percent, minimum: amount }, { percent, maximum: amount });
      },
    },
    {
      name: 'excess_rule_into_object',
      why: 'Percentage and minimum of the excess are the same, as members of an object.',
    },
    {
      name: 'excess_minimum_into_maximum',
      why: 'The least amount the customer bears is answered as the most they bear.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['instalments', 'premiumSchedule', 'paymentPlan', 'parts'],
      value(random) {
        const count = random.pick([3, 4, 6, 12]);
        const total = minorUnits(random, 20_000, 400_000);
        const part = Math.floor(total / count);
        const last = total - part * (count - 1);
        const plan = (end: number) =>
          Array.from({ length: count }, (_, at) => decimal(at === count - 1 ? end : part, 2));
        return shown(json(plan(last)), list(plan(last)), list(plan(part)));
      },
    },
    {
      name: 'instalments_as_numbers',
      why: 'Every instalment is the same amount, without quotes.',
    },
    {
      name: 'instalments_lose_remainder',
      why: 'The cents that do not divide evenly are missing in the last instalment, so the plan does not add up.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['registrationPlate', 'licencePlate', 'vehicleRegistration'],
      clear: true,
      value(random) {
        const letters = 'ABCDEFGHKLMNPRSTVWXY';
        const plate = `${random.text(letters, 2)}${random.digits(2)}`;
        const tail = random.text(letters, 3);
        return shownJson(`${plate} ${tail}`, plate + tail, plate + tail.slice(0, 2));
      },
    },
    {
      name: 'plate_without_space',
      why: 'The space in a British number plate is for the eye only.',
    },
    {
      name: 'plate_last_letter_cut',
      why: 'The last letter is cut off, which is no plate of that car any more.',
      critical: true,
    },
  ),
];
