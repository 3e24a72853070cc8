/** Notes, messages, error bodies and labels. */
import { twins } from '../kit.ts';
import { givenNames, json, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const quotes = twins(
  {
    fields: ['greeting', 'notice', 'letterText', 'smsText'],
    value(random) {
      const name = random.pick(givenNames);
      const text = (to: string, mark: string) =>
        json(`Dear ${to}, you haven${mark}t paid invoice ${invoice} yet.`);
      const invoice = random.digits(6);
      return shown(text(name, "'"), text(name, '’'), text(random.pick(['undefined', '{{firstName}}']), '’'));
    },
  },
  { name: 'e_typographic_apostrophe', why: 'The apostrophe is the printed one; the words are equal.' },
  {
    name: 'e_placeholder_not_filled',
    critical: false,
    why: 'In place of the name stands an empty placeholder or the word undefined.',
  },
);

const lines = [
  'Called customer',
  'Sent new PIN',
  'Address confirmed',
  'Waived fee',
  'Card retained at ATM',
  'Complaint filed',
];
const lineEnds = twins(
  {
    fields: ['remark', 'memo', 'caseNote', 'advisorNote'],
    value(random) {
      const text = random.shuffled(lines).slice(0, random.int(1, 4));
      return shown(json(text.join('\r\n')), json(text.join('\n')), json(text[0]));
    },
  },
  { name: 'e_line_ends_of_unix', why: 'Only the line ends changed from CR LF to LF; the lines are equal.' },
  {
    name: 'e_note_keeps_first_line_only',
    critical: false,
    why: 'All lines of the note after the first are missing.',
  },
);

const failures = [
  ['INSUFFICIENT_FUNDS', 'Balance too low'],
  ['LIMIT_EXCEEDED', 'Daily limit exceeded'],
  ['CARD_EXPIRED', 'Card is expired'],
  ['IBAN_INVALID', 'Check digits are wrong'],
] as const;
const errorBodies = twins(
  {
    fields: ['error', 'problem', 'fault', 'rejection'],
    value(random) {
      const [code, message] = random.pick(failures);
      const body = (text: string) => object({ code: json(text), message: json(message) });
      return shown(body(code), object({ error: body(code) }), object({ error: body('INTERNAL_ERROR') }));
    },
  },
  { name: 'e_error_wrapped', why: 'Code and message are equal, one level deeper.' },
  {
    name: 'e_error_code_internal',
    critical: false,
    why: 'A refusal for a reason of business is reported with the code of a fault of the server.',
  },
);

const violations = twins(
  {
    fields: ['violations', 'fieldErrors', 'invalidParams', 'errors'],
    value(random) {
      const all = random
        .shuffled([
          ['amount', 'must be positive'],
          ['iban', 'is not valid'],
          ['dueDate', 'must not be in the past'],
          ['name', 'must not be blank'],
        ] as const)
        .slice(0, random.int(1, 4));
      const rows = all.map(([field, message]) => ({ field, message }));
      return shown(json(Object.fromEntries(all)), json(rows), json(rows.slice(0, 1)));
    },
  },
  { name: 'e_violations_as_rows', why: 'Each field with its message became a row.' },
  {
    name: 'e_only_first_violation',
    critical: false,
    why: 'Only the first of several violations is reported.',
  },
);

const turkish = twins(
  {
    fields: ['category', 'operation', 'documentType', 'bookingKind'],
    value(random) {
      const code = random.pick([
        'INVOICE',
        'DIRECT_DEBIT',
        'REFUND',
        'CREDIT',
        'CASH',
        'INTEREST',
        'TRANSFER',
      ]);
      const right = code.toLowerCase();
      return shown(json(code), json(right), json(right.replaceAll('i', 'ı')));
    },
  },
  { name: 'e_code_in_lower_case', why: 'The same code in small letters.' },
  {
    name: 'e_code_in_turkish_lower_case',
    critical: false,
    why: 'Codes with I got the Turkish dotless i: lower case by the locale of the server, no longer that code.',
  },
);

const locales = twins(
  {
    fields: ['locale', 'language', 'correspondenceLanguage', 'lang'],
    value(random) {
      const tag = random.pick(['de_DE', 'fr_FR', 'pl_PL', 'en_US', 'it_CH', 'pt_PT']);
      return shown(json(tag), json(tag.replace('_', '-')), json('en-US'));
    },
  },
  {
    name: 'e_locale_with_hyphen',
    why: 'Java joins language and country by an underscore, BCP 47 by a hyphen.',
  },
  {
    name: 'e_locale_always_english',
    critical: false,
    why: 'Customers of other languages are all given en-US.',
  },
);

const emptyTexts = twins(
  {
    fields: ['secondHolder', 'company', 'title', 'co'],
    least: 4,
    value(random) {
      if (random.chance(0.45)) return shown(json(''), 'null', json('Test'));
      const name = json(random.pick(['Dr.', 'Northwind Ltd', 'Prof.', 'c/o Miller', 'Helios AG']));
      return shown(name, name, name);
    },
  },
  { name: 'e_empty_text_null', why: 'Only texts that are empty became null.' },
  {
    name: 'e_empty_text_gets_test_value',
    critical: false,
    why: 'Where legacy has nothing the word Test appears: a value left from development.',
  },
);

export const families = [
  ...quotes,
  ...lineEnds,
  ...errorBodies,
  ...violations,
  ...turkish,
  ...locales,
  ...emptyTexts,
];
