/** Families of the API of a retail bank's app: paging, notifications, settings, card numbers. */
import { luhn } from '../check-digits.ts';
import { defect, type Family, twins } from '../kit.ts';
import { Day, decimal, givenNames, json, list, minorUnits, object, surnames } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const channels = ['email', 'sms', 'push', 'letter'] as const;

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['nextPageToken', 'cursor', 'continuation'],
      least: 5,
      value(random) {
        if (random.chance(0.25)) return { legacy: 'null', right: 'null' };
        const token = () => json(`eyJ${random.text(letters, 29)}`);
        return { legacy: token(), legacy2: token(), right: token(), wrong: 'null' };
      },
    },
    {
      name: 'page_token_opaque',
      why: "Legacy's own token changes from run to run; there is one in the same cases.",
    },
    {
      name: 'page_token_missing_while_more',
      critical: false,
      why: 'There is no token for the next page where legacy has one, so the rest cannot be read.',
    },
  ),
  ...twins(
    {
      fields: ['quoteId', 'orderReference', 'REF'],
      least: 8,
      always: true,
      common: (random) => `Q-${random.text('0123456789ABCDEF', 10)}`,
      value(random, frozen) {
        const reference = () => json(`Q-${random.text('0123456789ABCDEF', 10)}`);
        return { legacy: reference(), legacy2: reference(), right: reference(), wrong: json(frozen) };
      },
    },
    { name: 'reference_drawn_anew', why: 'Legacy draws another reference at each run, of the same form.' },
    {
      name: 'reference_reused',
      critical: true,
      why: 'The rewrite gives one and the same reference to many requests; legacy never does.',
    },
  ),
  ...twins(
    {
      fields: ['asOf', 'generatedAt', 'serverTime'],
      least: 5,
      value(random) {
        const at = Day.any(random, 2025, 2026).date.getTime() + random.int(0, 80_000_000);
        const text = (milliseconds: number) => json(`${new Date(milliseconds).toISOString().slice(0, 19)}Z`);
        const later = () => text(at + random.int(1, 2) * 1000);
        return { legacy: text(at), legacy2: later(), right: later(), wrong: text(at + 3_601_000) };
      },
    },
    {
      name: 'as_of_moments_later',
      why: 'The time of the answer differs by a second or two, as between runs of legacy.',
    },
    {
      name: 'as_of_local_hour_labelled_utc',
      critical: false,
      why: 'The time is an hour ahead although it says UTC, while runs of legacy differ by seconds.',
    },
  ),
  ...twins(
    {
      fields: ['cardNumber', 'maskedPan', 'KARTE'],
      value(random) {
        const base = `4${random.digits(14)}`;
        const pan = base + luhn(base);
        const last = pan.slice(-4);
        return shownJson(`XXXX XXXX XXXX ${last}`, `************${last}`, pan);
      },
    },
    { name: 'card_masked_with_stars', why: 'Both hide all but the same last four digits.' },
    {
      name: 'card_number_unmasked',
      critical: true,
      why: 'The whole card number is shown where legacy masks it.',
    },
  ),
  ...twins(
    {
      fields: ['notificationSettings', 'preferences', 'consents'],
      value(random) {
        const on = channels.map((channel) => [channel, random.chance(0.5)] as const);
        const old = Object.fromEntries(on.map(([channel, yes]) => [channel, yes ? '1' : '0']));
        return shownJson(old, Object.fromEntries(on), { ...Object.fromEntries(on), sms: true, letter: true });
      },
    },
    { name: 'notification_flags_typed', why: '"1" and "0" are true and false, channel by channel.' },
    {
      name: 'notification_opt_out_lost',
      critical: true,
      why: 'Channels that the customer has switched off are on.',
    },
  ),
  ...twins(
    {
      fields: ['message', 'notificationText', 'body'],
      value(random) {
        const name = `${random.pick(givenNames)} ${random.pick(surnames)}`;
        const rest = `, your order ${random.digits(7)} was executed.`;
        return shownJson(`Dear ${name}${rest}\r\n`, `Dear ${name}${rest}`, `Dear undefined${rest}`);
      },
    },
    { name: 'notification_line_end_trimmed', why: 'Only the line break behind the last sentence is gone.' },
    {
      name: 'notification_to_undefined',
      critical: false,
      why: 'The customer is addressed as undefined instead of by name.',
    },
  ),
  ...twins(
    {
      once: true,
      fields: ['statementUrl', 'documentLink', 'href'],
      value(random) {
        const path = ['https://app.examplebank.com', 'statements', random.digits(8)];
        const query = `?lang=${random.pick(['en', 'de', 'fr'])}&year=20${random.int(18, 26)}&m=${random.int(1, 12)}`;
        const url = path.join('/') + query;
        return shown(`"${url.replaceAll('/', '\\/')}"`, json(url), json(url.replaceAll('&', '&amp;')));
      },
    },
    {
      name: 'link_php_escaped_slashes',
      why: 'JSON may escape the slash, as PHP does; the link is the same.',
    },
    {
      name: 'link_with_html_entities',
      critical: false,
      why: 'The ampersands of the link become HTML entities, so its parameters are others.',
    },
  ),
  ...twins(
    {
      fields: ['locale', 'uiLanguage', 'SPRACHE'],
      least: 3,
      value(random) {
        const [language, region] = random.pick(['nl-BE', 'fr-CH', 'de-AT', 'pt-BR', 'en-GB']).split('-');
        const home = { nl: 'NL', fr: 'FR', de: 'DE', pt: 'PT', en: 'US' }[language ?? ''];
        return shownJson(`${language}_${region}`, `${language}-${region}`, `${language}-${home}`);
      },
    },
    {
      name: 'locale_hyphen',
      why: 'The underscore of Java and PHP and the hyphen of BCP 47 name the same locale.',
    },
    {
      name: 'locale_region_of_the_language',
      critical: false,
      why: "The region becomes the language's home country: a Swiss or Brazilian customer is moved abroad.",
    },
  ),
  ...twins(
    {
      fields: ['bookings', 'transactions', 'UMSAETZE'],
      value(random) {
        const rows = Array.from({ length: random.int(2, 5) }, () => ({
          id: random.int(100_000, 999_999),
          amount: decimal(-minorUnits(random, 100, 90_000), 2),
        }));
        const old = rows.map(({ id, amount }) => object({ id: json(String(id)), amount: json(amount) }));
        const modern = (minus: string) =>
          list(rows.map(({ id, amount }) => object({ amount: amount.replace('-', minus), id: String(id) })));
        return shown(list(old), modern('-'), modern(''));
      },
    },
    { name: 'bookings_typed', why: 'The same bookings in the same order; amounts and numbers are typed.' },
    {
      name: 'bookings_debits_as_credits',
      critical: true,
      why: 'Debits lose their minus sign and look like credits.',
    },
  ),
  defect(
    {
      fields: ['totalCount', 'resultCount', 'hits'],
      least: 4,
      value(random) {
        const total = random.chance(0.4) ? random.int(1, 25) : random.int(26, 480);
        return shownJson(total, total, Math.min(total, 25));
      },
    },
    {
      name: 'total_count_stops_at_page_size',
      critical: false,
      why: 'The count of all results never exceeds 25, the size of a page, where legacy counts more.',
    },
  ),
];
