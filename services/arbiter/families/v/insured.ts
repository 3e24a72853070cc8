/** A health insurer's persons and providers: numbers, birth dates, addresses, opening hours, relations. */
import { gtinDigit } from '../check-digits.ts';
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { Day, json, list, object, streets } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const insuredNumber = twins(
  {
    fields: ['insuredNumber', 'socialInsuranceNo', 'FLD-014'],
    value(random) {
      const base = `756${random.digits(9)}`;
      const digits = `${base}${gtinDigit(base)}`;
      const printed = `${digits.slice(0, 3)}.${digits.slice(3, 7)}.${digits.slice(7, 11)}.${digits.slice(11)}`;
      return shownJson(printed, digits, String(Math.fround(Number(digits))));
    },
  },
  {
    name: 'v_insured_number_without_dots',
    why: 'The same thirteen digits, without the dots of their printed form.',
  },
  {
    name: 'v_insured_number_single_precision',
    why: 'Only the first digits of the number agree; the others are what is left after single-precision arithmetic.',
    critical: true,
  },
);

const birth = twins(
  {
    fields: ['birthDate', 'patient.dateOfBirth', 'dob'],
    clear: true,
    value(random) {
      const day = Day.any(random, 1932, 2008);
      const short = `${day.dd}.${day.mm}.${day.yyyy.slice(2)}`;
      return day.year < 1969
        ? shownJson(short, day.iso, `20${day.iso.slice(2)}`)
        : shownJson(short, day.iso, day.iso);
    },
  },
  {
    name: 'v_birth_date_century_added',
    why: 'The same day and month of birth, with the only century that makes sense for a person living today.',
  },
  {
    name: 'v_birth_date_in_the_future',
    why: 'Persons born before 1969 are answered with a date of birth that is yet to come.',
    critical: true,
  },
);

const address = twins(
  {
    fields: ['practiceAddress', 'providerAddress', 'col7'],
    value(random) {
      const street = random.pick(streets);
      const house = String(random.int(1, 180));
      const letter = random.chance(0.4) ? random.pick(['a', 'b', 'c']) : '';
      const legacy = json(`${street} ${house}${letter}`.toUpperCase().padEnd(32));
      const modern = (number: string) => object({ street: json(street), houseNumber: json(number) });
      return shown(legacy, modern(house + letter), modern(house));
    },
  },
  {
    name: 'v_address_street_and_house',
    why: 'The same street and house number, in two members and in mixed case.',
  },
  {
    name: 'v_address_house_letter_lost',
    why: 'The letter after the house number is missing, which is another house.',
    critical: false,
  },
);

const hours = twins(
  {
    fields: ['openingHours', 'consultationHours', 'hoursToday'],
    value(random) {
      const morning = [`${random.pick(['07', '08', '09'])}${random.pick(['00', '30'])}`, '1200'] as const;
      const afternoon = [random.pick(['1400', '1500']), random.pick(['1700', '1830'])] as const;
      const slots = random.chance(0.7) ? [morning, afternoon] : [morning];
      const clock = (text: string) => json(`${text.slice(0, 2)}:${text.slice(2)}`);
      const modern = (kept: typeof slots) =>
        list(kept.map(([from, to]) => object({ from: clock(from), to: clock(to) })));
      const legacy = json(slots.map(([from, to]) => `${from}-${to}`).join(' '));
      return shown(legacy, modern(slots), modern(slots.slice(0, 1)));
    },
  },
  {
    name: 'v_opening_hours_as_list',
    why: 'The same hours from and to, as a list with colons in the times.',
  },
  {
    name: 'v_opening_hours_afternoon_lost',
    why: 'Of two spans of opening hours the one of the afternoon is not answered.',
    critical: false,
  },
);

const relation = coded(
  ['relationToInsured', 'coverage.relation', 'role'],
  [
    ['SELF', 'policyholder'],
    ['SPOUSE', 'spouse', 'child'],
    ['CHILD', 'child', 'spouse'],
    ['STEPCHILD', 'stepchild'],
    ['FOSTER CHILD', 'foster_child'],
  ],
  {
    name: 'v_relation_renamed',
    why: 'Each relation to the insured person has one new word for the same relation.',
  },
  {
    name: 'v_relation_spouse_and_child_swapped',
    why: 'A child is answered as a spouse or a spouse as a child, another relation than legacy states.',
    critical: true,
  },
  3,
);

const consent = twins(
  {
    fields: ['dataSharingConsent', 'consentResearch', 'eRecordConsent'],
    clear: true,
    least: 3,
    value(random) {
      const given = random.pick(['YES', 'NO', 'NO', 'NOT ASKED']);
      const right = given === 'YES' ? true : given === 'NO' ? false : null;
      return shownJson(given, right, given === 'NOT ASKED' ? true : right);
    },
  },
  {
    name: 'v_consent_not_asked_is_null',
    why: 'Yes and no became true and false, and a consent that nobody asked for stayed unknown.',
  },
  {
    name: 'v_consent_not_asked_is_given',
    why: 'A consent that legacy says was never asked for is answered as given.',
    critical: true,
  },
);

export const families: Family[] = [...insuredNumber, ...birth, ...address, ...hours, ...relation, ...consent];
