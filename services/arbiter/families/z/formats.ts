/** Carriers of other facts: barcodes, bond prices, mail headers, CSV, padded records, notes, embedded JSON. */
import { gtinDigit } from '../check-digits.ts';
import { type Family, mixed, twins } from '../kit.ts';
import { Day, decimal, givenNames, surnames } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

const least = 8;

const barcodes = twins(
  {
    fields: ['gs1Element', 'scan.datamatrix', 'packLabel'],
    least: 10,
    value(random) {
      const base = `0${random.pick(['400', '501', '760', '871'])}${random.digits(9)}`;
      const gtin = base + gtinDigit(base);
      const day = Day.any(random, 2026, 2029);
      const monthOnly = random.chance(0.6);
      const lot = random.text('ABCDEFGHKLMNP', 2) + random.digits(4);
      const last = new Day(Date.UTC(day.year, day.month, 0));
      const first = Day.of(day.year, day.month, 1);
      const shape = (end: Day) => ({ gtin, bestUntil: end.iso, lot });
      return shownJson(
        `(01)${gtin}(17)${day.yyyy.slice(2)}${day.mm}${monthOnly ? '00' : day.dd}(10)${lot}`,
        shape(monthOnly ? last : day),
        shape(monthOnly ? first : day),
      );
    },
  },
  {
    name: 'z_gs1_label_read',
    why: 'The element string is read by its application identifiers; day 00 of an expiry date means the last day of the month.',
  },
  {
    name: 'z_gs1_expiry_first_of_month',
    why: 'Day 00 of an expiry date means the last day of the month, not the first, so good packs are blocked a month early.',
    critical: true,
  },
);

const bonds = twins(
  {
    fields: ['treasuryPrice', 'bond.quote', 'lastPx'],
    least,
    value(random) {
      const points = random.int(88, 118);
      const ticks = random.int(1, 31);
      const plus = random.chance(0.2);
      const quote = `${points}-${String(ticks).padStart(2, '0')}${plus ? '+' : ''}`;
      const sixtyFourths = ticks * 2 + (plus ? 1 : 0);
      const right = String(points + sixtyFourths / 64);
      const wrong = `${points}.${String(ticks).padStart(2, '0')}`;
      return shownJson(
        { quote, convention: '32nds' },
        { price: right, convention: 'decimal' },
        { price: wrong, convention: 'decimal' },
      );
    },
  },
  {
    name: 'z_bond_price_32nds_to_decimal',
    why: 'The digits after the hyphen count thirty-seconds of a point and a plus half of one; the decimal price is exactly that.',
  },
  {
    name: 'z_bond_price_32nds_as_hundredths',
    why: 'The thirty-seconds are taken for hundredths, so 99-16 becomes 99.16 instead of 99.5.',
    critical: true,
  },
);

const mails = twins(
  {
    fields: ['mailHeader', 'letter.envelope', 'transportHeader'],
    least,
    value(random) {
      const people = random
        .shuffled(surnames)
        .slice(0, random.int(2, 5))
        .map((name) => `${name.toLowerCase()}@clinic.example`);
      const subject = `Discharge letter case ${random.digits(6)}`;
      const number = `<${random.digits(10)}@mta.example>`;
      const write = (to: readonly string[], joint: string, upper: boolean) =>
        [
          `${upper ? 'TO' : 'To'}: ${to.join(joint)}`,
          `${upper ? 'SUBJECT' : 'Subject'}: ${subject}`,
          `${upper ? 'MESSAGE-ID' : 'Message-ID'}: ${number}`,
        ].join('\r\n');
      return shownJson(
        write(people, ',\r\n\t', true),
        write(people, ', ', false),
        write(people.slice(0, 1), ', ', false),
      );
    },
  },
  {
    name: 'z_mail_header_unfolded',
    why: 'Names of header fields have no case, and a line that begins with white space continues the one before; all recipients are there.',
  },
  {
    name: 'z_mail_header_folded_recipients_lost',
    why: 'Continued lines are dropped, so the letter has one recipient where legacy has several.',
    critical: true,
  },
);

const articles = [
  'Pump, cast iron',
  'Seal ring 40x52',
  'Bolt M8, zinc',
  'Pipe 2 m',
  'Valve, brass, 1/2 in',
  'Grease 400 g',
] as const;

