/** Notes, links and letters. */
import { defect, type Family, faithful, twins } from '../kit.ts';
import { decimal, givenNames, json, list, minorUnits, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const notes = [
  'Called the customer',
  'Card sent by courier',
  'Asked for a payslip',
  'Wants a paper statement',
  'Limit raised on request',
  'Visit the branch on Monday',
] as const;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['notes', 'agentComment', 'remark', 'instructions'],
      value: (random) => {
        const lines = random.shuffled(notes).slice(0, random.int(1, 4));
        return shown(json(lines.join('\r\n')), json(lines.join('\n')), json(lines[0]));
      },
      least: 2,
    },
    { name: 'f_note_line_ends', why: 'The same lines with the line ends of Unix instead of Windows.' },
    {
      name: 'f_note_first_line_only',
      critical: false,
      why: 'All lines of the note after the first are lost.',
    },
  ),
  ...twins(
    {
      least: 3,
      fields: ['greeting', 'letterHead', 'smsText', 'salutation'],
      common: (random) => random.pick(['undefined', '[object Object]', '{{firstName}}', '%FIRSTNAME%']),
      value: (random, filler) => {
        const name = random.pick(givenNames);
        return shown(json(`Dear ${name} ,`), json(`Dear ${name},`), json(`Dear ${filler},`));
      },
    },
    { name: 'f_greeting_space_gone', why: 'Only a space before the comma is gone.' },
    {
      name: 'f_greeting_unfilled',
      critical: false,
      why: 'In place of the name stands what an unfilled template leaves.',
    },
  ),
  ...twins(
    {
      once: true,
      fields: ['surname', 'payeeText', 'merchant', 'street'],
      value: (random) => {
        const name = random.pick(["O'Brien", "D'Angelo", "McDonald's", "O'Neill", ...surnames.slice(0, 3)]);
        return shown(json(name).replace("'", '\\u0027'), json(name), json(name.replace("'", "\\'")));
      },
    },
    { name: 'f_apostrophe_unescaped', why: 'The JSON escape of an apostrophe denotes the apostrophe.' },
    {
      name: 'f_apostrophe_with_backslash',
      critical: false,
      why: 'A backslash of some escaping was stored in front of the apostrophe.',
    },
  ),
  ...twins(
    {
      fields: ['downloadUrl', 'href', 'statementLink', 'self'],
      value: (random) => {
        const [a, b] = [
          random.pick(['Tax', 'Fee', 'Annual']),
          random.pick(['statement', 'report', 'overview']),
        ];
        const [id, year] = [random.int(1000, 99_999), random.int(2019, 2026)];
        const link = (name: string) => `/documents/${id}?name=${name}&year=${year}`;
        return shown(json(link(`${a}+${b}`)), json(link(`${a}%20${b}`)), json(link(`${a}%2520${b}`)));
      },
    },
    { name: 'f_query_space_encoded', why: 'In a query + and %20 both encode a space.' },
    {
      name: 'f_query_encoded_twice',
      critical: false,
      why: 'The per cent sign was encoded again, so the name holds the characters %20.',
    },
  ),
  ...twins(
    {
      fields: ['next', 'nextPage', 'links.next', 'more'],
      value: (random) => {
        const [id, page, size] = [random.int(100, 9999), random.int(2, 40), random.pick([20, 25, 50])];
        const path = `/accounts/${id}/entries`;
        return shown(
          json(`${path}?page=${page}&size=${size}`),
          json(`${path}?size=${size}&page=${page}`),
          json(`${path}?size=${size}&page=${page - 1}`),
        );
      },
    },
    {
      name: 'f_next_link_reordered',
      why: 'The same page and size; the parameters of a query have no order here.',
    },
    {
      name: 'f_next_link_to_itself',
      critical: false,
      why: 'The link names a page before the one legacy names.',
    },
  ),
  faithful(
    {
      fields: ['legalText', 'receipt', 'confirmation', 'pushText'],
      value: (random) => {
        const amount = decimal(minorUnits(random, 100, 90_000), 2);
        const name = random.pick(surnames);
        return {
          legacy: json(`Paid ${amount} EUR to  ${name} .`),
          right: json(`Paid ${amount} EUR to ${name}.`),
        };
      },
    },
    {
      name: 'f_receipt_spaces',
      why: 'The same sentence with the same amount and name, without doubled spaces.',
    },
  ),
  defect(
    {
      fields: ['receiptText', 'pushMessage', 'confirmationText', 'smsBody'],
      value: (random) => {
        const cents = minorUnits(random, 100, 90_000);
        const [name, other] = random.shuffled(surnames);
        const text = (payee = '') => json(`Paid ${decimal(cents, 2)} EUR to ${payee}.`);
        return shown(text(name), text(name), text(other));
      },
    },
    {
      name: 'f_receipt_other_payee',
      critical: true,
      why: 'The receipt names another payee than legacy does.',
    },
  ),
  faithful(
    {
      fields: ['tags', 'documentTypes', 'channels'],
      clear: true,
      value: (random) => {
        const tags = random.shuffled(['mobile', 'web', 'branch', 'phone']).slice(0, random.int(2, 4));
        return { legacy: json(tags.join(', ')), right: list(tags.map(json)) };
      },
    },
    { name: 'f_tags_as_list', why: 'The same words as a list instead of one text with commas.' },
  ),
];
