/** Documents: links, sizes, types, retention, signatures. */
import { type Family, twins } from '../kit.ts';
import { Day, decimal, grouped, json, list, minorUnits, object, timeOfDay } from '../kit-values.ts';
import { shown } from '../shown.ts';

const titles = ['Account statement', 'Policy', 'Fee notice', 'Tax certificate', 'Loan contract'];

export const families: readonly Family[] = [
  ...twins<{ old: string; now: string }>(
    {
      fields: ['downloadUrl', 'href', 'link'],
      common: (random) => ({
        old: random.pick(['http://dms.bank.example', 'https://archive01.bank.example']),
        now: random.pick(['https://api.bank.example', 'https://documents.bank.example']),
      }),
      value(random, { old, now }) {
        const id = random.digits(9);
        return shown(
          json(`${old}/documents/${id}`),
          json(`${now}/documents/${id}`),
          json(`${now}/documents/${random.digits(9)}`),
        );
      },
    },
    { name: 'j-document-link-new-host', why: 'The same document under the host of the rewrite.' },
    {
      name: 'j-document-link-other-document',
      critical: true,
      why: 'The link leads to another document number.',
    },
  ),
  ...twins(
    {
      fields: ['sizeBytes', 'contentLength', 'fileSize'],
      value(random) {
        const size = minorUnits(random, 2_000, 9_000_000);
        return shown(json(String(size)), String(size), String(Math.floor(size / 1024)));
      },
    },
    { name: 'j-document-size-number', why: 'The same size without quotes.' },
    {
      name: 'j-document-size-in-kilobytes',
      critical: false,
      why: 'Some sizes are a 1024th: kilobytes instead of bytes.',
    },
  ),
  ...twins(
    {
      fields: ['mimeType', 'contentType', 'format'],
      value(random) {
        const type = random.pick([
          'application/pdf',
          'image/jpeg',
          'image/tiff',
          'text/plain',
          'application/pdf',
        ]);
        return shown(json(type.toUpperCase()), json(type), json('application/octet-stream'));
      },
    },
    { name: 'j-document-type-lower', why: 'Media types mean the same in either case.' },
    {
      name: 'j-document-type-unknown',
      critical: false,
      why: 'The known media type became the one for unknown bytes.',
    },
  ),
  ...twins(
    {
      fields: ['createdAt', 'archivedAt', 'ERSTELLT'],
      value(random) {
        const day = Day.any(random, 2015, 2025).iso;
        const { text } = timeOfDay(random);
        return shown(json(`${day}T${text}Z`), json(`${day}T${text}.000Z`), json(`${day}T00:00:00.000Z`));
      },
    },
    { name: 'j-document-created-milliseconds', why: 'Milliseconds of zero were added.' },
    { name: 'j-document-created-midnight', critical: false, why: 'The time of day was lost.' },
  ),
  ...twins(
    {
      fields: ['title', 'label', 'BEZEICHNUNG'],
      value(random) {
        const name = random.pick(titles);
        const [month, year] = [random.int(2, 12), random.int(2019, 2025)];
        const of = (gap: string, mm: number) => json(`${name}${gap}${String(mm).padStart(2, '0')}/${year}`);
        return shown(of('  ', month), of(' ', month), of(' ', month - 1));
      },
    },
    { name: 'j-document-title-single-blank', why: 'The same title with one blank instead of two.' },
    {
      name: 'j-document-title-month-before',
      critical: false,
      why: 'The title names the month before that of legacy.',
    },
  ),
  ...twins(
    {
      fields: ['retainUntil', 'validTo', 'deleteAfter'],
      clear: true,
      least: 5,
      value(random) {
        if (random.chance(0.4)) return { legacy: '"9999-12-31"', right: 'null' };
        const day = json(Day.any(random, 2026, 2045).iso);
        return { legacy: day, right: day, wrong: 'null' };
      },
    },
    {
      name: 'j-document-no-end-null',
      why: 'The last day of the calendar and null both say that there is no end.',
    },
    { name: 'j-document-end-lost', critical: false, why: 'Days that legacy states are null in the rewrite.' },
  ),
  ...twins(
    {
      fields: ['signed', 'approved', 'accepted'],
      value: (random) =>
        random.chance(0.5)
          ? { legacy: '"true"', right: 'true' }
          : { legacy: '"false"', right: 'false', wrong: 'true' },
    },
    { name: 'j-document-signed-boolean', why: 'The same truth values without quotes.' },
    {
      name: 'j-document-unsigned-is-signed',
      critical: true,
      why: 'The text "false" counts as true, so nothing is unsigned.',
    },
  ),
  ...twins(
    {
      fields: ['language', 'lang', 'SPRACHE'],
      least: 3,
      value(random) {
        const code = random.pick(['DE', 'FR', 'IT', 'EN', 'PL', 'DE']);
        return shown(json(code), json(code.toLowerCase()), json('en'));
      },
    },
    { name: 'j-document-language-lower', why: 'The same language codes in lower case.' },
    { name: 'j-document-language-default', critical: false, why: 'Other languages fell back to English.' },
  ),
  ...twins(
    {
      fields: ['requestId', 'renderId', 'correlationId'],
      least: 4,
      always: true,
      value(random) {
        const uuid = () =>
          `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-a${random.hex(3)}-${random.hex(12)}`;
        return {
          legacy: json(uuid().toUpperCase()),
          right: json(uuid()),
          wrong: json('00000000-0000-0000-0000-000000000000'),
          legacy2: json(uuid().toUpperCase()),
        };
      },
    },
    { name: 'j-document-render-id-new', why: 'A new identifier for each request on both sides.' },
    { name: 'j-document-render-id-nil', critical: false, why: 'The rewrite never fills the identifier.' },
  ),
  ...twins(
    {
      fields: ['invoiceTotal', 'statementBalance', 'total'],
      value(random) {
        const text = decimal(minorUnits(random, 150_000, 80_000_000), 2);
        const parts = grouped(text, "'").split("'");
        return shown(json(grouped(text, "'")), json(text), json(`${parts[0]}.00`));
      },
    },
    { name: 'j-document-total-no-apostrophes', why: 'The same figure without Swiss grouping.' },
    {
      name: 'j-document-total-thousands-lost',
      critical: true,
      why: 'Everything after the first apostrophe is lost.',
    },
  ),
  ...twins(
    {
      fields: ['documents', 'items', 'results'],
      value(random) {
        const rows = Array.from({ length: random.int(2, 6) }, () => [
          random.digits(8),
          Day.any(random, 2018).iso,
        ]);
        const of = (row: readonly string[], extra: Record<string, string>) =>
          object({ id: json(row[0]), date: json(row[1]), ...extra });
        const right = rows.map((row) => of(row, { tags: 'null' }));
        return shown(list(rows.map((row) => of(row, {}))), list(right), list([...right, right[0]!]));
      },
    },
    { name: 'j-document-list-null-tags', why: 'Each row has one more member that is null.' },
    { name: 'j-document-list-repeats-first', critical: false, why: 'A join lists one document twice.' },
  ),
];
