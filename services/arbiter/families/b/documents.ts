/** Families of documents inside a field: XML, HTML, JSON in a string, Base64, printed receipts, cheques. */
import { type Family, type Random, twins, type Value } from '../kit.ts';
import { companies, decimal, json, minorUnits, surnames, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const ones = 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' '); // biome-ignore format: a word list
const tens = 'zero ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** A whole number below a million in English words. */
function words(n: number): string {
  if (n < 20) return ones[n]!;
  if (n < 100) return tens[Math.floor(n / 10)]! + (n % 10 > 0 ? `-${ones[n % 10]}` : '');
  const [unit, name] = n < 1000 ? [100, 'hundred'] : [1000, 'thousand'];
  const rest = n % unit;
  return `${words(Math.floor(n / unit))} ${name}${rest > 0 ? ` ${words(rest)}` : ''}`;
}

/** The same number without its tens, as a rewrite that forgets a rank of words. */
const withoutTens = (n: number): number => n - (Math.floor(n / 10) % 10) * 10;

/** What a till prints, encoded: the moment of printing moves on by seconds at every run, the rest does not. */
function printed(random: Random, encode: (text: string) => string): Value {
  const [no, cents] = [random.digits(8), minorUnits(random, 1000, 9_000_000)];
  const total = decimal(cents, 2);
  const other = decimal(cents + random.pick([-900, 1, 10, 1000]), 2);
  let second = random.int(8 * 3600, 20 * 3600);
  const print = (amount: string): string => {
    second += random.int(1, 50);
    const time = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60].map(two).join(':');
    return encode(`Receipt ${no}\nTotal EUR ${amount}\nPrinted at ${time}\n`);
  };
  return { legacy: print(total), right: print(total), wrong: print(other), legacy2: print(total) };
}

const pdf = (text: string): string =>
  json(
    Buffer.from(
      `%PDF-1.4\n1 0 obj\n<< /Length ${text.length} >>\nstream\n${text}endstream\n%%EOF\n`,
    ).toString('base64'),
  );

export const families: Family[] = [
  ...twins(
    {
      fields: ['payload', 'orderXml', 'soapBody', 'message'],
      value(random) {
        const [no, quantity, owner] = [random.digits(5), random.int(1, 40), random.pick(surnames)];
        const body = (note: string): string => `<note>${note}</note><qty>${quantity}</qty></order>`;
        const legacy = `<order id="${no}" currency="EUR">${body(`${owner} &amp; Sons`)}`;
        const start = `<order currency='EUR' id='${no}'>`;
        const right = `${start}${body(`<![CDATA[${owner} & Sons]]>`)}`;
        return shown(json(legacy), json(right), json(`${start}${body(`<![CDATA[${owner} &amp; Sons]]>`)}`));
      },
    },
    {
      name: 'b_xml_same_infoset',
      why: 'Order and quotes of attributes and CDATA instead of entities leave the content of the XML document alone.',
    },
    {
      name: 'b_xml_entity_inside_cdata',
      critical: false,
      why: 'Inside CDATA an entity is plain text, so the name now reads "&amp;".',
    },
  ),
  ...twins(
    {
      fields: ['noticeHtml', 'letterBody', 'message', 'widget'],
      value(random) {
        const typed = random.pick(['script', 'img src=x onerror=go()', 'iframe', 'svg onload=run()']);
        const intro = `${random.pick(['Remark', 'Comment', 'Reason'])} ${random.int(1, 900)}`;
        const write = (open: string, close: string): string =>
          json(`<p>${intro}: ${open}${typed}${close}</p>`);
        return shown(write('&lt;', '&gt;'), write('&#60;', '&#62;'), write('<', '>'));
      },
    },
    {
      name: 'b_html_entity_form',
      why: 'Named and numeric character references show the same harmless text.',
    },
    {
      name: 'b_html_unescaped',
      critical: true,
      why: 'What a user typed is no longer escaped and becomes markup of the page: script injection.',
    },
  ),
  ...twins(
    {
      fields: ['metadata', 'eventBody', 'extra', 'rawRequest'],
      value(random) {
        const id = `9${random.digits(17)}${random.pick(['1', '3', '7', '9'])}`;
        const [open, owner] = [random.chance(0.5), random.pick(surnames)];
        const write = (account: string): string =>
          json(`{ "open": ${open}, "account": ${account}, "owner": "${owner}" }`);
        const legacy = json(`{"account":${id},"owner":"${owner}","open":${open}}`);
        return shown(legacy, write(id), write(String(BigInt(Number(id)))));
      },
    },
    {
      name: 'b_json_in_string_layout',
      why: 'Blanks and the order of members do not matter in the JSON document that the string holds.',
    },
    {
      name: 'b_json_in_string_long_number',
      critical: true,
      why: 'The account number in the embedded document went through a double and ends in other digits.',
    },
  ),
  ...twins(
    {
      fields: ['attachment', 'signatureImage', 'certificate', 'content'],
      value(random) {
        const raw = Buffer.from(`${random.pick(companies)} ${random.hex(random.int(90, 180))}`);
        const rows = raw.toString('base64').match(/.{1,76}/g)!;
        return shown(json(rows.join('\r\n')), json(rows.join('')), json(rows[0]));
      },
    },
    {
      name: 'b_base64_unwrapped',
      why: 'Line ends inside Base64 carry no data (RFC 2045); the bytes are the same.',
    },
    {
      name: 'b_base64_first_line',
      critical: true,
      why: 'Only the first line of the Base64 is left, so the attachment is cut off.',
    },
  ),
  ...twins(
    {
      fields: ['receiptText', 'printImage', 'slip', 'letter'],
      least: 3,
      value: (random) => printed(random, json),
    },
    {
      name: 'b_receipt_print_time',
      why: 'Only the time of printing differs, as it does between two runs of legacy.',
    },
    {
      name: 'b_receipt_total_beneath_time',
      critical: true,
      why: 'Besides the time of printing the total on the receipt differs.',
    },
  ),
  ...twins(
    { fields: ['pdf', 'document', 'invoiceFile', 'blob'], least: 3, value: (random) => printed(random, pdf) },
    {
      name: 'b_pdf_print_time',
      why: 'Decoded, the two documents differ in the time of printing only, as two runs of legacy do.',
    },
    {
      name: 'b_pdf_total_beneath_time',
      critical: true,
      why: 'Decoded, the document shows another total, hidden by a time that always changes.',
    },
  ),
  ...twins(
    {
      fields: ['amountInWords', 'chequeText', 'legalAmount', 'sumInWords'],
      value(random) {
        const whole = random.int(0, 999) * 100 + random.int(10, 99);
        const cents = two(random.int(0, 99));
        const legacy = `${words(whole)} and ${cents}/100`;
        const right = legacy.toUpperCase().replaceAll('-', ' ');
        return shown(
          json(legacy),
          json(right),
          json(`${words(withoutTens(whole))} and ${cents}/100`.toUpperCase()),
        );
      },
    },
    { name: 'b_amount_in_words_case', why: 'The same number words in capitals and without hyphens.' },
    {
      name: 'b_amount_in_words_tens_lost',
      critical: true,
      why: 'The tens are missing, so the words on the cheque name a smaller amount.',
    },
  ),
];
