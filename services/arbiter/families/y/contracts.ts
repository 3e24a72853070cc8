/** Contracts of a mobile operator, once Tuxedo: booked options, tariffs, caps, terms. */
import { mixed, twins } from '../kit.ts';
import { Day, decimal, json, two } from '../kit-values.ts';

const options = ['ROAM_EU', 'VOICEMAIL', 'MMS', 'WIFICALL', 'ESIM', 'MULTISIM', 'SPAMBLOCK'] as const;
const tariffs = [
  'Family Unlimited Plus 24 Months',
  'Student Data 20 GB Rolling Monthly',
  'Business Connect International',
  'Senior Talk and Text 12 Months',
  'Flex S',
  'Flex XL',
] as const;

export const families = [
  ...twins(
    mixed({
      fields: ['bookedOptions', 'services', 'features'],
      value(random) {
        const booked = random.shuffled(options).slice(0, random.int(1, 5));
        return {
          legacy: json(booked.join(',')),
          right: json(booked),
          ...(booked.length === 1 ? {} : { wrong: json(booked.slice(0, -1)) }),
        };
      },
    }),
    {
      name: 'booked-options-as-list',
      why: 'Options separated by commas become a list of the same options.',
    },
    {
      name: 'booked-options-lose-last',
      why: 'The last booked option is missing from the list, so the customer loses a paid service.',
      critical: true,
    },
  ),
  ...twins(
    mixed({
      fields: ['tariffName', 'plan', 'product.title'],
      least: 4,
      value(random) {
        const tariff = random.pick(tariffs);
        return {
          legacy: json(tariff.padEnd(40)),
          right: json(tariff),
          ...(tariff.length > 20 ? { wrong: json(tariff.slice(0, 20)) } : {}),
        };
      },
    }),
    {
      name: 'tariff-name-unpadded',
      why: 'Only the blanks that filled the name up to forty characters are gone.',
    },
    {
      name: 'tariff-name-cut-at-twenty',
      why: 'Names of tariffs are cut after twenty characters in the middle of a word.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['spendCap', 'monthlyLimit', 'roamingCap'],
      clear: true,
      least: 4,
      value(random) {
        const cap = decimal(random.int(4, 60) * 250, 2);
        return random.chance(0.4)
          ? { legacy: undefined, right: 'null', wrong: '0' }
          : { legacy: cap, right: cap };
      },
    },
    {
      name: 'spend-cap-null-for-absent',
      why: 'Customers without a cap have no such field in legacy and null in the rewrite; every set cap is equal.',
    },
    {
      name: 'spend-cap-zero-for-absent',
      why: 'Customers without a cap get a cap of zero, which blocks all paid use.',
      critical: true,
    },
  ),
  ...twins(
    mixed({
      fields: ['contractEnd', 'minimumTermEnds', 'cancelableFrom'],
      value(random) {
        const day = Day.any(random, 2024, 2028);
        return {
          legacy: json(`${day.yyyy}/${day.mm}/${day.dd}`),
          right: json(day.iso),
          ...(day.month === 1 ? {} : { wrong: json(`${day.yyyy}-${two(day.month - 1)}-${day.dd}`) }),
        };
      },
    }),
    {
      name: 'contract-end-hyphens-for-slashes',
      why: 'The same year, month and day with hyphens instead of slashes.',
    },
    {
      name: 'contract-end-month-counted-from-zero',
      why: 'The month is one lower than in legacy: it was counted from zero.',
      critical: true,
    },
  ),
];
