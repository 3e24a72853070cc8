/** People, households and vehicles in a city's registers. */
import { type Family, twins } from '../kit.ts';
import { givenNames, json, list, object, streets, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const umlauts = [
  ['M&uuml;ller', 'Müller', 'MÃ¼ller'],
  ['Sch&auml;fer', 'Schäfer', 'SchÃ¤fer'],
  ['J&ouml;rg Gro&szlig;', 'Jörg Groß', 'JÃ¶rg GroÃŸ'],
  ['Ren&eacute; Dubois', 'René Dubois', 'RenÃ© Dubois'],
  ['Bj&ouml;rn Olsen', 'Björn Olsen', 'BjÃ¶rn Olsen'],
] as const;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['holderName', 'applicant', 'displayName', 'inhaber'],
      value: (random) => {
        if (random.chance(0.3)) {
          const name = json(`${random.pick(givenNames)} ${random.pick(surnames)}`);
          return { legacy: name, right: name };
        }
        const [legacy, right, wrong] = random.pick(umlauts);
        return shown(json(legacy), json(right), json(wrong));
      },
    },
    {
      name: 'name-entities-decoded',
      why: 'The HTML entities stand for exactly the letters that the rewrite writes.',
    },
    {
      name: 'name-utf8-read-as-latin1',
      critical: false,
      why: 'The letters with marks are garbled: their UTF-8 bytes were read as Latin-1.',
    },
  ),
  ...twins(
    {
      fields: ['person', 'applicant', 'owner', 'contact'],
      value: (random) => {
        const [given, family] = [random.pick(givenNames), random.pick(surnames)];
        const answer = (first: string, last: string) =>
          object({ firstName: json(first), lastName: json(last) });
        return shown(json(`${family}, ${given}`), answer(given, family), answer(family, given));
      },
    },
    {
      name: 'comma-name-to-members',
      why: 'The family name stands before the comma; both members hold what they are called.',
    },
    {
      name: 'comma-name-members-swapped',
      critical: true,
      why: 'First and last name changed places, so the person is registered under another name.',
    },
  ),
  ...twins(
    {
      fields: ['householdMembers', 'children', 'dependants', 'persons'],
      value: (random) => {
        const family = random.pick(surnames);
        const people = random
          .shuffled(givenNames)
          .slice(0, random.int(1, 5))
          .map((given) => [json(`${given} ${family}`), String(random.int(1948, 2024))] as const);
        const answer = (name: string, year: string) =>
          list(people.map(([who, born]) => object({ [name]: who, [year]: born })));
        const modern = people.map(([who, born]) => object({ full_name: who, birth_year: born }));
        return shown(answer('FullName', 'BirthYear'), list(modern), list(modern.slice(0, -1)));
      },
    },
    {
      name: 'household-snake-case',
      why: 'All members of the household are there; only the keys changed their way of writing.',
    },
    {
      name: 'household-last-person-missing',
      critical: true,
      why: 'The last person of the household is missing, and with them what they are entitled to.',
    },
  ),
  ...twins(
    {
      fields: ['licensePlate', 'kennzeichen', 'vehicle', 'plate'],
      value: (random) => {
        const district = random.pick(['HB', 'KS', 'MS', 'DD', 'FR', 'BI']);
        const [letters, number] = [
          random.text('ABCEHKLMRT', random.int(1, 2)),
          String(random.int(10, 9_999)),
        ];
        const answer = (start: string, middle: string) =>
          object({ district: json(start), letters: json(middle), number: json(number) });
        return shown(
          json(`${district}-${letters} ${number}`),
          answer(district, letters),
          answer(district.slice(0, 1), district.slice(1) + letters),
        );
      },
    },
    {
      name: 'plate-to-members',
      why: 'District, letters and number are divided as the hyphen and the blank of the plate divide them.',
    },
    {
      name: 'plate-divided-elsewhere',
      critical: true,
      why: 'The hyphen was removed before the plate was divided, so it is the plate of another district and car.',
    },
  ),
  ...twins(
    {
      fields: ['taxNumber', 'steuernummer', 'payerId', 'fiscalNumber'],
      value: (random) => {
        const digits = `${random.chance(0.6) ? '0' : ''}${random.int(1_000_000_000, 9_999_999_999)}`.slice(
          0,
          10,
        );
        const written = digits.replace(/^(..)(...)(.....)$/, '$1/$2/$3');
        return shown(json(written), json(digits), json(String(Number(digits))));
      },
    },
    {
      name: 'tax-number-without-slashes',
      why: 'The ten digits of the tax number are the same; only the slashes went.',
    },
    {
      name: 'tax-number-zero-lost',
      critical: true,
      why: 'Tax numbers that start with 0 lost it and are no longer those of the payer.',
    },
  ),
  ...twins(
    {
      fields: ['phone', 'telefon', 'callBack', 'mobile'],
      value: (random) => {
        const area = random.pick(['421', '561', '351', '761', '170', '151']);
        const [first, second] = [random.digits(3), random.int(1000, 9999)];
        return shown(
          json(`+49 (0)${area} / ${first}-${second}`),
          json(`+49${area}${first}${second}`),
          json(`+490${area}${first}${second}`),
        );
      },
    },
    {
      name: 'telephone-number-international',
      why: 'The zero in brackets is not dialled after the country code; the digits to dial are the same.',
    },
    {
      name: 'telephone-number-zero-kept',
      critical: false,
      why: 'The zero in brackets, which must not follow the country code, became a part of the number.',
    },
  ),
  ...twins(
    {
      fields: ['street', 'anschrift', 'addressLine', 'residence'],
      least: 2,
      value: (random) => {
        const number = random.int(1, 160);
        const suffix = random.chance(0.4) ? random.pick(['a', 'b', 'c', ' 1/2', '-3']) : '';
        const line = `${random.pick(streets)} ${number}`;
        return shown(json(`${line}${suffix}`.padEnd(35)), json(line + suffix), json(line));
      },
    },
    {
      name: 'address-line-padding-off',
      why: 'The address is the same without the blanks that filled the Delphi field of fixed width.',
    },
    {
      name: 'house-number-suffix-lost',
      critical: false,
      why: 'What follows the digits of the house number is missing, so it is another house.',
    },
  ),
];
