/** Flags, states and rights. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { json } from '../kit-values.ts';

const rights = ['view', 'pay', 'approve', 'export', 'invite'] as const;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['blocked', 'isPep', 'taxExempt', 'twoFactor'],
      value: (random) =>
        random.chance(0.5)
          ? { legacy: json('Y'), right: 'true' }
          : { legacy: json('N'), right: 'false', wrong: 'true' },
    },
    { name: 'd_yes_no_to_boolean', why: 'Y and N became true and false.' },
    {
      name: 'd_no_is_truthy',
      why: 'Any text counts as true in the rewrite, so N became true.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['marketingConsent', 'dataSharing', 'consents.email', 'newsletter'],
      clear: true,
      value: (random) =>
        random.pick([
          { legacy: 'true', right: json('GRANTED') },
          { legacy: 'false', right: json('DENIED') },
          { legacy: 'null', right: json('NOT_ASKED'), wrong: json('GRANTED') },
        ]),
    },
    { name: 'd_consent_named', why: 'Granted, denied and not asked are kept apart under names.' },
    {
      name: 'd_consent_assumed',
      why: 'Who was never asked is now said to have consented.',
      critical: true,
    },
  ),
  ...coded(
    ['status', 'accountState', 'contract.status', 'lifecycle'],
    [
      ['ACTIVE', 'active'],
      ['BLOCKED', 'blocked', 'active'],
      ['CLOSED', 'closed', 'active'],
      ['DORMANT', 'dormant', 'active'],
    ],
    { name: 'd_state_lower_case', why: 'The same word of state in small letters.' },
    {
      name: 'd_state_default_active',
      why: 'States that the rewrite does not know became active, so closed or blocked accounts can pay.',
      critical: true,
    },
  ),
  ...coded(
    ['paymentMethod', 'channel', 'bookingType', 'kind'],
    [
      ['DIRECT_DEBIT', 'directDebit', 'directCredit'],
      ['CREDIT_TRANSFER', 'creditTransfer', 'directDebit'],
      ['CARD_PAYMENT', 'cardPayment'],
      ['CASH_WITHDRAWAL', 'cashWithdrawal', 'cashDeposit'],
    ],
    { name: 'd_constant_to_camel_case', why: 'The same words in another case and joined.' },
    {
      name: 'd_constant_opposite_kind',
      why: 'Money taken became money given (or the other way round): another kind of booking.',
      critical: true,
    },
  ),
  ...coded(
    ['country', 'taxResidence', 'shipTo.country', 'nationality'],
    [
      ['AU', 'AUS', 'AUT'],
      ['AT', 'AUT', 'AUS'],
      ['SK', 'SVK', 'SVN'],
      ['CH', 'CHE', 'CHN'],
      ['SE', 'SWE'],
      ['IE', 'IRL', 'IRN'],
      ['US', 'USA'],
      ['NE', 'NER', 'NGA'],
    ],
    { name: 'd_country_two_to_three_letters', why: 'Both codes of ISO 3166-1 name the same country.' },
    {
      name: 'd_country_lookalike',
      why: 'The code of three letters is that of another country with a similar name.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['permissions', 'rights', 'grants', 'user.roles'],
      value: (random) => {
        const held = rights.map((right) => ({ right, on: random.chance(0.5) }));
        const legacy = json(Object.fromEntries(held.map(({ right, on }) => [right, on])));
        const names = held.filter(({ on }) => on).map(({ right }) => right);
        const both = { legacy, right: json(names) };
        return names.length === rights.length ? both : { ...both, wrong: json(rights) };
      },
    },
    { name: 'd_rights_set_to_list', why: 'The list names exactly the rights that were true.' },
    {
      name: 'd_rights_all_keys_listed',
      why: 'The list names all rights, those that were false too.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['eligible', 'smoker', 'insured', 'verified'],
      value: (random) =>
        random.chance(0.5)
          ? { legacy: json('1'), right: 'true', wrong: 'false' }
          : { legacy: json('0'), right: 'false' },
    },
    { name: 'd_one_zero_to_boolean', why: 'One and zero are true and false.' },
    {
      name: 'd_one_is_not_true',
      why: 'The text 1 was compared with true, so every flag came out false.',
      critical: true,
    },
  ),
];
