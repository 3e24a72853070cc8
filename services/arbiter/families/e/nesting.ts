/** Objects within objects, and JSON within texts. */
import { type Random, twins } from '../kit.ts';
import { cities, companies, decimal, json, minorUnits, object, streets } from '../kit-values.ts';
import { shown } from '../shown.ts';

const place = (random: Random) => ({
  street: json(`${random.int(1, 180)} ${random.pick(streets)}`),
  city: json(random.pick(cities)),
});

const prefixes = twins(
  {
    fields: ['addresses', 'customer', 'checkout', 'recipient'],
    value(random) {
      const [billing, shipping] = [place(random), place(random)];
      const legacy = object({
        billing_street: billing.street,
        billing_city: billing.city,
        shipping_street: shipping.street,
        shipping_city: shipping.city,
      });
      const modern = (first: typeof billing) =>
        object({ billing: object(first), shipping: object(shipping) });
      return shown(legacy, modern(billing), modern(shipping));
    },
  },
  {
    name: 'e_key_prefixes_nested',
    why: 'The prefix of the keys became an object; each value is where it was.',
  },
  {
    name: 'e_billing_overwritten_by_shipping',
    critical: true,
    why: 'Both addresses are the shipping address: the billing address was overwritten.',
  },
);

const numberedKeys = twins(
  {
    fields: ['coverages', 'products', 'documents', 'riders'],
    value(random) {
      const items = random
        .shuffled(['LIFE', 'HOME', 'CAR', 'TRAVEL', 'PET', 'LEGAL', 'DENTAL'])
        .slice(0, random.int(2, 5));
      const legacy = object(Object.fromEntries(items.map((item, at) => [String(at), json(item)])));
      return shown(legacy, json(items), json(items.slice(1)));
    },
  },
  {
    name: 'e_numbered_keys_as_list',
    why: 'PHP wrote a list with the keys 0, 1, 2; entries and order are equal.',
  },
  {
    name: 'e_entry_nought_lost',
    critical: true,
    why: 'The entry with key 0 is missing: the loop started at 1.',
  },
);

const conditions = (random: Random) => ({
  limit: decimal(random.int(1, 90) * 10_000, 2),
  rate: decimal(random.int(100, 1_900), 2),
  currency: json(random.pick(['EUR', 'GBP', 'CHF'])),
});

const embedded = twins(
  {
    fields: ['conditions', 'payload', 'terms', 'productData'],
    once: true,
    value(random) {
      const all = conditions(random);
      const { limit, currency } = all;
      return shown(json(object(all)), object(all), object({ limit, currency }));
    },
  },
  { name: 'e_json_text_decoded', why: 'The text held JSON; now its object stands there itself.' },
  {
    name: 'e_json_text_loses_rate',
    critical: true,
    why: 'The rate inside the text is missing in the object.',
  },
);

const printed = twins(
  {
    fields: ['details', 'snapshot', 'auditData', 'body'],
    value(random) {
      const all = object(conditions(random));
      return shown(all, json(all), json('[object Object]'));
    },
  },
  { name: 'e_object_as_json_text', why: 'The object is sent as a text of the very same JSON.' },
  {
    name: 'e_object_printed',
    critical: false,
    why: 'The text says [object Object]: an object was printed and its content is lost.',
  },
);

const pairs = twins(
  {
    fields: ['attributes', 'parameters', 'additionalInfo', 'features'],
    value(random) {
      const all = Object.entries({
        branch: json(random.digits(4)),
        channel: json(random.pick(['APP', 'WEB', 'ATM', 'POS'])),
        fee: json(decimal(minorUnits(random, 50, 3_000), 2)),
      });
      const legacy = `[${all.map(([name, value]) => object({ name: json(name), value })).join(',')}]`;
      const [first = '""'] = all.map(([, value]) => value);
      const wrong = object(Object.fromEntries(all.map(([name]) => [name, first])));
      return shown(legacy, object(Object.fromEntries(all)), wrong);
    },
  },
  { name: 'e_name_value_rows_as_object', why: 'Each row of name and value became a member with that value.' },
  {
    name: 'e_every_name_with_first_value',
    critical: true,
    why: 'All names have the value of the first row: it was looked up by the wrong index.',
  },
);

const guarantees = twins(
  {
    fields: ['loan', 'contract', 'collateral', 'coverLine'],
    value(random) {
      const principal = decimal(minorUnits(random, 100_000, 40_000_000), 2);
      const guarantor = random.chance(0.5)
        ? object({ name: json(random.pick(companies)), share: '50' })
        : 'null';
      const legacy = object({ principal, guarantor });
      return shown(legacy, guarantor === 'null' ? object({ principal }) : legacy, object({ principal }));
    },
  },
  { name: 'e_null_object_left_out', why: 'Only a guarantor that is null is left out.' },
  { name: 'e_nested_object_forgotten', critical: true, why: 'A guarantor that legacy names is missing.' },
);

export const families = [...prefixes, ...numberedKeys, ...embedded, ...printed, ...pairs, ...guarantees];
