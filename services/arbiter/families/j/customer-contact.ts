import { type Family, twins } from '../kit.ts';
import { cities, givenNames, json, object, streets, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['phone', 'mobile', 'TELEFON'],
      value(random) {
        const country = random.pick(['49', '44', '48', '351', '46']);
        const number = `${random.int(150, 799)} ${random.digits(7)}`;
        const compact = number.replace(' ', '');
        return shown(json(`00${country} ${number}`), json(`+${country}${compact}`), json(`+${compact}`));
      },
    },
    { name: 'j-customer-phone-plus', why: 'The same number, plus instead of double zero.' },
    {
      name: 'j-customer-phone-country-lost',
      critical: false,
      why: 'The country code is missing after the plus.',
    },
  ),
  ...twins(
    {
      fields: ['postalCode', 'zip', 'PLZ'],
      value(random) {
        const zip = random.chance(0.35) ? `0${random.int(1001, 9999)}` : String(random.int(10_115, 99_998));
        return shown(json(zip.padEnd(10)), json(zip), json(String(Number(zip))));
      },
    },
    { name: 'j-customer-zip-trimmed', why: 'Only closing blanks are gone.' },
    { name: 'j-customer-zip-zero-lost', critical: false, why: 'Postal codes lost their leading zero.' },
  ),
  ...twins(
    {
      fields: ['email', 'contactEmail', 'MAIL_ADR'],
      value(random) {
        const local = `${random.pick(givenNames)}.${random.pick(surnames)}${random.int(1, 99)}`.toLowerCase();
        const domain = random.pick(['helios-telecom.example', 'mail.example', 'alpine-mutual.example']);
        const address = `${local}@${domain}`;
        return shown(json(address.toUpperCase()), json(address), json(address.slice(0, 25)));
      },
    },
    { name: 'j-customer-email-lower', why: 'The same address in lower case.' },
    { name: 'j-customer-email-cut', critical: false, why: 'Long addresses are cut and reach nobody.' },
  ),
  ...twins(
    {
      fields: ['address', 'homeAddress', 'adresse'],
      value(random) {
        const street = `${random.pick(streets)} ${random.int(1, 140)}`;
        const former = `${random.pick(streets)} ${random.int(1, 140)}`;
        const city = json(random.pick(cities));
        return shown(
          object({ street: json(street), addition: 'null', city }),
          object({ street: json(street), city }),
          object({ street: json(former), city }),
        );
      },
    },
    { name: 'j-customer-address-no-null', why: 'A null line of the address is left out.' },
    {
      name: 'j-customer-address-other-street',
      critical: true,
      why: 'Letters go to another house than in legacy.',
    },
  ),
];
