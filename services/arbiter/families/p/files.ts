/** A city's files and documents: numbers, links, digests, counts and texts. */
import { type Family, twins } from '../kit.ts';
import { json } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['fileNumber', 'aktenzeichen', 'caseNumber', 'reference'],
      value: (random) => {
        const [year, serial] = [random.int(2015, 2026), random.digits(5)];
        return shown(json(`${year}/${serial}`), json(`${year}-${serial}`), json(serial));
      },
    },
    {
      name: 'file-number-with-hyphen',
      why: 'Year and number of the file are the same with a hyphen instead of the slash.',
    },
    {
      name: 'file-number-without-year',
      critical: true,
      why: 'The year of the file number is missing, so that files of different years share a number.',
    },
  ),
  ...twins(
    {
      fields: ['documentUrl', 'pdfLink', 'noticeLink', 'attachment'],
      value: (random) => {
        const id = random.int(100_000, 899_999);
        const answer = (document: number) => json(`https://api.city.example/v2/documents/${document}/pdf`);
        return shown(
          json(`http://rathaus.city.example/Document.aspx?id=${id}&format=pdf`),
          answer(id),
          answer(id + random.int(1, 9)),
        );
      },
    },
    {
      name: 'document-link-new-address',
      why: 'The link of the new service points to the same document number in the same format.',
    },
    {
      name: 'document-link-of-neighbour',
      critical: true,
      why: 'The link points to a document of another number, which is somebody else’s.',
    },
  ),
  ...twins(
    {
      fields: ['checksum', 'md5', 'attachmentHash', 'fingerprint'],
      least: 3,
      value: (random) => {
        const digest = random.hex(32);
        return shown(json(digest.toUpperCase()), json(digest), '"d41d8cd98f00b204e9800998ecf8427e"');
      },
    },
    {
      name: 'digest-small-letters',
      why: 'The hexadecimal digest is the same in small letters.',
    },
    {
      name: 'digest-of-nothing',
      critical: false,
      why: 'Different files have the digest that MD5 gives for no content at all.',
    },
  ),
  ...twins(
    {
      fields: ['totalCount', 'hits', 'openCases', 'numberOfResults'],
      least: 4,
      value: (random) => {
        const count = random.chance(0.6) ? random.int(21, 900) : random.int(0, 20);
        return shown(json(String(count)), String(count), String(Math.min(count, 20)));
      },
    },
    {
      name: 'count-text-to-number',
      why: 'The count of results is the same, as a number.',
    },
    {
      name: 'count-of-first-page',
      critical: false,
      why: 'Every count above twenty is twenty: the results of the first page were counted instead of all.',
    },
  ),
  ...twins(
    {
      fields: ['reasonText', 'noticeText', 'begruendung', 'instructions'],
      once: true,
      value: (random) => {
        const lines = random
          .shuffled([
            'Please bring your passport.',
            'Payment by card only.',
            'Entrance on the left.',
            'Room 2.14',
          ])
          .slice(0, random.int(2, 4));
        return shown(json(lines.join('\r\n')), json(lines.join('\n')), json(lines[0]));
      },
    },
    {
      name: 'line-ends-of-unix',
      why: 'The lines are the same; only the carriage returns at their ends went.',
    },
    {
      name: 'text-cut-after-first-line',
      critical: false,
      why: 'Of several lines only the first is left.',
    },
  ),
];
