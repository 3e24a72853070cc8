/** Public offices: rights, consents, documents, links, histories, texts and errors. */
import { type Family, type Random, twins } from '../kit.ts';
import { Day, json, list, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

const rights = twins(
  {
    fields: ['filePermissions', 'accessMode', 'archiveRights'],
    value(random: Random) {
      const digits = [random.pick([6, 7]), random.pick([0, 4, 5]), random.pick([0, 0, 4])];
      const text = digits.map(
        (digit) => `${digit & 4 ? 'r' : '-'}${digit & 2 ? 'w' : '-'}${digit & 1 ? 'x' : '-'}`,
      );
      const open = [digits[0], digits[1], digits[2]! | 6];
      return shown(json(text.join('')), json(`0${digits.join('')}`), json(`0${open.join('')}`));
    },
  },
  {
    name: 'k_mode_letters_to_octal',
    why: 'The octal digits grant owner, group and others exactly what the letters do.',
  },
  {
    name: 'k_mode_others_may_write',
    why: 'The octal mode lets everybody write what others might at most read before.',
    critical: true,
  },
);

const documents = twins(
  {
    fields: ['documentContent', 'signatureValue', 'certificate'],
    value(random: Random) {
      const base = `${random.text('ABCDEFGHabcdefgh0123456789', 63)}+${random.text('ABCDwxyz/0123456789', 31)}+`;
      const wrapped = base.replace(/(.{64})(?=.)/g, '$1\r\n');
      return shown(json(wrapped), json(base), json(base.replaceAll('+', ' ')));
    },
  },
  {
    name: 'k_base64_unwrapped',
    why: 'Line breaks within base64 text carry nothing; the bytes are the same.',
  },
  {
    name: 'k_base64_plus_became_space',
    why: 'Each plus of the base64 text became a space, so the document or signature is broken.',
    critical: true,
  },
);

const hashes = twins(
  {
    fields: ['documentHash', 'sha256', 'sealDigest'],
    value(random: Random) {
      const hex = random.hex(64);
      const pairs = hex.toUpperCase().match(/../g)!.join(':');
      return shown(
        json(pairs),
        json(Buffer.from(hex, 'hex').toString('base64')),
        json(Buffer.from(hex, 'latin1').toString('base64')),
      );
    },
  },
  {
    name: 'k_digest_hex_to_base64',
    why: 'The base64 text decodes to the very bytes that the hexadecimal pairs write.',
  },
  {
    name: 'k_digest_base64_of_hex_text',
    why: 'The letters of the hexadecimal text were encoded instead of its bytes, so no digest will match.',
    critical: true,
  },
);

const links = twins(
  {
    fields: ['downloadLink', 'documentUrl', 'formHref'],
    once: true,
    value(random: Random) {
      const [id, key] = [random.int(10_000, 99_999), `${random.hex(3)}%2b${random.hex(3)}`];
      const url = (token: string) => `https://forms.example.org/doc/${id}?lang=en&key=${token}`;
      return shown(json(url(key)), json(url(key.replace('%2b', '%2B'))), json(url(key.replace('%2b', '+'))));
    },
  },
  {
    name: 'k_link_escape_case',
    why: 'The hexadecimal digits of a percent escape may be written in either case.',
  },
  {
    name: 'k_link_plus_unescaped',
    why: 'An escaped plus was written bare, which a query reads as a space, so the key is another.',
    critical: true,
  },
);

const states = ['received', 'checked', 'approved', 'paid', 'archived'] as const;

const histories = twins(
  {
    fields: ['history', 'caseEvents', 'statusLog'],
    value(random: Random) {
      let day = Day.any(random, 2019, 2025);
      const rows = states.slice(0, random.int(3, 5)).map((state) => {
        day = day.plus(random.int(1, 40));
        return { date: day.iso, state };
      });
      const write = (entries: typeof rows) =>
        list(entries.map(({ date, state }) => object({ date: json(date), state: json(state) })));
      const shifted = rows.map(({ state }, at) => ({ date: rows[(at + 1) % rows.length]!.date, state }));
      const legacy = rows.map(({ date, state }) => `${date} ${state}`).join('; ');
      return shown(json(legacy), write(rows), write(shifted));
    },
  },
  {
    name: 'k_history_text_to_rows',
    why: 'Each state has the same date in the text and in the rows, in the same order.',
  },
  {
    name: 'k_history_dates_shifted',
    why: 'Each state carries the date of the following one.',
    critical: true,
  },
);

const errors = twins(
  {
    fields: ['fault', 'errorBody', 'response'],
    value(random: Random) {
      const [code, message] = random.pick([
        ['E-114', 'Applicant is not registered'],
        ['E-207', 'Permit has expired'],
        ['E-310', 'Fee not paid'],
        ['E-422', 'Signature is missing'],
      ]);
      const body = object({ faultcode: json(code), faultstring: json(message) });
      const right = object({ errors: list([object({ code: json(code), message: json(message) })]) });
      return shown(body, right, object({ errors: '[]' }));
    },
  },
  {
    name: 'k_fault_to_error_list',
    why: 'The one fault stands in the list of errors with the same code and message.',
  },
  {
    name: 'k_fault_to_empty_error_list',
    why: 'The old service refused the request; the new one reports no error at all.',
    critical: true,
  },
);

const lines = [
  'Applicant appeared',
  'without the original deed',
  'and asked for',
  'a new appointment',
  'at the district office',
] as const;

const wraps = twins(
  {
    fields: ['remarks', 'caseNote', 'memo'],
    value(random: Random) {
      const parts = [...lines.slice(0, random.int(2, 5)), `(file ${random.digits(5)})`];
      return shown(list(parts.map((part) => json(part))), json(parts.join(' ')), json(parts.join('')));
    },
  },
  {
    name: 'k_text_lines_joined',
    why: 'The lines of one text were joined by spaces; the words are the same.',
  },
  {
    name: 'k_text_lines_glued',
    why: 'The lines were joined without a space, so words run into each other.',
    critical: false,
  },
);

export const families: readonly Family[] = [
  ...rights,
  ...documents,
  ...hashes,
  ...links,
  ...histories,
  ...errors,
  ...wraps,
];
