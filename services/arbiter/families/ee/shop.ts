/** A mail-order shop moves from PHP to Node. */
import type { Family } from '../kit.ts';
import { decimal, grouped, json, list, minorUnits, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { both, bugOnly, harmlessOnly } from './mirrored.ts';

const productRoutes = ['GET /products/{sku}', 'GET /cart/{id}', 'GET /api/catalog', 'GET /orders/{id}'];

const thousands = both(
  {
    fields: ['subtotal', 'grandTotal', 'price', 'amountDue'],
    routes: ['GET /cart/{id}', 'POST /checkout', 'GET /orders/{id}'],
    always: true,
    common: (random) => ({ high: random.pick([180_000, 400_000, 900_000]) }),
    value(random, { high }) {
      const units = minorUnits(random, 500, high);
      const text = grouped(decimal(units, 2), ',');
      return shown(json(text), json(units / 100), json(Number.parseFloat(text)));
    },
  },
  {
    name: 'ee_number_format',
    why: 'The text of number_format() becomes a JSON number of the same amount.',
  },
  {
    name: 'ee_number_format_cut_at_comma',
    critical: true,
    why: 'From a thousand on, parsing stops at the comma: 1,299.00 becomes 1.',
  },
);

const entities: Readonly<Record<string, string>> = {
  é: 'eacute',
  è: 'egrave',
  û: 'ucirc',
  ê: 'ecirc',
  ä: 'auml',
  ö: 'ouml',
  ü: 'uuml',
  ñ: 'ntilde',
  ç: 'ccedil',
  ø: 'oslash',
};
const accented = [
  'Crème brûlée set',
  'Käsefondue-Topf',
  'Café crema',
  'Jalapeño chips',
  'Gartenbank grün',
  'Façade paint white',
  'Smørrebrød board',
  'Gewürzmühle',
  'Crêpe pan',
  'Küchenrolle',
];
const plain = ['Garden hose', 'LED bulb E27', 'Paper towels', 'Oak shelf', 'Travel mug', 'Cotton sheet'];
const offers = ['new', 'best seller', 'back in stock', 'two for one', 'last pieces', 'online only'];
const withEntities = both(
  {
    fields: ['descriptionHtml', 'titleHtml', 'teaser_html'],
    routes: productRoutes,
    alike: true,
    always: true,
    common: (random) => ({ share: random.pick([0.2, 0.5, 0.8]) }),
    value(random, { share }) {
      const name = random.chance(share) ? random.pick(accented) : random.pick(plain);
      const text = `<p>${name}, ${random.pick(offers)}</p>`;
      const legacy = text.replace(/[^ -~]/g, (letter) => `&${entities[letter] ?? 'nbsp'};`);
      const garbled = new TextDecoder('windows-1252').decode(new TextEncoder().encode(text));
      return shownJson(legacy, text, garbled);
    },
  },
  {
    name: 'ee_html_entities',
    why: 'A browser shows the same text for a named entity and for the letter itself.',
  },
  {
    name: 'ee_html_garbled_letters',
    critical: false,
    why: 'Letters with accents come out as two wrong characters each: UTF-8 was read as Windows-1252.',
  },
);

const tinyBoolean = both(
  {
    fields: ['marketingConsent', 'newsletterOptIn', 'mayShareData', 'ageVerified'],
    routes: ['GET /customers/{id}', 'GET /customers/{id}/preferences', 'PUT /customers/{id}'],
    always: true,
    alike: true,
    common: (random) => ({ yes: random.pick([0.3, 0.5, 0.7]) }),
    value(random, { yes }) {
      return random.chance(yes)
        ? { legacy: json('1'), right: 'true' }
        : { legacy: json('0'), right: 'false', wrong: 'true' };
    },
  },
  {
    name: 'ee_tinyint_boolean',
    why: 'The database texts "1" and "0" become true and false.',
  },
  {
    name: 'ee_tinyint_zero_is_true',
    critical: true,
    why: 'The text "0" counts as true in the rewrite: everybody seems to have agreed.',
  },
);

const options: readonly (readonly [string, readonly string[]])[] = [
  ['colour', ['navy', 'red', 'sand', 'black']],
  ['size', ['S', 'M', 'L', 'XL', '42']],
  ['engraving', ['For Anna', '25 years', 'J.M.']],
  ['giftWrap', ['yes', 'no']],
];
const emptyMap = both(
  {
    fields: ['options', 'attributes', 'customFields', 'lineItemOptions'],
    routes: ['GET /cart/{id}', 'GET /orders/{id}/lines'],
    common: (random) => ({ none: random.pick([0.3, 0.5, 0.7]) }),
    value(random, { none }) {
      if (random.chance(none)) return { legacy: '[]', right: '{}' };
      const chosen = random.shuffled(options).slice(0, random.int(1, 3));
      const text = object(
        Object.fromEntries(chosen.map(([key, values]) => [key, json(random.pick(values))])),
      );
      return { legacy: text, right: text, wrong: '{}' };
    },
  },
  {
    name: 'ee_php_empty_array',
    why: 'PHP writes an empty map as []; the rewrite writes {}, and maps with entries are the same.',
  },
  {
    name: 'ee_map_emptied',
    critical: false,
    why: 'Options that the customer chose are gone: the map comes out empty although legacy has entries.',
  },
);

const paths = [
  'Home/Küche/Töpfe',
  'Home/Garden/Tools',
  'Sale/Été/Robes',
  'Home/Café',
  'New',
  'Sale/Shoes',
  'Home/Bad/Tücher',
  'Gift cards',
];
const escapes = harmlessOnly(
  {
    fields: ['breadcrumb', 'categoryPath', 'menuPath'],
    routes: productRoutes,
    value(random) {
      const path = `${random.pick(paths)}${random.chance(0.5) ? '' : ` ${random.int(2, 9)}`}`;
      const escaped = json(path)
        .replaceAll('/', '\\/')
        .replace(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
      return { legacy: escaped, right: json(path) };
    },
  },
  {
    name: 'ee_json_escapes',
    why: 'Escaped slashes and letters are the same JSON string as the plain ones once parsed.',
  },
);

const netForGross = bugOnly(
  {
    fields: ['priceInclVat', 'grossTotal', 'total_incl_tax'],
    clear: true,
    routes: ['GET /cart/{id}', 'POST /checkout', 'GET /orders/{id}'],
    common: (random) => ({ rate: random.pick([119, 120, 121, 125]) }),
    value(random, { rate }) {
      const net = minorUnits(random, 400, 300_000);
      const gross = Math.round((net * rate) / 100);
      return { legacy: decimal(gross, 2), right: decimal(gross, 2), wrong: decimal(net, 2) };
    },
  },
  {
    name: 'ee_net_for_gross',
    critical: true,
    why: 'The amount including tax comes without the tax: it is lower by just the VAT rate.',
  },
);

const joined = both(
  {
    fields: ['orderLines', 'positions', 'lineItems'],
    routes: ['GET /orders/{id}', 'GET /orders/{id}/lines', 'GET /invoices/{number}'],
    value(random) {
      const lines = Array.from({ length: random.int(1, 4) }, () => ({
        sku: json(`${random.pick(['A', 'B', 'K', 'T'])}${random.digits(5)}`),
        qty: json(random.int(1, 6)),
        amount: decimal(minorUnits(random, 200, 40_000), 2),
      }));
      const legacy = list(lines.map(({ sku, qty, amount }) => object({ sku, qty, amount })));
      const modern = lines.map(({ sku, qty, amount }) => object({ amount, qty, sku }));
      const twice = random.int(0, lines.length - 1);
      const doubled = modern.flatMap((line, at) => (at === twice ? [line, line] : [line]));
      return { legacy, right: list(modern), wrong: list(doubled) };
    },
    alike: true,
  },
  {
    name: 'ee_line_key_order',
    why: 'The same lines in the same order; only the members of each line come in another order.',
  },
  {
    name: 'ee_line_doubled_by_join',
    critical: true,
    why: 'A line appears twice because a join multiplied it: the customer seems to have ordered it twice.',
  },
);

export const families: Family[] = [
  ...thousands,
  ...withEntities,
  ...tinyBoolean,
  ...emptyMap,
  escapes,
  netForGross,
  ...joined,
];
