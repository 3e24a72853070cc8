/** Texts for people: locales, translations and codes of countries. */
import type { Family, Random } from '../kit.ts';
import { decimal, grouped, json, minorUnits } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { always, differs, pair, same } from './base.ts';

const labels = [
  ['Shipped', 'order.status.shipped'],
  ['Awaiting payment', 'order.status.awaiting_payment'],
  ['Ready for collection', 'order.status.ready'],
  ['Returned', 'order.status.returned'],
  ['Partly delivered', 'order.status.partly_delivered'],
  ['Cancelled by customer', 'order.status.cancelled_customer'],
] as const;

const countries = [
  ['DE', 'DEU'],
  ['AT', 'AUT', 'AUS'],
  ['CH', 'CHE', 'CHN'],
  ['FR', 'FRA'],
  ['SE', 'SWE'],
  ['SI', 'SVN', 'SVK'],
  ['IE', 'IRL'],
  ['NL', 'NLD'],
  ['ES', 'ESP'],
] as const;

const sentences = [
  ["We couldn't read your card...", 'We couldn\u2019t read your card\u2026'],
  ['"Express" delivery isn\'t available here.', '\u201cExpress\u201d delivery isn\u2019t available here.'],
  ['Open Mon - Fri, 9 - 17 h', 'Open Mon \u2013 Fri, 9 \u2013 17 h'],
  ['Please wait...', 'Please wait\u2026'],
  ['Your parcel is on its way.', 'Your parcel is on its way.'],
] as const;

const german = [
  ['Ihre Zahlung wurde ausgef\u00fchrt.', 'Your payment has been executed.'],
  ['Bitte best\u00e4tigen Sie den Auftrag.', 'Please confirm the order.'],
  ['Der Artikel ist nicht lieferbar.', 'The article is not available.'],
  ['Vielen Dank f\u00fcr Ihre Bestellung.', 'Thank you for your order.'],
  ['Die Sitzung ist abgelaufen.', 'The session has expired.'],
] as const;

const code = (random: Random) => ` (${random.digits(5)})`;

export const families: Family[] = [
  ...pair(
    {
      fields: ['displayPrice', 'amountText', 'formattedTotal', 'price.label'],
      routes: ['GET /produits/{id}', 'GET /carts/{id}', 'GET /invoices/{number}'],
      shares: [1, 0.4],
      value(random) {
        const plain = decimal(minorUnits(random, 500, 9_000_000), 2);
        const french = (gap: string) => `${grouped(plain, gap, ',')}\u00a0\u20ac`;
        return shownJson(french('\u00a0'), french('\u202f'), `$${grouped(plain, ',')}`);
      },
    },
    {
      name: 'ff_narrow_space_in_formatted_amount',
      why: 'Newer locale data group thousands with a narrower space; the text looks and means the same.',
    },
    {
      name: 'ff_amount_formatted_in_default_currency',
      critical: true,
      why: "The server's default locale formats the amount, so euros are shown as the same number of dollars.",
    },
  ),
  ...pair(
    {
      fields: ['country', 'taxCountry', 'address.countryCode', 'residence'],
      routes: ['GET /customers/{id}', 'GET /companies/{id}', 'POST /quotes'],
      shares: always,
      evidence: 3,
      value(random) {
        const [legacy, right, wrong = right] = random.pick(countries);
        return shownJson(legacy, right, wrong);
      },
    },
    {
      name: 'ff_country_code_of_three_letters',
      why: 'The country is written with the three letters of the same standard instead of its two.',
    },
    {
      name: 'ff_country_code_of_other_country',
      critical: true,
      why: 'Some codes were completed by guessing, so Austria became Australia and Switzerland China.',
    },
  ),
  differs(
    {
      fields: ['message', 'notice', 'userMessage', 'infoText'],
      routes: ['POST /payments', 'POST /orders', 'GET /articles/{no}', 'GET /session'],
      shares: [1, 0.5],
      evidence: 3,
      value(random) {
        const [legacy, wrong] = random.pick(german);
        const number = random.chance(0.5) ? code(random) : '';
        return shownJson(legacy + number, legacy + number, wrong + number);
      },
    },
    {
      name: 'ff_message_in_other_language',
      critical: false,
      why: "The customer's language is no longer heeded, so messages come in English instead of German.",
    },
  ),
  same(
    {
      fields: ['hintText', 'message', 'openingHours', 'helpText'],
      routes: ['GET /help', 'POST /payments', 'GET /branches/{id}'],
      value(random) {
        const [legacy, right] = random.pick(sentences);
        const number = random.chance(0.4) ? code(random) : '';
        return { legacy: json(legacy + number), right: json(right + number) };
      },
    },
    {
      name: 'ff_typographic_quotes_and_dashes',
      why: 'Quotes, dashes and ellipses are set as typographers do; the words are the same.',
    },
  ),
  same(
    {
      fields: ['street', 'companyName', 'title', 'productName'],
      routes: ['GET /customers/{id}', 'GET /products/{id}', 'GET /companies/{id}'],
      value(random) {
        const words = [
          random.pick(['High', 'Mill', 'Station', 'Church', 'Old Oak']),
          random.pick(['Street', 'Lane', 'Road', 'Square']),
          String(random.int(1, 240)),
        ];
        const legacy = random.chance(0.4) ? ` ${words.join('  ')} ` : words.join(' ');
        return { legacy: json(legacy), right: json(words.join(' ')) };
      },
    },
    {
      name: 'ff_needless_blanks_removed',
      why: 'Blanks at the ends and double blanks between words came from typing and mean nothing.',
    },
  ),
  differs(
    {
      fields: ['statusText', 'label', 'order.statusLabel', 'stateDescription'],
      routes: ['GET /orders/{id}', 'GET /orders', 'GET /shipments/{id}'],
      shares: [0.3, 0.5, 1],
      value(random) {
        const [text, key] = random.pick(labels);
        return shownJson(text, text, key);
      },
    },
    {
      name: 'ff_translation_key_shown',
      critical: false,
      why: 'A translation is missing, so the technical key is shown in place of the words.',
    },
  ),
];
