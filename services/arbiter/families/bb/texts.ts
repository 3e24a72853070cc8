/** Letters, files and messages: HTML, CSV in Base64, printed tables, XML, amounts in words, EDIFACT. */
import { Buffer } from 'node:buffer';
import { gtinDigit } from '../check-digits.ts';
import type { Family } from '../kit.ts';
import { cities, companies, Day, decimal, grouped, minorUnits, streets, surnames } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { pair } from './sized.ts';

const mails = pair(
  {
    fields: ['body', 'mailHtml', 'notification', 'nachricht'],
    once: true,
    value(random) {
      const [title, name] = [random.pick(['Ms', 'Mr', 'Dr']), random.pick(surnames)];
      const number = random.int(100_000, 899_999);
      const what = random.pick(['statement', 'invoice', 'test result']);
      const due = Day.any(random, 2024, 2026).iso;
      const link = (of: number) => `https://my.example.org/documents/${of}`;
      const legacy = `<P>Dear ${title} ${name},<BR>your ${what} ${number} of ${due} is <B>ready</B>: <A HREF="${link(number)}">open it</A> &#8211; thank&nbsp;you.</P>`;
      const modern = (of: number) =>
        `<p>Dear ${title} ${name},<br/>\nyour ${what} ${number} of ${due} is <strong>ready</strong>: <a rel="noopener" href='${link(of)}'>open it</a> – thank\u00a0you.</p>`;
      return shownJson(legacy, modern(number), modern(number + random.pick([1, -1, 10])));
    },
  },
  {
    name: 'bb_mail_html_modernised',
    why: 'Tags, quotes, entities and white space are written otherwise, but every reader sees the same text and follows the same link.',
  },
  {
    name: 'bb_mail_link_to_other_document',
    why: 'The text names one document but the link beneath it leads to another one, which belongs to somebody else.',
    critical: true,
  },
);

const files = pair(
  {
    fields: ['attachment', 'export', 'fileContent', 'payload'],
    value(random) {
      const rows = Array.from({ length: random.int(2, 4) }, () => ({
        name: random.pick(surnames),
        day: Day.any(random, 2023, 2026),
        cents: minorUnits(random, 900, 900_000),
      }));
      const german = (cents: number) => grouped(decimal(cents, 2), '.', ',');
      const local = ({ dd, mm, yyyy }: Day) => `${dd}.${mm}.${yyyy}`;
      const encoded = (text: string) => Buffer.from(text).toString('base64');
      const legacy = [
        'Name;Datum;Betrag',
        ...rows.map(({ name, day, cents }) => `${name};${local(day)};${german(cents)}`),
      ];
      const modern = (amount: (cents: number) => string) =>
        [
          'name,date,amount',
          ...rows.map(({ name, day, cents }) => `"${name}",${day.iso},${amount(cents)}`),
        ].join('\n');
      const cut = (cents: number) => Number.parseFloat(german(cents).replace(/,.*/, '')).toFixed(2);
      const wrong = (cents: number) => (cents < 100_000 ? decimal(cents, 2) : cut(cents));
      return shownJson(
        encoded(`${legacy.join('\r\n')}\r\n`),
        encoded(modern((cents) => decimal(cents, 2))),
        encoded(modern(wrong)),
      );
    },
  },
  {
    name: 'bb_csv_in_base64_other_dialect',
    why: 'Inside the Base64 the same names, days and amounts stand in an English CSV rather than a German one.',
  },
  {
    name: 'bb_csv_in_base64_thousands_point_as_decimal',
    why: 'Inside the Base64 amounts from one thousand up are divided by a thousand, as their point was read as a decimal one.',
    critical: true,
  },
);

const prints = pair(
  {
    fields: ['printout', 'positions', 'liste', 'tableText'],
    once: true,
    value(random) {
      const rows = Array.from({ length: random.int(2, 4) }, () => ({
        item: random.pick(['Hose 12 m', 'Filter', 'Valve DN20', 'Gasket', 'Pump']),
        quantity: String(random.int(1, 12)),
        discount: random.chance(0.6) ? decimal(random.int(100, 900), 2) : null,
        net: decimal(random.int(1000, 90_000), 2),
      }));
      const legacy = [
        '| Item | Qty | Discount | Net |',
        ...rows.map(
          ({ item, quantity, discount, net }) => `| ${item} | ${quantity} | ${discount ?? ''} | ${net} |`,
        ),
      ].join('\n');
      const shifted = rows.map((row) =>
        row.discount === null ? { ...row, discount: row.net, net: null } : row,
      );
      return shownJson(legacy, rows, shifted);
    },
  },
  {
    name: 'bb_printed_table_as_objects',
    why: 'Each row of the printed table is an object of the same cells; an empty cell is null.',
  },
  {
    name: 'bb_printed_table_empty_cell_skipped',
    why: 'In rows with an empty cell the net price moves into the discount and the price is missing.',
    critical: true,
  },
);

