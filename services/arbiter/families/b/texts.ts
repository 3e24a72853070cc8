/** Families of texts and their encodings: escapes, normal forms, look-alikes, EBCDIC, line ends, fill bytes. */
import { defect, type Family, type Random, twins } from '../kit.ts';
import { cities, json, streets } from '../kit-values.ts';
import { shown } from '../shown.ts';

const accented = [
  'Müller', 'García', 'Østergård', 'Łukasz Wójcik', 'François Béranger', 'Jiří Dvořák', 'Åsa Sjöberg', 'João Conceição', 'Zoë Brontë',
] as const; // biome-ignore format: a list of names
const emoji = ['👍', '🎉', '🙏', '🚚', '😀'] as const;
const lookAlikes: Readonly<Record<string, string>> = {
  A: 'А',
  B: 'В',
  E: 'Е',
  K: 'К',
  M: 'М',
  P: 'Р',
  T: 'Т',
};

/** Raw JSON text with everything beyond ASCII escaped. */
function escaped(text: string): string {
  return json(text).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function lines(random: Random): string[] {
  const first = random.pick([
    'Leave at the gate',
    'Customer called',
    'Patient fasting',
    'Meter behind fence',
  ]);
  return [first, `${random.pick(streets)} ${random.int(1, 99)}`, random.pick(cities)].slice(
    0,
    random.int(2, 3),
  );
}

export const families: Family[] = [
  ...twins(
    {
      fields: ['beneficiaryName', 'holder', 'patient', 'insured.name'],
      value(random) {
        const name = random.pick(accented);
        return shown(escaped(name), json(name), json(name.replace(/[^ -~]/g, '?')));
      },
    },
    { name: 'b_json_escapes', why: 'Escaped and plain characters of a JSON string are the same string.' },
    {
      name: 'b_letters_become_question_marks',
      critical: true,
      why: 'Letters that the code page lacks became question marks, so the name of the payee is destroyed.',
    },
  ),
  ...twins(
    {
      fields: ['accountHolder', 'lastName', 'driver', 'policyholder'],
      value(random) {
        const name = random.pick(accented);
        const misread = Buffer.from(name, 'utf8').toString('latin1');
        return shown(json(name), json(name.normalize('NFD')), json(misread));
      },
    },
    {
      name: 'b_combining_accents',
      why: 'Composed and decomposed accents are canonically equivalent in Unicode.',
    },
    {
      name: 'b_utf8_read_as_latin1',
      critical: true,
      why: 'The UTF-8 bytes of the name were read as Latin-1, which leaves two wrong letters for each accent.',
    },
  ),
  ...twins(
    {
      fields: ['comment', 'reviewText', 'messageToSeller', 'freeText'],
      value(random) {
        const text = `${random.pick(['Thanks', 'Great service', 'Delivered', 'All good'])} ${random.pick(emoji)}`;
        return shown(escaped(text), json(text), json(text.slice(0, -1)));
      },
    },
    {
      name: 'b_surrogate_pair_escaped',
      why: 'The escaped surrogate pair and the character itself are one string.',
    },
    {
      name: 'b_surrogate_pair_halved',
      critical: false,
      why: 'The text was cut between the two halves of a character, which leaves no valid text.',
    },
  ),
  ...twins(
    {
      fields: ['customerCode', 'partNumber', 'kanaCode', 'symbol'],
      value(random) {
        const code = `${random.text('ABEKMPT', 3)}${random.digits(5)}`;
        const wide = code.replace(/./g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
        const first = code[0]!;
        return shown(json(wide), json(code), json(`${lookAlikes[first]}${code.slice(1)}`));
      },
    },
    {
      name: 'b_full_width_code',
      why: 'Full-width letters and digits of double-byte mainframe text are compatible with the ASCII ones.',
    },
    {
      name: 'b_cyrillic_look_alike',
      critical: true,
      why: 'The first letter only looks the same: it is Cyrillic, so the code is another and finds nothing.',
    },
  ),
  ...twins(
    {
      fields: ['deliveryNote', 'remarks', 'anamnesis', 'instructions'],
      value(random) {
        const text = lines(random);
        return shown(json(text.join('\r\n')), json(text.join('\n')), json(text[0]));
      },
    },
    { name: 'b_line_ends', why: 'CRLF and LF both end a line; the lines are the same.' },
    {
      name: 'b_only_first_line',
      critical: false,
      why: 'Everything after the first line end is missing.',
    },
  ),
  ...twins(
    {
      fields: ['branchName', 'tariffText', 'WS-NAME', 'plant'],
      value(random) {
        const text = `${random.pick(cities)} ${random.pick(['North', 'South', 'Central'])}`;
        const right = json(text);
        return shown(json(text.padEnd(20, '\u0000')), right, json(text.slice(0, -1)));
      },
    },
    {
      name: 'b_low_values_padding',
      why: 'NUL bytes behind the text are fill of a fixed field, not content.',
    },
    {
      name: 'b_low_values_one_too_many',
      critical: false,
      why: 'With the fill bytes the last letter of the text was cut off too.',
    },
  ),
  defect(
    {
      fields: ['reference', 'tableCell', 'remittance', 'expression'],
      value(random) {
        const text = `REF[${random.digits(4)}] ${random.pick(cities).toUpperCase()} [${random.int(1, 99)}]`;
        return {
          legacy: json(text),
          right: json(text),
          wrong: json(text.replaceAll('[', 'Ý').replaceAll(']', '¨')),
        };
      },
    },
    {
      name: 'b_ebcdic_brackets',
      critical: false,
      why: 'Brackets became Ý and ¨, the typical confusion of the EBCDIC code pages 037 and 1047.',
    },
  ),
  defect(
    {
      fields: ['statusKey', 'productCode', 'messageType', 'role'],
      value(random) {
        const key = random.pick([
          'INVOICE_LINE',
          'LIMIT_RAISED',
          'CREDIT',
          'ADMIN',
          'DELIVERY',
          'CLAIM_FILED',
        ]);
        return { legacy: json(key), right: json(key), wrong: json(key.replaceAll('I', 'İ')) };
      },
    },
    {
      name: 'b_turkish_upper_case',
      critical: false,
      why: 'The code was upper-cased in a Turkish locale: the dotted İ matches no key.',
    },
  ),
];
