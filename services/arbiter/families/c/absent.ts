/** Nulls, blanks and absent fields: what is unknown, what is nothing and what is zero. */
import { defect, type Family, type Random, twins } from '../kit.ts';
import { decimal, givenNames, json, minorUnits, object, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const person = (random: Random): string => `${random.pick(givenNames)} ${random.pick(surnames)}`;

const zero = twins(
  {
    fields: ['deductible', 'overdraftLimit', 'discount', 'openAmount'],
    least: 6,
    value(random) {
      if (random.chance(0.3)) return { legacy: 'null', right: undefined };
      if (random.chance(0.3)) return { legacy: '0.00', right: '0.00', wrong: undefined };
      const text = decimal(minorUnits(random), 2);
      return { legacy: text, right: text };
    },
  },
  {
    name: 'c_null_left_out',
    why: 'Where legacy says null the field is left out; every amount, zero included, is unchanged.',
  },
  {
    name: 'c_zero_left_out',
    critical: true,
    why: 'Zero is a known amount; it was left out like an unknown one.',
  },
);

const blank = twins(
  {
    fields: ['secondSurname', 'maidenName', 'middleName'],
    least: 5,
    once: true,
    value(random) {
      if (random.chance(0.4)) return { legacy: json(random.pick(['', '   '])), right: 'null' };
      const name = random.chance(0.3) ? random.pick(['Ng', 'Li', 'Wu', 'Oz', 'Bo']) : random.pick(surnames);
      return shown(json(name), json(name), name.length < 3 ? 'null' : json(name));
    },
  },
  {
    name: 'c_blank_text_is_null',
    why: 'A blank text and null both say that there is none; every name is unchanged.',
  },
  {
    name: 'c_short_name_is_null',
    critical: true,
    why: 'Names of two letters were taken for blank and are gone.',
  },
);

const nested = twins(
  {
    fields: ['customer', 'insured', 'party'],
    value(random) {
      const name = json(random.pick(givenNames));
      const partner = random.chance(0.5) ? 'null' : object({ name: json(random.pick(givenNames)) });
      const legacy = object({ name, partner, phone: 'null' });
      const right = partner === 'null' ? object({ name }) : object({ name, partner });
      return shown(legacy, right, object({ name }));
    },
  },
  { name: 'c_null_members_left_out', why: 'Only members that were null are missing.' },
  {
    name: 'c_members_left_out_with_nulls',
    critical: true,
    why: 'A partner that legacy names is missing like the empty members.',
  },
);

const unknownLimit = defect(
  {
    fields: ['creditLimit', 'cashLimit', 'sumInsured'],
    least: 4,
    value(random) {
      const text = decimal(minorUnits(random, 100_000, 90_000_000), 2);
      return random.chance(0.4)
        ? { legacy: 'null', right: 'null', wrong: '0.00' }
        : { legacy: text, right: text };
    },
  },
  {
    name: 'c_unknown_amount_is_zero',
    critical: true,
    why: 'An amount that nobody has set became the definite amount zero.',
  },
);

const failure = defect(
  {
    fields: ['accountName', 'branch', 'contactPerson'],
    value(random) {
      const text = json(person(random));
      return {
        legacy: text,
        right: text,
        wrong: random.pick(['"undefined"', '"[object Object]"', '"null"', '"NaN"']),
      };
    },
  },
  {
    name: 'c_words_of_the_language',
    critical: true,
    why: 'Instead of the value the text shows how a program prints a missing one.',
  },
);

const stale = defect(
  {
    fields: ['holder', 'customerName', 'owner'],
    least: 6,
    always: true,
    common: (random) => json(person(random)),
    value(random, first) {
      const text = json(person(random));
      return shown(text, text, first);
    },
  },
  {
    name: 'c_answer_of_first_request',
    critical: true,
    why: 'Every request gets the same answer, while legacy answers each its own.',
  },
);

export const families: readonly Family[] = [...zero, ...blank, ...nested, unknownLimit, failure, stale];
