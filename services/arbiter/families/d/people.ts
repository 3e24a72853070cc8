/** Names, addresses and ways to reach somebody; error messages. */
import { luhn } from '../check-digits.ts';
import { type Family, twins } from '../kit.ts';
import { cities, companies, givenNames, json, object, streets, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['customerName', 'holder', 'insuredPerson', 'contact'],
      value: (random) => {
        const [given, family] = [random.pick(givenNames), random.pick(surnames)];
        const of = (first: string, last: string) => object({ firstName: json(first), lastName: json(last) });
        return shown(json(`${family}, ${given}`), of(given, family), of(family, given));
      },
    },
    { name: 'd_name_split', why: 'What stands before the comma is the last name; both parts are kept.' },
    {
      name: 'd_name_parts_swapped',
      why: 'The last name before the comma was put in place of the first name.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['accountHolder', 'beneficiary', 'nameOnPolicy', 'payee'],
      value: (random) => {
        const name = random.chance(0.6)
          ? `${random.pick(companies)} ${random.pick(cities)} GmbH & Co KG`
          : `${random.pick(givenNames)} ${random.pick(surnames)}`;
        return shown(json(name.padEnd(40)), json(name), json(name.slice(0, 20).trimEnd()));
      },
    },
    { name: 'd_name_padding_trimmed', why: 'Only the spaces that filled the column are gone.' },
    {
      name: 'd_name_cut_at_twenty',
      why: 'Names are cut after 20 characters, so the payee is no longer the same text.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['companyName', 'legalName', 'merchant', 'vendor'],
      value: (random) => {
        const [one, two] = [
          random.pick(['O&#39;Brien', 'D&#39;Angelo', 'Smith', 'Levi&#39;s']),
          random.pick(surnames),
        ];
        const text = `${one} &amp; ${two}`;
        const plain = text.replaceAll('&#39;', "'").replace('&amp;', '&');
        return shown(json(text), json(plain), json(plain.split(' & ')[0]));
      },
    },
    { name: 'd_html_entities_decoded', why: 'The entities of HTML stand for the same characters.' },
    {
      name: 'd_name_cut_at_ampersand',
      why: 'The name ends before its ampersand: another company.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['email', 'loginName', 'contactEmail', 'user.mail'],
      value: (random) => {
        const user = `${random.pick(givenNames)}.${random.pick(surnames)}`;
        const tag = random.chance(0.5) ? `+${random.pick(['bank', 'shop', '2024', 'bills'])}` : '';
        const host = random.pick(['Example.com', 'Mail.example.org', 'example.net']);
        const legacy = `${user}${tag}@${host}`;
        const right = `${user}${tag}@${host.toLowerCase()}`;
        return shown(json(legacy), json(right), json(right.replace('+', ' ')));
      },
    },
    { name: 'd_email_host_lower_case', why: 'Host names are the same in small letters.' },
    {
      name: 'd_email_plus_to_space',
      why: 'The plus was decoded as a space as in a query, so mail no longer reaches the customer.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['phone', 'mobile', 'smsNumber', 'contact.tel'],
      value: (random) => {
        const [country, rest] = [random.pick(['44', '49', '33', '48']), `${random.int(15, 79)}`];
        const [a, b] = [random.digits(4), random.digits(4)];
        const national = `${rest}${a}${b}`;
        return shown(
          json(`+${country} ${rest} ${a} ${b}`),
          json(`+${country}${national}`),
          json(`+1${national}`),
        );
      },
    },
    { name: 'd_phone_without_spaces', why: 'The same number without its spaces.' },
    {
      name: 'd_phone_default_country',
      why: 'The country code became 1, so codes by SMS go to a stranger in another country.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['maskedPan', 'card.display', 'cardNumber', 'paymentCard'],
      value: (random) => {
        const base = `4${random.digits(14)}`;
        const pan = `${base}${luhn(base)}`;
        return {
          legacy: json(`************${pan.slice(12)}`),
          right: json(`**** **** **** ${pan.slice(12)}`),
          wrong: json(pan),
        };
      },
    },
    { name: 'd_masked_card_grouped', why: 'The same mask and last four digits, in groups.' },
    {
      name: 'd_card_unmasked',
      why: 'The whole card number is shown where legacy masked all but four digits.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['address', 'shippingAddress', 'riskLocation', 'deliverTo'],
      value: (random) => {
        const street = `${random.pick(streets)} ${random.int(1, 140)}`;
        const lines = [street, `Apt ${random.int(1, 60)}`, random.pick(cities)];
        return shown(json(lines), json(lines.join(', ')), json([lines[0], lines[2]].join(', ')));
      },
    },
    { name: 'd_address_lines_joined', why: 'The same lines of the address, joined by commas.' },
    {
      name: 'd_address_second_line_lost',
      why: 'The line with the apartment is missing from the address.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['place', 'city', 'location', 'residence'],
      value: (random) => {
        const zip = `${random.chance(0.5) ? '0' : random.int(1, 9)}${random.int(1, 9)}${random.digits(3)}`;
        const city = random.pick(cities);
        const of = (text: string) => object({ zip: text, city: json(city) });
        return shown(
          json(`${zip} ${city}`),
          of(json(zip)),
          of(zip.startsWith('0') ? json(zip.slice(1)) : json(zip)),
        );
      },
    },
    { name: 'd_postcode_split_off', why: 'Postcode and city are the same, in two members.' },
    {
      name: 'd_postcode_zero_lost',
      why: 'Postcodes lost their leading zero and are no longer valid.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['error', 'message', 'errors[0].detail', 'fault.reason'],
      value: (random) => {
        const [what, id] = [random.pick(['Account', 'Policy', 'Order', 'Card']), random.digits(8)];
        return {
          legacy: json(`${what.toUpperCase()} ${id} NOT FOUND`),
          right: json(`${what} ${id} not found.`),
          wrong: json(`${what} undefined not found.`),
        };
      },
    },
    { name: 'd_error_sentence_case', why: 'The same sentence about the same record, in another case.' },
    {
      name: 'd_error_number_undefined',
      why: 'The message names no record any more: its number is undefined.',
      critical: false,
    },
  ),
];
