/** Transfers and batches: what stands beside the amount. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { companies, Day, givenNames, json, object, surnames, timeOfDay } from '../kit-values.ts';
import { shown } from '../shown.ts';

const notes = [
  'Miete März',
  'Gebühr für Prüfung',
  'Loyer août',
  'Facture n° 12',
  'Överföring hyra',
  'Señal reserva',
];

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['endToEndId', 'customerReference', 'e2e'],
      value(random) {
        const id = `INV-${random.int(2021, 2025)}-${random.digits(6)}-${random.text('ABCDEFGHKLMNP', random.int(1, 12))}`;
        return shown(json(id.padEnd(35)), json(id), json(id.slice(0, 16)));
      },
    },
    {
      name: 'j-payment-reference-trimmed',
      why: 'Only closing blanks of the fixed-width reference are gone.',
    },
    {
      name: 'j-payment-reference-sixteen',
      critical: false,
      why: 'The reference lost all but sixteen characters, so the payee cannot match it.',
    },
  ),
  ...twins(
    {
      fields: ['remittanceInfo', 'purpose', 'usage'],
      value(random) {
        const note = `${random.pick(notes)} ${random.int(100, 999)}`;
        const escaped = json(note).replace(
          /[^ -~]/g,
          (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
        );
        const mojibake = String.fromCharCode(...new TextEncoder().encode(note));
        return shown(escaped, json(note), json(mojibake));
      },
    },
    { name: 'j-payment-note-unescaped', why: 'A JSON escape and the character itself are the same text.' },
    {
      name: 'j-payment-note-mojibake',
      critical: false,
      why: 'UTF-8 was read as Latin-1, so letters with accents became two wrong ones.',
    },
  ),
  ...twins<{ offset: number }>(
    {
      fields: ['createdAt', 'acceptedAt', 'timestamp'],
      common: (random) => ({ offset: random.int(1, 3) }),
      value(random, { offset }) {
        const now = Day.any(random, 2024, 2025).date.getTime() + random.int(3_600, 80_000) * 1000;
        const local = (ms: number) =>
          json(`${new Date(ms + offset * 3_600_000).toISOString().slice(0, 19)}+0${offset}:00`);
        const zulu = (ms: number) => json(new Date(ms).toISOString());
        const modern = now + random.int(200, 2_900);
        return {
          legacy: local(now),
          right: zulu(modern),
          wrong: zulu(modern + offset * 3_600_000),
          legacy2: local(now + random.int(1, 4) * 1000),
        };
      },
    },
    { name: 'j-payment-created-zulu', why: 'The moment of each request, in UTC instead of a local offset.' },
    {
      name: 'j-payment-created-local-as-zulu',
      critical: false,
      why: 'Local digits are marked as UTC, so the moment is hours off.',
    },
  ),
  ...twins(
    {
      fields: ['parties', 'payment', 'transfer'],
      value(random) {
        const debtor = json(`${random.pick(givenNames)} ${random.pick(surnames)}`);
        const creditor = json(random.pick(companies));
        return shown(
          object({ debtor, creditor }),
          object({ creditor, debtor }),
          object({ creditor: debtor, debtor: creditor }),
        );
      },
    },
    { name: 'j-payment-parties-order', why: 'Payer and payee are the same, only named in another order.' },
    { name: 'j-payment-parties-swapped', critical: true, why: 'Payer and payee changed places.' },
  ),
  ...coded(
    ['chargeBearer', 'details_of_charges'],
    [
      ['SHA', 'SHARED'],
      ['SHA', 'SHARED'],
      ['OUR', 'DEBTOR', 'CREDITOR'],
      ['BEN', 'CREDITOR', 'SHARED'],
    ],
    { name: 'j-payment-charges-words', why: 'SWIFT codes of who bears the charges became their meaning.' },
    {
      name: 'j-payment-charges-other-party',
      critical: true,
      why: 'The charges fall on another party than legacy says.',
    },
    5,
  ),
  ...twins(
    {
      fields: ['cutOff', 'cutOffTime', 'latestTime'],
      clear: true,
      once: true,
      value(random) {
        const { h, m } = timeOfDay(random);
        const at = (hour: number) => `${String(hour % 24).padStart(2, '0')}:${String(m).padStart(2, '0')}`;
        return shown(json(at(h)), json(`${at(h)}:00`), json(`${at(h + 1)}:00`));
      },
    },
    { name: 'j-payment-cutoff-seconds', why: 'The same time of day with seconds of zero.' },
    {
      name: 'j-payment-cutoff-hour-late',
      critical: true,
      why: 'The rewrite promises execution an hour longer than legacy.',
    },
  ),
];