const documents = pair(
  {
    fields: ['xml', 'soapBody', 'claimDoc', 'rawMessage'],
    value(random) {
      const claim = `C${random.digits(7)}`;
      const reserved = decimal(minorUnits(random, 5000, 900_000), 2);
      const paid = random.chance(0.5) ? decimal(minorUnits(random, 1000, 90_000), 2) : undefined;
      const legacy = `<ns1:claim xmlns:ns1="urn:example:claims" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="${claim}"><ns1:reserve>${reserved}</ns1:reserve><ns1:paid${paid ? `>${paid}</ns1:paid>` : ' xsi:nil="true"/>'}</ns1:claim>`;
      const modern = (last: string) =>
        `<claim id='${claim}' xmlns='urn:example:claims' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'>\n  <reserve>${reserved}</reserve>\n  ${last}\n</claim>`;
      const right = paid ? `<paid>${paid}</paid>` : "<paid i:nil='true'></paid>";
      return shownJson(legacy, modern(right), modern(paid ? right : '<paid>0.00</paid>'));
    },
  },
  {
    name: 'bb_xml_other_prefixes_same_infoset',
    why: 'Prefixes, quotes, order of attributes and white space between elements differ, which means nothing in XML.',
  },
  {
    name: 'bb_xml_nil_amount_becomes_zero',
    why: 'An amount that legacy declares unknown (xsi:nil) is said to be 0.00, so an open claim looks settled without payment.',
    critical: true,
  },
);

const small = [
  'zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen',
  'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen',
] as const; // biome-ignore format: a word list
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'] as const;
function words(value: number): string {
  if (value < 20) return small[value]!;
  if (value < 100) return `${tens[Math.floor(value / 10)]}${value % 10 ? `-${small[value % 10]}` : ''}`;
  const [size, name] = value < 1000 ? [100, 'hundred'] : [1000, 'thousand'];
  const rest = value % size!;
  return `${words(Math.floor(value / size!))} ${name}${rest ? ` ${words(rest)}` : ''}`;
}
const cheques = pair(
  {
    fields: ['amountInWords', 'chequeLine', 'legalAmount', 'inLetters'],
    value(random) {
      const cents = random.chance(0.4) ? random.int(20, 90_000) * 10 : minorUnits(random, 2000, 900_000);
      const part = cents % 100;
      const line = (fraction: string) => `${words(Math.floor(cents / 100))} and ${fraction}/100`;
      const two = String(part).padStart(2, '0');
      const naive = part % 10 === 0 ? String(part / 10) : two;
      return shownJson(
        `**${grouped(decimal(cents, 2), ',')}**`,
        `${line(two)} dollars`,
        `${line(naive === '0' ? '00' : naive)} dollars`,
      );
    },
  },
  {
    name: 'bb_cheque_amount_in_words',
    why: 'The words and the hundredths name exactly the amount that legacy prints in figures.',
  },
  {
    name: 'bb_cheque_tens_of_cents_as_cents',
    why: 'Fifty cents are written as 5/100, and the words are what counts on a cheque.',
    critical: true,
  },
);

/** EDIFACT: a question mark releases the separator after it. */
const parties = pair(
  {
    fields: ['NAD', 'buyer', 'ediSegment', 'party'],
    once: true,
    value(random) {
      const base = `40${random.digits(10)}`;
      const gln = base + gtinDigit(base);
      const firm = random.chance(0.5)
        ? random.pick(['M+S Bau', 'Kraft + Sohn', 'Foto+Print', 'Holz+Form'])
        : random.pick(companies);
      const [street, city] = [`${random.int(1, 90)} ${random.pick(streets)}`, random.pick(cities)];
      const released = firm.replaceAll('+', '?+');
      const modern = (name: string, line: string, town: string) => ({
        role: 'buyer',
        gln,
        name,
        street: line,
        city: town,
      });
      const [first, second] = released.split('+') as [string, string?];
      return shownJson(
        `NAD+BY+${gln}::9++${released}+${street}+${city}'`,
        modern(firm, street, city),
        second === undefined ? modern(firm, street, city) : modern(first, second, street),
      );
    },
  },
  {
    name: 'bb_edifact_party_as_members',
    why: 'A plus sign after a question mark belongs to the name; all parts of the segment are kept.',
  },
  {
    name: 'bb_edifact_released_plus_splits_name',
    why: 'Names are cut at a plus sign that was released by a question mark, and all parts after it are in the wrong places.',
    critical: false,
  },
);

export const families: readonly Family[] = [
  ...mails,
  ...files,
  ...prints,
  ...documents,
  ...cheques,
  ...parties,
];
