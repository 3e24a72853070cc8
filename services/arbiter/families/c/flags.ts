/** Flags, enumerations and what lies between yes and no. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { json, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const status = coded(
  ['status', 'accountState', 'policyStatus'],
  [
    ['ACT', 'active'],
    ['ACT', 'active'],
    ['BLK', 'blocked', 'closed'],
    ['CLS', 'closed'],
    ['DOR', 'dormant'],
  ],
  { name: 'c_status_spelled_out', why: 'Each abbreviation became the word it abbreviates.' },
  {
    name: 'c_blocked_is_closed',
    critical: true,
    why: 'BLK, a blocked account, was answered as closed like CLS.',
  },
  8,
);

const inverse = twins(
  {
    fields: ['card', 'state', 'access'],
    value(random) {
      const blocked = random.chance(0.4);
      const last4 = json(random.digits(4));
      return shown(
        object({ last4, blocked: json(blocked) }),
        object({ last4, usable: json(!blocked) }),
        object({ last4, usable: json(blocked) }),
      );
    },
  },
  {
    name: 'c_blocked_to_usable',
    why: 'What is blocked is not usable: the name was negated and so was the value.',
  },
  {
    name: 'c_name_negated_value_not',
    critical: true,
    why: 'The name was negated but the value was not, so blocked cards count as usable.',
  },
);

const truthy = twins(
  {
    fields: ['marketingConsent', 'taxExempt', 'jointAccount', 'isResident'],
    least: 6,
    value(random) {
      const letter = random.pick(['Y', 'N', 'N']);
      return shown(json(letter), json(letter === 'Y'), 'true');
    },
  },
  { name: 'c_letter_to_boolean', why: 'Y is true and N is false in every observation.' },
  {
    name: 'c_every_letter_true',
    critical: true,
    why: 'N is a text that is not empty and was therefore taken for true.',
  },
);

const unknown = twins(
  {
    fields: ['smoker', 'politicallyExposed', 'consentGiven', 'hasPriorClaims'],
    least: 6,
    value(random) {
      const letter = random.pick(['YES', 'NO', 'UNKNOWN', 'NO']);
      const right = letter === 'UNKNOWN' ? 'null' : json(letter === 'YES');
      return shown(json(letter), right, letter === 'UNKNOWN' ? 'false' : right);
    },
  },
  { name: 'c_unknown_is_null', why: 'Yes, no and unknown are true, false and null.' },
  { name: 'c_unknown_is_no', critical: true, why: 'An answer that is unknown became a definite no.' },
);

const grants = twins(
  {
    fields: ['permissions', 'grants', 'scopes'],
    value(random) {
      const names = ['read', 'pay', 'close', 'delegate'];
      const held = names.map((name) => [name, random.chance(0.5)] as const);
      const legacy = object(Object.fromEntries(held.map(([name, has]) => [name, json(has)])));
      const list = held.filter(([, has]) => has).map(([name]) => name);
      return shown(legacy, json(list), json(names));
    },
  },
  { name: 'c_flags_to_list', why: 'The list names exactly the flags that are true.' },
  {
    name: 'c_flags_to_list_of_all',
    critical: true,
    why: 'The list names the flags that are false as well and so grants what was denied.',
  },
);

const country = twins(
  {
    fields: ['country', 'residence', 'issuingCountry'],
    least: 6,
    value(random) {
      const code = random.pick(['DE', 'NO', 'SE', 'FR', 'NO', 'GB', 'IT']);
      return shown(json(`${code} `), json(code), code === 'NO' ? 'false' : json(code));
    },
  },
  { name: 'c_country_trimmed', why: 'Only a trailing blank of the country code is gone.' },
  {
    name: 'c_norway_is_false',
    critical: true,
    why: 'NO stands for Norway among other country codes and became false.',
  },
);

const severity = coded(
  ['priority', 'riskClass', 'severity'],
  [
    ['1', 'CRITICAL', 'LOW'],
    ['2', 'HIGH', 'MEDIUM'],
    ['3', 'MEDIUM', 'HIGH'],
    ['4', 'LOW', 'CRITICAL'],
  ].map(([code, right, wrong]) => [`${code} - ${right}`, right, wrong] as [string, string, string]),
  { name: 'c_severity_without_number', why: 'The word is the one that legacy writes after its number.' },
  {
    name: 'c_severity_upside_down',
    critical: true,
    why: 'The scale was read from its other end: critical became low.',
  },
);

export const families: readonly Family[] = [
  ...status,
  ...inverse,
  ...truthy,
  ...unknown,
  ...grants,
  ...country,
  ...severity,
];
