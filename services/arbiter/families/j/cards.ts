/** Debit and credit cards: limits, expiry, masked numbers, switches. */
import { type Family, twins } from '../kit.ts';
import { Day, decimal, json, list, minorUnits, timeOfDay, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const merchants = [
  'MARKS & SPENCER',
  'H&M LYON',
  'B&B HOTEL GRAZ',
  'SHELL 4411',
  'LIDL PORTO',
  'JOHNSON & SONS',
];

export const families: readonly Family[] = [
  ...twins(
    {
      fields: ['maskedPan', 'cardNumber', 'PAN_DISP'],
      value(random) {
        const last = random.digits(4);
        const other = random.digits(4);
        return shown(
          json(`XXXXXXXXXXXX${last}`),
          json(`**** **** **** ${last}`),
          json(`**** **** **** ${other}`),
        );
      },
    },
    { name: 'j-card-mask-stars', why: 'The same last four digits behind another mask.' },
    {
      name: 'j-card-mask-other-card',
      critical: true,
      why: 'The last four digits are those of another card.',
    },
  ),
  ...twins(
    {
      fields: ['expiry', 'validThru', 'expiryDate'],
      value(random) {
        const [month, year] = [random.int(1, 12), random.int(24, 31)];
        const zeroBased = month === 1 ? `20${year - 1}-12` : `20${year}-${two(month - 1)}`;
        return shown(json(`${two(month)}/${year}`), json(`20${year}-${two(month)}`), json(zeroBased));
      },
      clear: true,
    },
    { name: 'j-card-expiry-year-month', why: 'The same month of expiry, year first.' },
    {
      name: 'j-card-expiry-month-early',
      critical: true,
      why: 'Months were counted from zero, so the card expires a month early.',
    },
  ),
  ...twins(
    {
      fields: ['monthlyLimit', 'spendingLimit', 'cardLimit'],
      clear: true,
      least: 4,
      value(random) {
        const text = decimal(random.int(1, 50) * 10_000, 2);
        if (random.chance(0.6)) return { legacy: text, right: text };
        return { legacy: 'null', right: undefined, wrong: '0.00' };
      },
    },
    { name: 'j-card-no-limit-absent', why: 'A null limit and no limit at all both say that none is set.' },
    {
      name: 'j-card-no-limit-is-zero',
      critical: true,
      why: 'No limit became a limit of zero, so the card can pay nothing.',
    },
  ),
  ...twins(
    {
      fields: ['onlineEnabled', 'contactless', 'abroadAllowed'],
      least: 3,
      value: (random) =>
        random.chance(0.5)
          ? { legacy: '"Y"', right: 'true' }
          : { legacy: '"N"', right: 'false', wrong: 'true' },
    },
    { name: 'j-card-switch-boolean', why: 'Y and N became true and false.' },
    {
      name: 'j-card-switch-always-on',
      critical: true,
      why: 'Any text counts as true, so switched-off cards are on.',
    },
  ),
  ...twins(
    {
      fields: ['dailyLimit', 'atmLimit', 'TAGLIM'],
      value(random) {
        const units = random.int(1, 60) * 5_000;
        const text = decimal(units, 2);
        return shown(json(text.replace('.', ',')), text, String(units));
      },
    },
    { name: 'j-card-limit-decimal-comma', why: 'The same limit with a point instead of a comma.' },
    {
      name: 'j-card-limit-comma-dropped',
      critical: true,
      why: 'The decimal comma was dropped, so the limit is a hundred times as high.',
    },
  ),
  ...twins(
    {
      fields: ['authorizedAt', 'trxTimestamp', 'TS_AUT'],
      value(random) {
        const day = Day.any(random, 2021, 2025).iso;
        const { h, m, s } = timeOfDay(random);
        const micro = random.digits(6);
        const at = (hour: number) => json(`${day}T${two(hour)}:${two(m)}:${two(s)}.${micro}`);
        return shown(
          json(`${day}-${two(h)}.${two(m)}.${two(s)}.${micro}`),
          at(h),
          at(h % 12 === 0 ? 12 : h % 12),
        );
      },
    },
    { name: 'j-card-time-from-db2', why: 'The same moment, DB2 separators replaced by those of ISO 8601.' },
    {
      name: 'j-card-time-twelve-hours',
      critical: false,
      why: 'A twelve-hour pattern turned the afternoon into the morning.',
    },
  ),
  ...twins(
    {
      fields: ['merchant', 'merchantName', 'purpose'],
      value(random) {
        const name = `${random.pick(merchants)} ${random.int(10, 99)}`;
        return shown(json(name.replace('&', '&amp;')), json(name), json(name.split('&')[0]!.trim()));
      },
    },
    { name: 'j-card-merchant-unescaped', why: 'An XML entity became the character it stands for.' },
    {
      name: 'j-card-merchant-cut-at-ampersand',
      critical: false,
      why: 'The merchant is cut off at the ampersand.',
    },
  ),
  ...twins(
    {
      fields: ['features', 'allowedRegions', 'services'],
      least: 4,
      clear: true,
      value(random) {
        const all = ['EUROPE', 'NORTH_AMERICA', 'ASIA', 'AFRICA', 'OCEANIA', 'SOUTH_AMERICA'];
        const chosen = random.shuffled(all).slice(0, random.int(1, 5));
        const sorted = [...chosen].sort().map(json);
        return shown(list(chosen.map(json)), list(sorted), list(sorted.slice(1)));
      },
    },
    { name: 'j-card-regions-sorted', why: 'The same set of regions, now in alphabetical order.' },
    {
      name: 'j-card-region-missing',
      critical: true,
      why: 'One allowed region is missing, so the card is refused there.',
    },
  ),
  ...twins<{ constant: string }>(
    {
      fields: ['challengeId', 'sessionToken', 'nonce'],
      least: 5,
      always: true,
      common: (random) => ({ constant: random.hex(32) }),
      value: (random, { constant }) => ({
        legacy: json(random.hex(16).toUpperCase()),
        right: json(random.hex(32)),
        wrong: json(constant),
        legacy2: json(random.hex(16).toUpperCase()),
      }),
    },
    { name: 'j-card-challenge-random', why: 'A random value on both sides, and in each run of legacy.' },
    {
      name: 'j-card-challenge-constant',
      critical: true,
      why: 'What must be random for each request is always the same in the rewrite.',
    },
  ),
  ...twins(
    {
      fields: ['availableCredit', 'remaining', 'openToBuy'],
      value(random) {
        const units = minorUnits(random, 10, 900_000);
        return shown(
          json(decimal(units, 2)),
          decimal(units, 2),
          decimal(units + random.int(1, 9) * 1_000, 2),
        );
      },
    },
    { name: 'j-card-credit-number', why: 'The same amount, a number instead of text.' },
    {
      name: 'j-card-credit-ignores-pending',
      critical: true,
      why: 'The rewrite answers more credit than legacy has left.',
    },
  ),
];
