import { cities, decimal, grouped, json } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { broken, only, pair } from './domain.ts';

const routes = ['GET /customers/{id}', 'GET /letters/{id}', 'POST /translations', 'GET /contacts/{id}'];

const arabic = pair(
  ['GET /invoices/{number}', 'POST /visas', 'GET /licences/{plate}'],
  {
    fields: ['reference', 'plateNumber', 'permitNo'],
    value(random) {
      const digits = random.pick([...'123456789']) + random.digits(random.int(4, 8));
      const eastern = digits.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)));
      return shownJson(eastern, digits, [...digits].reverse().join(''));
    },
  },
  {
    name: 'dd_arabic_digits_in_latin',
    why: 'Arabic-Indic digits have the same values in the same order as the Latin ones: numbers run left to right in Arabic too.',
  },
  {
    name: 'dd_arabic_digits_reversed',
    why: 'The digits were turned round as if numbers ran from right to left in Arabic: another number.',
    critical: true,
  },
);

const lakh = pair(
  ['GET /loans/{id}', 'POST /quotes', 'GET /tax/assessments/{pan}'],
  {
    fields: ['sumInsured', 'sanctionedAmount', 'assessedIncome'],
    value(random) {
      const hundredths = random.int(101, 9900);
      const [word, scale, other] = random.pick([
        ['lakh', 1000, 10_000],
        ['crore', 100_000, 10_000_000],
      ] as const);
      const money = (by: number) => json(`INR ${grouped(String(hundredths * by), ',')}`);
      return shown(json(`₹${decimal(hundredths, 2)} ${word}`), money(scale), money(other));
    },
  },
  {
    name: 'dd_lakh_and_crore_written_out',
    why: 'A lakh is a hundred thousand and a crore ten million, so the amounts in rupees are the same.',
  },
  {
    name: 'dd_lakh_as_million',
    why: 'A lakh was taken for a million and a crore for a billion.',
    critical: true,
  },
);

const ones =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const tens = 'zero ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
function words(value: number): string {
  if (value < 20) return ones[value]!;
  if (value < 100) return tens[Math.floor(value / 10)]! + (value % 10 === 0 ? '' : `-${ones[value % 10]}`);
  const [unit, name] = value < 1000 ? [100, 'hundred'] : [1000, 'thousand'];
  return `${words(Math.floor(value / unit))} ${name}${value % unit === 0 ? '' : ` ${words(value % unit)}`}`;
}
const cheque = broken(
  ['GET /cheques/{no}', 'POST /cheques/print', 'GET /payments/{id}'],
  {
    fields: ['amountInWords', 'legalAmount', 'chequeText'],
    value(random) {
      const teen = random.chance(0.5)
        ? random.int(13, 19)
        : random.pick([random.int(20, 99), random.int(1, 12)]);
      const whole = random.int(0, 89) * 100 + teen;
      const cents = random.digits(2);
      const isTeen = teen >= 13 && teen <= 19;
      const misread = isTeen ? whole - teen + (teen - 10) * 10 : whole;
      return shownJson(
        `${words(whole)} and ${cents}/100 dollars`,
        `${whole}.${cents}`,
        `${misread}.${cents}`,
      );
    },
  },
  {
    name: 'dd_amount_fifteen_as_fifty',
    why: 'The words from thirteen to nineteen were read as thirty to ninety.',
    critical: true,
  },
);

const particle = broken(
  routes,
  {
    fields: ['fullName', 'naam', 'accountHolder'],
    value(random) {
      const [prefix, name] = random.pick([
        ['van den', 'Berg'],
        ['de', 'Vries'],
        ['van', 'Dijk'],
        ['van der', 'Meer'],
        ['', 'Jansen'],
        ['', 'Bakker'],
        ['ter', 'Horst'],
      ] as const);
      const given = random.pick(['Jan', 'Sanne', 'Pieter', 'Femke', 'Daan', 'Lotte']);
      const legacy = { voornaam: given, voorvoegsel: prefix, achternaam: name };
      return shownJson(
        legacy,
        [given, prefix, name].filter((part) => part !== '').join(' '),
        `${given} ${name}`,
      );
    },
  },
  {
    name: 'dd_dutch_name_without_prefix',
    why: 'The prefix belongs to the surname: Jan Berg is not the name of Jan van den Berg.',
    critical: true,
  },
);

