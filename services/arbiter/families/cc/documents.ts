/** Markup, letters, messages and files. */
import type { Family } from '../kit.ts';
import { cities, Day, decimal, givenNames, json, minorUnits, surnames } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { base64, pair } from './common.ts';

const consents = pair(
  {
    fields: ['consentForm', 'formHtml', 'EINWILLIGUNG', 'preferences'],
    routes: ['GET /forms/{id}', 'GET /customers/{id}/privacy'],
    always: true,
    value(random) {
      const boxes = random
        .shuffled(['newsletter', 'organ_donor', 'share_with_insurer', 'research', 'sms_reminder'])
        .slice(0, random.int(1, 3))
        .map((name) => ({ name, on: random.chance(0.5) }));
      const modern = (checked: boolean) =>
        boxes
          .map(
            ({ name, on }) =>
              `<input value=1 name='${name}' type=checkbox${on && checked ? ' checked' : ''}>`,
          )
          .join('\n');
      return shownJson(
        boxes
          .map(
            ({ name, on }) =>
              `<input type="checkbox" name="${name}" value="1"${on ? ' checked="checked"' : ''} />`,
          )
          .join(''),
        modern(true),
        modern(false),
      );
    },
  },
  {
    name: 'cc_checkbox_markup_rewritten',
    why: 'Order, quotes and closing slash mean nothing in HTML, and checked counts whether it has a value or not.',
  },
  {
    name: 'cc_checkbox_ticks_lost',
    critical: true,
    why: 'Boxes that were ticked are shown empty, so a consent is withdrawn as soon as somebody saves the form.',
  },
);

const transfers = pair(
  {
    fields: ['pain001', 'instruction', 'AUFTRAG', 'cdtTrfTxInf'],
    routes: ['POST /payments/iso20022', 'GET /payments/{id}/message'],
    always: true,
    value(random) {
      const [currency, amount] = [
        random.pick(['EUR', 'EUR', 'CHF', 'SEK', 'PLN', 'USD']),
        decimal(minorUnits(random, 900), 2),
      ];
      const [id, name] = [`E2E-${random.digits(8)}`, `${random.pick(givenNames)} ${random.pick(surnames)}`];
      const modern = (code: string) =>
        `<CdtTrfTxInf xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><PmtId><EndToEndId>${id}</EndToEndId></PmtId><Amt><InstdAmt Ccy="${code}">${amount}</InstdAmt></Amt><Cdtr><Nm>${name}</Nm></Cdtr><RmtInf></RmtInf></CdtTrfTxInf>`;
      return shownJson(
        `<p:CdtTrfTxInf xmlns:p='urn:iso:std:iso:20022:tech:xsd:pain.001.001.09'>\n  <p:PmtId><p:EndToEndId>${id}</p:EndToEndId></p:PmtId>\n  <p:Amt><p:InstdAmt Ccy='${currency}'>${amount}</p:InstdAmt></p:Amt>\n  <p:Cdtr><p:Nm>${name}</p:Nm></p:Cdtr>\n  <p:RmtInf/>\n</p:CdtTrfTxInf>`,
        modern(currency),
        modern('EUR'),
      );
    },
  },
  {
    name: 'cc_payment_xml_without_prefix',
    why: 'Prefix or default namespace, quotes, indentation and empty-element tags are all the same to an XML reader.',
  },
  {
    name: 'cc_payment_xml_always_in_euro',
    critical: true,
    why: 'The attribute Ccy is EUR whatever legacy says, so other currencies are paid out as euros.',
  },
);

const exportedRows = pair(
  {
    fields: ['export', 'csv', 'LISTE', 'attachmentText'],
    routes: ['GET /reports/{id}/csv', 'GET /debtors/export'],
    always: true,
    value(random) {
      const rows = Array.from({ length: random.int(2, 4) }, () => ({
        no: random.digits(5),
        name: random.chance(0.35)
          ? `${random.pick(surnames)}, ${random.pick(givenNames)}`
          : `${random.pick(surnames)} ${random.pick(['GmbH', 'Ltd', 'AG'])}`,
        city: random.pick(cities),
        cents: minorUnits(random, 500, 2_000_000),
      }));
      const modern = (quote: (name: string) => string) =>
        [
          'no,name,city,open',
          ...rows.map(({ no, name, city, cents }) => `${no},${quote(name)},${city},${decimal(cents, 2)}`),
        ].join('\n');
      return shownJson(
        [
          '"no";"name";"city";"open"',
          ...rows.map(
            ({ no, name, city, cents }) =>
              `"${no}";"${name}";"${city}";"${decimal(cents, 2).replace('.', ',')}"`,
          ),
        ].join('\r\n'),
        modern((name) => (name.includes(',') ? `"${name}"` : name)),
        modern((name) => name),
      );
    },
  },
  {
    name: 'cc_csv_other_dialect',
    why: 'Separator, decimal sign, line ends and needless quotes changed together; every cell holds the same.',
  },
  {
    name: 'cc_csv_commas_unquoted',
    critical: true,
    why: 'Names with a comma are no longer quoted, so their rows have a cell too many and amounts land in the wrong column.',
  },
);

const tinyPdf = (producer: string, date: string, id: string, lines: readonly string[]): string => {
  const stream = `BT /F1 11 Tf 14 TL 72 720 Td ${lines.map((line) => `(${line}) Tj T*`).join(' ')} ET`;
  return base64(
    [
      '%PDF-1.4',
      `1 0 obj<</Producer(${producer})/CreationDate(D:${date}Z)>>endobj`,
      `4 0 obj<</Length ${stream.length}>>stream`,
      stream,
      'endstream endobj',
      `trailer<</Info 1 0 R/Root 2 0 R/ID[<${id}><${id}>]>>`,
      '%%EOF',
    ].join('\n'),
  );
};

const pdfs = pair(
  {
    fields: ['document', 'pdf', 'RECHNUNG-PDF', 'attachment'],
    routes: ['GET /invoices/{number}/pdf', 'POST /letters/render'],
    noisy: true,
    value(random) {
      const net = minorUnits(random, 2000, 400_000);
      const tax = Math.round(net * 0.2);
      const [number, day] = [random.digits(6), Day.any(random, 2023, 2025)];
      const lines = (total: number) => [
        `Invoice ${number} of ${day.iso}`,
        `Net ${decimal(net, 2)} EUR`,
        `VAT 20% ${decimal(tax, 2)} EUR`,
        `Total due ${decimal(total, 2)} EUR`,
      ];
      const stamp = () =>
        `${day.iso.replaceAll('-', '')}${random.int(10, 19)}${random.int(10, 59)}${random.int(10, 59)}`;
      const render = (total: number, producer = 'docgen 2.3') =>
        json(tinyPdf(producer, stamp(), random.hex(32).toUpperCase(), lines(total)));
      return {
        legacy: render(net + tax, 'AFP2PDF'),
        legacy2: render(net + tax, 'AFP2PDF'),
        right: render(net + tax),
        wrong: render(net),
      };
    },
  },
  {
    name: 'cc_pdf_rendered_anew',
    why: 'Decoded, the files differ in producer, creation time and file id, the latter as legacy does from itself; all printed lines are equal.',
  },
  {
    name: 'cc_pdf_total_without_tax',
    critical: true,
    why: 'Beneath the usual noise of creation time and file id the printed total due is the net amount.',
  },
);

export const families: readonly Family[] = [...consents, ...transfers, ...exportedRows, ...pdfs];
