/** Lists, maps and what they lose on the way. */
import { type Family, twins } from '../kit.ts';
import { cities, decimal, givenNames, json, minorUnits, object, streets, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const roles = ['viewer', 'payer', 'approver', 'auditor', 'admin', 'delegate'];

const set = twins(
  {
    fields: ['roles', 'permissions', 'grantedRoles'],
    clear: true,
    value(random) {
      const held = random.shuffled(roles).slice(0, random.int(2, 5));
      const sorted = [...held].sort();
      return shown(json(held), json(sorted), json(sorted.slice(0, -1)));
    },
  },
  { name: 'c_roles_sorted', why: 'Roles are a set: their order says nothing.' },
  { name: 'c_last_role_missing', critical: true, why: 'One of the roles is missing from the list.' },
);

const ranks = twins(
  {
    fields: ['beneficiaries', 'signatories', 'successors'],
    value(random) {
      const names = random.shuffled(givenNames).slice(0, random.int(2, 4));
      const ranked = names.map((name, at) => ({ rank: at + 1, name }));
      const byName = [...ranked].sort((a, b) => (a.name < b.name ? -1 : 1));
      const renumbered = byName.map(({ name }, at) => ({ rank: at + 1, name }));
      return shown(json(ranked), json(byName), json(renumbered));
    },
  },
  {
    name: 'c_ranked_entries_sorted_by_name',
    why: 'Each entry carries its rank, so the order of the list is redundant.',
  },
  {
    name: 'c_ranks_by_alphabet',
    critical: true,
    why: 'The ranks were given anew in the order of names: another one comes first.',
  },
);

const joined = twins(
  {
    fields: ['owners', 'insuredPersons', 'drivers'],
    value(random) {
      const people = Array.from(
        { length: random.int(1, 3) },
        () => `${random.pick(surnames)}, ${random.pick(givenNames)}`,
      );
      return shown(json(people.join('; ')), json(people), json(people.join('; ').split(', ')));
    },
  },
  { name: 'c_joined_names_to_list', why: 'The semicolons of the text part exactly the entries of the list.' },
  {
    name: 'c_names_split_at_comma',
    critical: true,
    why: 'The text was split at the commas inside names, so people are mixed up.',
  },
);

const wrapped = twins(
  {
    fields: ['items', 'payments', 'claims', 'positions'],
    once: true,
    value(random) {
      const item = () =>
        object({ ref: json(`R${random.digits(6)}`), amount: decimal(minorUnits(random), 2) });
      const items = Array.from({ length: random.chance(0.4) ? 1 : random.int(2, 4) }, item);
      const [first = ''] = items;
      const list = `[${items.join(',')}]`;
      return shown(items.length === 1 ? first : list, list, `[${first}]`);
    },
  },
  {
    name: 'c_single_entry_wrapped',
    why: 'A single entry became a list of that entry; longer lists are unchanged.',
  },
  {
    name: 'c_only_first_entry',
    critical: true,
    why: 'Of lists with several entries only the first one is left.',
  },
);

const falsy = twins(
  {
    fields: ['monthlyValues', 'readings', 'instalments', 'balances'],
    value(random) {
      if (random.chance(0.15)) return { legacy: '[]', right: random.chance(0.5) ? 'null' : undefined };
      const values = Array.from({ length: random.int(3, 7) }, () =>
        random.chance(0.25) ? 0 : random.int(1, 900),
      );
      return shown(json(values), json(values), json(values.filter(Boolean)));
    },
  },
  { name: 'c_empty_list_left_out', why: 'An empty list and no list both say that there are no entries.' },
  {
    name: 'c_zeros_filtered_out',
    critical: true,
    why: 'Zeros are values of their period; without them the later ones move up.',
  },
);

const pairs = twins(
  {
    fields: ['balances', 'wallet', 'limitsByCurrency'],
    value(random) {
      const codes = random.shuffled(['EUR', 'USD', 'CHF', 'GBP', 'SEK']).slice(0, random.int(2, 4));
      const amounts = codes.map(() => decimal(minorUnits(random), 2));
      const sorted = [...codes].sort();
      const rows = (amountOf: (code: string, at: number) => string) =>
        `[${sorted.map((code, at) => object({ currency: json(code), amount: amountOf(code, at) })).join(',')}]`;
      return shown(
        object(Object.fromEntries(codes.map((code, at) => [code, amounts[at] ?? '0']))),
        rows((code) => amounts[codes.indexOf(code)] ?? '0'),
        rows((_, at) => amounts[at] ?? '0'),
      );
    },
  },
  { name: 'c_map_to_rows', why: 'Every currency keeps its amount; the map became rows.' },
  {
    name: 'c_map_keys_sorted_alone',
    critical: true,
    why: 'Only the currencies were sorted, so amounts stand at another currency.',
  },
);

const addresses = twins(
  {
    fields: ['delivery', 'addresses', 'contact'],
    value(random) {
      const [home, mail] = random.shuffled(cities);
      const [street, other] = random.shuffled(streets);
      const flat = (city = '', way = '') =>
        json({ homeCity: home, homeStreet: street, mailCity: city, mailStreet: way });
      return shown(
        json({ home: { street, city: home }, mail: { street: other, city: mail } }),
        flat(mail, other),
        flat(home, street),
      );
    },
  },
  { name: 'c_addresses_flattened', why: 'Each part of both addresses stands under the name of its address.' },
  {
    name: 'c_mail_address_is_home',
    critical: true,
    why: 'The mailing address was filled with the home address.',
  },
);

const inner = twins(
  {
    fields: ['payload', 'details', 'extension'],
    value(random) {
      const text = object({
        ref: `9${random.digits(17)}${random.pick(['1', '3', '7'])}`,
        fee: decimal(random.int(1, 90_000), 2),
      });
      return shown(json(text), text, JSON.stringify(JSON.parse(text)));
    },
  },
  { name: 'c_embedded_json_unpacked', why: 'The text held a JSON document, which now stands there itself.' },
  {
    name: 'c_embedded_reference_rounded',
    critical: true,
    why: 'The long reference inside was rounded to a double.',
  },
);

export const families: readonly Family[] = [
  ...set,
  ...ranks,
  ...joined,
  ...wrapped,
  ...falsy,
  ...pairs,
  ...addresses,
  ...inner,
];