const composed = only(
  routes,
  {
    fields: ['holder', 'signatory', 'recipient'],
    value(random) {
      const name = random.pick([
        'Zoë Müller',
        'José Peña',
        'Łucja Wójcik',
        'Nguyễn Thị Hà',
        'Søren Ångström',
        'Chloé Lefèvre',
        'İnci Güneş',
        'Tomáš Dvořák',
      ]);
      const text = `${name}, ${random.pick(cities)}`;
      return { legacy: json(text.normalize('NFC')), right: json(text.normalize('NFD')) };
    },
  },
  {
    name: 'dd_name_in_decomposed_letters',
    why: 'Letters with marks are given as letter plus combining mark: canonically equivalent and shown alike.',
  },
);

const signs = broken(
  ['GET /vehicles/{vin}', 'POST /tolls', 'GET /parking/fines/{no}'],
  {
    fields: ['vehicleCountry', 'distinguishingSign', 'plateCountry'],
    clear: true,
    value(random) {
      const [sign, country, wrong] = random.pick([
        ['D', 'DE'],
        ['A', 'AT', 'AU'],
        ['E', 'ES', 'EE'],
        ['S', 'SE', 'SI'],
        ['SLO', 'SI'],
        ['EST', 'EE'],
        ['CH', 'CH'],
        ['IRL', 'IE'],
        ['L', 'LU', 'LT'],
        ['LT', 'LT'],
        ['F', 'FR'],
      ] as const);
      return wrong === undefined
        ? { legacy: json(sign), right: json(country) }
        : shownJson(sign, country, wrong);
    },
  },
  {
    name: 'dd_vehicle_sign_other_country',
    why: 'Signs on vehicles are no ISO codes: A is Austria and not Australia, E Spain, S Sweden, L Luxembourg.',
    critical: true,
  },
);

const japan = pair(
  ['GET /customers/{id}', 'POST /labels', 'GET /residents/{id}'],
  {
    fields: ['address', 'jusho', 'place'],
    value(random) {
      const [prefecture, ward, town, code, latin] = random.pick([
        ['東京都', '千代田区', '丸の内', '100-0005', 'Marunouchi, Chiyoda-ku, Tokyo'],
        ['東京都', '新宿区', '西新宿', '160-0023', 'Nishi-Shinjuku, Shinjuku-ku, Tokyo'],
        ['大阪府', '大阪市北区', '梅田', '530-0001', 'Umeda, Kita-ku, Osaka'],
        ['京都府', '京都市伏見区', '深草', '612-0000', 'Fukakusa, Fushimi-ku, Kyoto'],
        ['北海道', '札幌市中央区', '大通西', '060-0042', 'Odori-nishi, Chuo-ku, Sapporo'],
      ] as const);
      const block = [random.int(1, 5), random.int(1, 28), random.int(1, 19)];
      const text = (numbers: readonly number[]) => `${numbers.join('-')} ${latin} ${code}`;
      return shownJson(
        `〒${code} ${prefecture}${ward}${town}${block.join('-')}`,
        text(block),
        text([...block].reverse()),
      );
    },
  },
  {
    name: 'dd_japanese_address_in_latin',
    why: 'In Latin letters a Japanese address runs from the small to the large, but chome, block and house keep their order.',
  },
  {
    name: 'dd_japanese_address_numbers_turned',
    why: 'With the parts of the address the numbers were turned round too: 1-2-3 and 3-2-1 are different houses.',
    critical: true,
  },
);

export const families = [...japan, ...arabic, ...lakh, ...cheque, ...particle, ...composed, ...signs];
