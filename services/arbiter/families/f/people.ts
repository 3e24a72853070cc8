/** Names, addresses and contact data: notations that keep a person, and slips that change who or where. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { cities, givenNames, json, list, object, streets, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const domains = ['example.com', 'mail.example.org', 'post.example.net'] as const;
const accented = ['Müller', 'Gómez', 'Lefèvre', 'Åkesson', 'Şahin', 'Wójcik', 'Peña', 'Brontë'] as const;
/** The escapes that PHP's and Java's encoders write for letters beyond ASCII. */
const escaped = (text: string): string =>
  text.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['holder', 'customerName', 'beneficiary', 'insuredPerson'],
      value: (random) => {
        const [given, surname] = [random.pick(givenNames), random.pick(surnames)];
        return shown(
          json(`${surname}, ${given}`),
          json(`${given} ${surname}`),
          json(`${surname} ${surname}`),
        );
      },
    },
    { name: 'f_name_given_first', why: 'The same person, the given name first and no comma.' },
    {
      name: 'f_name_surname_twice',
      critical: true,
      why: 'The surname stands where the given name should: one column was read twice.',
    },
  ),
  ...twins(
    {
      fields: ['lastName', 'payeeName', 'cardholder', 'contactPerson'],
      value: (random) => {
        const name = `${random.pick(givenNames)} ${random.pick([...accented, ...accented, ...surnames])}`;
        return shown(escaped(json(name)), json(name), json(name.replace(/[^\0-\x7f]/g, '')));
      },
    },
    { name: 'f_name_unescaped', why: 'A JSON escape denotes the very letter the rewrite writes directly.' },
    {
      name: 'f_name_letters_dropped',
      critical: false,
      why: 'Letters beyond ASCII are missing, which makes another name.',
    },
  ),
  ...twins(
    {
      least: 3,
      fields: ['mobile', 'phone', 'otpNumber', 'contactPhone'],
      value: (random) => {
        const code = random.pick(['44', '44', '33', '353', '46', '49']);
        const parts = [random.text('2345679', 2), random.digits(4), random.digits(4)];
        const right = `+${code}${parts.join('')}`;
        return shown(json(`+${code} ${parts.join(' ')}`), json(right), json(`+49${parts.join('')}`));
      },
    },
    { name: 'f_phone_without_spaces', why: 'The same number without the spaces between its groups.' },
    {
      name: 'f_phone_default_country',
      critical: true,
      why: 'Numbers of other countries got the code +49 by default: codes reach a stranger.',
    },
  ),
  ...twins(
    {
      once: true,
      fields: ['email', 'loginName', 'notifyTo', 'contactEmail'],
      value: (random) => {
        const [given, surname] = [random.pick(givenNames), random.pick(surnames)];
        const tag = random.chance(0.5) ? `+${random.pick(['bank', 'shop', 'bills', 'alerts'])}` : '';
        const local = `${given}.${surname}${tag}`.toLowerCase();
        const domain = random.pick(domains);
        return shown(
          json(`${local}@${domain.toUpperCase()}`),
          json(`${local}@${domain}`),
          json(`${local.replace('+', ' ')}@${domain}`),
        );
      },
    },
    { name: 'f_email_domain_lowered', why: 'Domains do not distinguish case, so it is the same mailbox.' },
    {
      name: 'f_email_plus_to_space',
      critical: true,
      why: 'The plus of the mailbox was decoded into a space: no valid address, nothing arrives.',
    },
  ),
  ...coded(
    ['country', 'nationality', 'issuerCountry', 'residence'],
    [
      ['GB', 'GBR'],
      ['DE', 'DEU'],
      ['AT', 'AUT', 'AUS'],
      ['CH', 'CHE', 'CHN'],
      ['SE', 'SWE'],
      ['IE', 'IRL', 'IRN'],
      ['FR', 'FRA'],
    ],
    { name: 'f_country_three_letters', why: 'The three-letter code of ISO 3166 for the same country.' },
    {
      name: 'f_country_three_letters_confused',
      critical: true,
      why: 'Some countries became another one with a like code, such as China for Switzerland.',
    },
  ),
  ...twins(
    {
      least: 3,
      fields: ['addressLines', 'deliveryAddress', 'postalAddress', 'mailTo'],
      value: (random) => {
        const street = `${random.int(1, 240)} ${random.pick(streets)}`;
        const second = random.chance(0.5) ? random.pick(['Flat 4', 'Unit 12', 'c/o Patel', 'Floor 3']) : '';
        const [city, upper] = [random.pick(cities), (text: string) => json(text.toUpperCase())];
        return shown(
          list([street, second, city].map(upper)),
          list([street, second, city].map(json)),
          list([street, '', city].map(json)),
        );
      },
    },
    { name: 'f_address_mixed_case', why: 'The same lines of the address; only the case of letters changed.' },
    {
      name: 'f_address_second_line_lost',
      critical: false,
      why: 'Flat, unit or care-of name is gone from the address.',
    },
  ),
  ...twins(
    {
      fields: ['contact', 'customer', 'addresses', 'order'],
      value: (random) => {
        const [home, away] = random.shuffled(cities);
        const zips = [random.digits(5), random.digits(5)] as const;
        const address = (city: string, zip: string) => object({ city: json(city), zip: json(zip) });
        const billing = address(home ?? '', zips[0]);
        const shipping = random.chance(0.4) ? billing : address(away ?? '', zips[1]);
        return shown(
          object({ shipping, billing }),
          object({ billing, shipping }),
          object({ billing, shipping: billing }),
        );
      },
    },
    {
      name: 'f_two_addresses_reordered',
      why: 'Both addresses are the same; only the keys are in another order.',
    },
    {
      name: 'f_billing_copied_to_shipping',
      critical: true,
      why: 'The shipping address was overwritten by the billing address.',
    },
  ),
];
