/** Spellings of one and the same value that serializers choose differently. */
import { faithful } from '../kit.ts';
import { cities, decimal, json, object, surnames } from '../kit-values.ts';

export const families = [
  faithful(
    {
      fields: ['meetingPoint', 'branchName', 'publisher'],
      least: 4,
      value(random) {
        const text = `${random.pick(['Café', 'Bücherei', 'Žižkov', 'Mill', 'Central', 'Park'])} ${random.pick(cities)}`;
        const escaped = json(text).replace(
          /[^\x20-\x7e]/g,
          (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
        );
        return { legacy: escaped, right: json(text) };
      },
    },
    {
      name: 'json-escapes-of-letters',
      why: 'A JSON text with escaped letters is the same text as with the letters themselves.',
    },
  ),
  faithful(
    {
      fields: ['coverUrl', 'statementLink', 'resultPdf'],
      value(random) {
        const [folder, name] = [random.pick(['covers', 'statements', 'reports']), random.hex(10)];
        return {
          legacy: json(`https://static.example.org/${folder}/${name}`).replaceAll('/', '\\/'),
          right: json(`https://static.example.org/${folder}/${name}`),
        };
      },
    },
    {
      name: 'json-escapes-of-slashes',
      why: 'JSON allows a slash to be escaped; the addresses are the same text.',
    },
  ),
  faithful(
    {
      fields: ['customer', 'reader', 'patient'],
      least: 3,
      value(random) {
        const members = {
          number: json(random.digits(7)),
          name: json(random.pick(surnames)),
          city: json(random.pick(cities)),
          balance: decimal(random.int(0, 90_000), 2),
        };
        const reversed = Object.fromEntries(Object.entries(members).reverse());
        return { legacy: object(members), right: object(reversed) };
      },
    },
    {
      name: 'object-members-in-other-order',
      why: 'The members of a JSON object have no order; all of them are there with their values.',
    },
  ),
  faithful(
    {
      fields: ['securitisedVolume', 'portfolioTotal', 'bytesTotal'],
      value(random) {
        const [mantissa, zeros] = [random.int(101, 999), random.int(4, 8)];
        const [first, ...rest] = String(mantissa);
        return {
          legacy: `${first}.${rest.join('')}E+${zeros + 2}`,
          right: `${mantissa}${'0'.repeat(zeros)}`,
        };
      },
    },
    {
      name: 'large-number-without-exponent',
      why: 'A number in scientific notation and the same number written out are equal.',
    },
  ),
];