const tables = twins(
  {
    fields: ['exportCsv', 'positionsFile', 'report.body'],
    least,
    value(random) {
      const rows = Array.from({ length: random.int(2, 4) }, () => [
        String(random.int(1000, 9999)),
        random.pick(articles),
        String(random.int(1, 40)),
        decimal(random.int(150, 90_000), 2),
      ]);
      const all = [['no', 'article', 'qty', 'price'], ...rows];
      const write = (cell: (text: string) => string, end: string) =>
        all.map((row) => row.map(cell).join(',') + end).join('');
      return shownJson(
        write((text) => `"${text}"`, '\r\n'),
        write((text) => (text.includes(',') ? `"${text}"` : text), '\n'),
        write((text) => text, '\n'),
      );
    },
  },
  {
    name: 'z_csv_quotes_where_needed',
    why: 'Only cells with a comma are quoted and lines end in LF: a reader of CSV gets the same cells.',
  },
  {
    name: 'z_csv_quotes_missing',
    why: 'Cells with a comma are no longer quoted, so they fall into two and the price stands in another column.',
    critical: true,
  },
);

const longNames = [
  'Arbeitsgemeinschaft der Wasserwerke im Oberen Nagoldtal eG',
  'Compagnie Internationale de Transports et de Logistique SA',
  'Fundación para la Investigación Biomédica del Hospital Norte',
  'Stowarzyszenie Przyjaciół Kolei Wąskotorowej w Przeworsku',
] as const;

const records = twins(
  mixed({
    fields: ['PARTNER-NAME', 'payeeRecord', 'NAME1'],
    least: 10,
    value(random) {
      const name = random.chance(0.45)
        ? random.pick(longNames)
        : `${random.pick(surnames)} ${random.pick(givenNames)}`;
      const number = random.digits(7);
      const shape = (text: string) => ({ partner: number, name: text });
      return shownJson(
        `${number}${name.padEnd(70)}`,
        shape(name),
        shape(name.length > 35 ? name.slice(0, 35).trimEnd() : name),
      );
    },
  }),
  {
    name: 'z_padded_record_unpacked',
    why: 'Seven digits of the partner number and a name filled up with spaces; the spaces at the end mean nothing.',
  },
  {
    name: 'z_padded_record_name_cut_at_35',
    why: 'Names longer than 35 characters are cut off, so institutions can no longer be told apart.',
    critical: true,
  },
);

const orders = [
  ['Call if BP ', '<', '90 or pulse ', '>', '120.'],
  ['Hold insulin if glucose ', '<', '4.0; double check if ', '>', '15.'],
  ['SpO2 target 88-92 %. Oxygen only if ', '<', '88, stop if ', '>', '92.'],
  ['Give potassium if K ', '<', '3.5. Never if K ', '>', '5.0.'],
] as const;
const plainOrders = ['Mobilise twice a day.', 'Remove stitches on day 10.', 'Diet as tolerated.'] as const;

const notes = twins(
  mixed({
    fields: ['nursingOrder', 'noteText', 'care.instruction'],
    least: 10,
    value(random) {
      const bed = `Bed ${random.int(1, 48)}: `;
      const text = bed + (random.chance(0.65) ? random.pick(orders).join('') : random.pick(plainOrders));
      return shownJson(
        `<p>${text.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</p>`,
        text,
        text.replace(/<[^>]*>/g, ''),
      );
    },
  }),
  {
    name: 'z_order_text_without_markup',
    why: 'The paragraph marks are gone and the entities stand for their characters: the text on the screen is the same.',
  },
  {
    name: 'z_order_text_limits_stripped_as_tags',
    why: 'What stands between "less than" and "greater than" is taken for a tag and removed, so limits of treatment are missing.',
    critical: true,
  },
);

const settings = twins(
  {
    fields: ['configJson', 'account.limits', 'profileBlob'],
    least: 10,
    value(random) {
      const limit = random.chance(0.5) ? null : random.int(1, 50) * 100;
      const account = random.digits(8);
      const channels = random.shuffled(['app', 'branch', 'phone', 'web']).slice(0, 2);
      const compact = (value: number | null) =>
        JSON.stringify({ channels, dailyLimit: value, account, currency: 'EUR' });
      return shownJson(
        JSON.stringify({ account, currency: 'EUR', dailyLimit: limit, channels }, null, 2),
        compact(limit),
        compact(limit ?? 0),
      );
    },
  },
  {
    name: 'z_embedded_json_compact',
    why: 'The text is the same JSON object without white space and with its members in another order.',
  },
  {
    name: 'z_embedded_json_no_limit_as_zero',
    why: 'null stands for an account without a daily limit; the rewrite makes it zero, which blocks all payments.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...barcodes,
  ...bonds,
  ...mails,
  ...tables,
  ...records,
  ...notes,
  ...settings,
];
