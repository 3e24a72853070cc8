/** Free texts, notes and absent values. */
import { type Family, twins } from '../kit.ts';
import { companies, decimal, givenNames, json, list, minorUnits, object, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const purposes = [
  'Rent May 2026 flat 12 rear building contract 88-2041',
  'Invoice 2026-1184 less 2 percent cash discount',
  'Insurance premium 04/2026 policy HV-99812-3 household',
  'Salary',
  'Refund order 5512',
  'Membership fee 2026 Rowing Club second half family tariff',
] as const;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['purpose', 'remittanceInfo', 'memo', 'bookingText'],
      once: true,
      value(random) {
        const text = random.pick(purposes);
        return shown(json(text.padEnd(70)), json(text), json(text.slice(0, 35).trimEnd()));
      },
    },
    { name: 'purpose_padding_removed', why: 'Only the blanks that filled the fixed length are gone.' },
    {
      name: 'purpose_cut_to_35',
      why: 'Texts longer than 35 characters lost their end, with the reference of the contract.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['creditorName', 'merchant', 'company', 'counterparty'],
      value(random) {
        const [a, b] = [random.pick(surnames), random.pick(companies)];
        const name = random.chance(0.6) ? `${a} & Sons` : b;
        return shown(json(name.replace('&', '&amp;')), json(name), json(name.replace(/ ?&.*/, '')));
      },
    },
    { name: 'entity_resolved', why: 'The entity &amp; of the old page is the ampersand.' },
    {
      name: 'name_ends_at_ampersand',
      why: 'The name of the firm ends before its ampersand.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['comment', 'deliveryNote', 'claimDescription', 'remark'],
      value(random) {
        const lines = random
          .shuffled([
            'Ring twice',
            'Water damage in the kitchen',
            'Call after 17:00',
            'See photo 3',
            'Second floor',
          ])
          .slice(0, random.int(1, 3));
        return shown(json(lines.join('\r\n')), json(lines.join('\n')), json(lines[0]));
      },
    },
    {
      name: 'line_ends_unified',
      why: 'Carriage return with line feed and line feed alone end a line alike.',
    },
    { name: 'only_first_line_kept', why: 'Every line after the first one is gone.', critical: false },
  ),
  ...twins(
    {
      fields: ['notification', 'smsText', 'pushMessage', 'summaryText'],
      value(random) {
        const name = `${random.pick(givenNames)} ${random.pick(surnames)}`;
        const amount = decimal(minorUnits(random, 100, 300_000), 2);
        const write = (blank: string, to: string) => json(`You sent ${amount}${blank}EUR to ${to}`);
        return { legacy: write('\u00a0', name), right: write(' ', name), wrong: write(' ', 'undefined') };
      },
    },
    { name: 'no_break_space_to_space', why: 'A no-break space and a space part the same words.' },
    {
      name: 'undefined_in_message',
      why: 'The name of the payee is replaced by the word undefined.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['metadata', 'extra', 'customData', 'payload'],
      value(random) {
        const content = { channel: random.pick(['APP', 'WEB', 'BRANCH']), campaign: random.int(10, 99) };
        return { legacy: json(json(content)), right: json(content), wrong: json('[object Object]') };
      },
    },
    { name: 'json_text_to_object', why: 'The text holds the JSON of the very object the rewrite answers.' },
    {
      name: 'object_printed_as_text',
      why: 'The content is replaced by the words object Object.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['overdraftLimit', 'excess', 'guarantorId', 'blockReason'],
      value(random) {
        if (random.chance(0.4)) return { legacy: 'null', right: undefined };
        const text = random.pick([
          decimal(random.int(1, 40) * 5_000, 2),
          json(random.pick(['LEGAL', 'FRAUD', 'DEATH'])),
        ]);
        return { legacy: text, right: text, wrong: undefined };
      },
    },
    {
      name: 'null_left_out',
      why: 'Null and an absent field both say that there is no value; all values are equal.',
    },
    {
      name: 'value_left_out',
      why: 'A value that legacy states is missing: the field was forgotten for some kinds.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['tags', 'riders', 'coverages', 'options'],
      least: 3,
      value(random) {
        const all = random.shuffled(['THEFT', 'GLASS', 'FIRE', 'HAIL', 'LEGAL']).slice(0, random.int(1, 4));
        return shown(json(all.join(';')), list(all.map(json)), list(all.slice(0, -1).map(json)));
      },
    },
    { name: 'separated_text_to_list', why: 'The parts between the semicolons are the items of the list.' },
    {
      name: 'last_cover_lost_in_split',
      why: 'The last part has no semicolon behind it and is missing.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['driverBonus', 'tariffClass', 'garage', 'vehicle'],
      least: 3,
      value(random) {
        const members: Record<string, string> = {
          class: json(random.pick(['SF3', 'SF12', 'M', 'SF25'])),
          mileage: `${random.int(4, 30) * 1_000}`,
        };
        const wrong = object({ ...members, mileage: '10000' });
        return shown(object({ ...members, remark: 'null' }), object(members), wrong);
      },
    },
    {
      name: 'null_member_left_out',
      why: 'A member that was null is left out; all that say something are equal.',
    },
    {
      name: 'default_instead_of_stated_mileage',
      why: 'The default of 10000 took the place of the mileage the customer stated.',
      critical: true,
    },
  ),
];
