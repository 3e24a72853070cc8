/** Shops, pharmacies and their suppliers: GS1 codes, labels, storage, opening hours, EDI. */
import { gtinDigit } from '../check-digits.ts';
import { Day, json } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { only, pair, some } from './domain.ts';

const routes = ['GET /articles/{gtin}', 'POST /goods-receipts', 'GET /stores/{id}', 'POST /edi/orders'];

const expiry = pair(
  routes,
  {
    fields: ['gs1', 'barcode', 'elementString'],
    value(random) {
      const body = `0${random.int(400, 440)}${random.digits(9)}`;
      const lot = random.pick([...'ABCDKLX']) + random.digits(random.int(3, 6));
      const day = Day.any(random, 2026, 2031);
      const open = random.chance(0.5);
      const last = new Day(Date.UTC(day.year, day.month, 0));
      const data = (date: string) => json({ gtin: body + gtinDigit(body), expiry: date, lot });
      const legacy = json(
        `(01)${body}${gtinDigit(body)}(17)${day.yyyy.slice(2)}${day.mm}${open ? '00' : day.dd}(10)${lot}`,
      );
      return open
        ? shown(legacy, data(last.iso), data(`${day.yyyy}-${day.mm}-01`))
        : { legacy, right: data(day.iso) };
    },
  },
  {
    name: 'dd_gs1_expiry_end_of_month',
    why: 'In GS1 strings the day 00 of an expiry date means the last day of the month, which the rewrite spells out.',
  },
  {
    name: 'dd_gs1_expiry_first_of_month',
    why: 'The day 00 of an expiry date was taken for the first of the month, so goods expire weeks too early.',
    critical: false,
  },
);

/** The eleven digits of a UPC-A without its check digit for the six digits of a UPC-E of number system 0. */
function upcBody(six: string): string {
  const [a, b, c, d, e, f] = six as unknown as [string, string, string, string, string, string];
  if (f <= '2') return `0${a}${b}${f}0000${c}${d}${e}`;
  if (f === '3') return `0${a}${b}${c}00000${d}${e}`;
  if (f === '4') return `0${a}${b}${c}${d}00000${e}`;
  return `0${a}${b}${c}${d}${e}0000${f}`;
}
const upc = pair(
  routes,
  {
    fields: ['upc', 'itemCode', 'scan'],
    value(random) {
      const six = random.text('3456789', 5) + random.pick([...'01234456789']);
      const body = upcBody(six);
      const check = gtinDigit(body);
      const naive = `0${six.slice(0, 5)}0000${six[5]}`;
      return shownJson(`0${six}${check}`, body + check, naive + check);
    },
  },
  {
    name: 'dd_upc_e_expanded',
    why: 'The zero-suppressed UPC-E and the full UPC-A are the same article number with the same check digit.',
  },
  {
    name: 'dd_upc_e_expanded_by_one_rule',
    why: 'The rule for a last digit of 5 to 9 was used for 0 to 4 too: another article, and a check digit that fails.',
    critical: true,
  },
);

const storage = pair(
  ['GET /medicines/{pzn}', 'GET /coldchain/lots/{lot}', 'GET /articles/{gtin}'],
  {
    fields: ['storageTemperature', 'coldChain', 'storeAt'],
    value(random) {
      const [min, max] = random.pick([
        [2, random.int(7, 9)],
        [15, random.int(24, 30)],
        [random.int(-27, -22), random.int(-18, -14)],
        [random.int(-90, -78), random.int(-65, -58)],
        [random.int(-8, -3), random.int(2, 6)],
      ]);
      return shownJson(
        `${min} - ${max} °C`,
        { min, max, unit: 'Cel' },
        { min, max: Math.abs(max!), unit: 'Cel' },
      );
    },
  },
  {
    name: 'dd_storage_range_in_members',
    why: 'The lower and the upper temperature of storage stand in members of their own, with their signs.',
  },
  {
    name: 'dd_storage_range_upper_sign_lost',
    why: 'The minus of the upper temperature was taken for the dash: frozen vaccines may be kept warm.',
    critical: true,
  },
);

const plain = ['sugar', 'water', 'palm oil', 'salt', 'cocoa', 'rapeseed oil', 'yeast', 'vinegar', 'tomatoes'];
const allergens = ['wheat flour', 'milk', 'hazelnuts', 'eggs', 'soya', 'celery', 'mustard', 'sesame', 'crab'];
const label = pair(
  routes,
  {
    fields: ['ingredients', 'labelText', 'declaration'],
    value(random) {
      const named = some(random, allergens, random.int(1, 3));
      const all = random.shuffled([...named, ...some(random, plain, random.int(2, 5))]);
      const lost = random.pick(named);
      const text = (tag: string, without?: string) =>
        `<p>${all.map((item) => (named.includes(item) && item !== without ? `<${tag}>${item}</${tag}>` : item)).join(', ')}</p>`;
      return shownJson(text('b'), text('strong'), text('strong', lost));
    },
  },
  {
    name: 'dd_allergens_in_strong',
    why: 'Allergens are in strong instead of b: browsers show both in bold type, and the same words are emphasised.',
  },
  {
    name: 'dd_allergen_not_emphasised',
    why: 'One allergen of the list of ingredients is no longer emphasised as the law demands.',
    critical: true,
  },
);

const release = only(
  ['POST /edi/orders', 'GET /edi/messages/{ref}', 'GET /partners/{gln}'],
  {
    fields: ['buyer', 'nadParty', 'orderedBy'],
    value(random) {
      const name = random.pick([
        "O'NEILL SONS",
        'MEYER + SOEHNE',
        'SALON 12:30',
        'CAFE WHY NOT?',
        "D'ARTAGNAN SARL",
        'HUBER AG',
        'KOWALSKI SPZOO',
        'A+B LOGISTIK',
        'NORDIC TRADE OY',
      ]);
      const city = random.pick(['CORK', 'WIEN', 'LYON', 'GDANSK', 'BERN', 'TURKU']);
      const escaped = name.replace(/[?'+:]/g, (sign) => `?${sign}`);
      const gln = `40${random.digits(10)}`;
      return {
        legacy: json(`NAD+BY+${gln}${gtinDigit(gln)}::9++${escaped}++${city}'`),
        right: json({ gln: gln + gtinDigit(gln), name, city }),
      };
    },
  },
  {
    name: 'dd_edifact_release_character_read',
    why: 'In EDIFACT the ? releases the sign after it, which the rewrite shows as the plain name of the party.',
  },
);

const tracking = only(
  routes,
  {
    fields: ['tracking', 'shipment', 's10'],
    value(random) {
      const serial = random.digits(8);
      const sum = [...serial].reduce(
        (total, digit, at) => total + Number(digit) * [8, 6, 4, 2, 3, 5, 9, 7][at]!,
        0,
      );
      const check = 11 - (sum % 11);
      const number = serial + (check === 10 ? '0' : check === 11 ? '5' : String(check));
      const [service, country] = [
        random.pick(['RR', 'CP', 'EE', 'LX']),
        random.pick(['GB', 'DE', 'FR', 'JP', 'SE']),
      ];
      return {
        legacy: json(`${service} ${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)} ${country}`),
        right: json(`${service}${number}${country}`),
      };
    },
  },
  {
    name: 'dd_postal_item_without_spaces',
    why: 'The S10 number of a postal item is grouped for the eye only; letters, digits and check digit are the same.',
  },
);

export const families = [...expiry, ...upc, ...storage, ...label, ...release, ...tracking];
