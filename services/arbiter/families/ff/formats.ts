/** Fixed formats of old hosts and stored codes, read by code in another language. */
import type { Family } from '../kit.ts';
import { Day, decimal, json, minorUnits } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { pair } from './base.ts';

const lives = [
  { of: 'orders', names: ['NEW', 'PAID', 'PACKED', 'SHIPPED', 'DELIVERED', 'RETURNED', 'CANCELLED'] },
  { of: 'claims', names: ['SUBMITTED', 'IN_REVIEW', 'APPROVED', 'REJECTED', 'PAID_OUT', 'CLOSED'] },
  { of: 'accounts', names: ['PENDING', 'ACTIVE', 'DORMANT', 'BLOCKED', 'CLOSED', 'SEIZED'] },
] as const;

export const families: Family[] = [
  ...pair(
    {
      fields: ['WS-AMT-DUE', 'AMT_OUT', 'premium', 'amountDue', 'KTO-SALDO'],
      routes: ['GET /policies/{no}/premium', 'POST /ws/HostGateway', 'GET /loans/{id}'],
      clear: true,
      evidence: 3,
      shares: [0.2, 0.35, 0.5],
      common: (random) => random.pick([9, 11, 13]),
      value(random, width) {
        const units = minorUnits(random, 2_000, 90_000_000);
        const whole = decimal(units, 2);
        return shown(json(String(units).padStart(width, '0')), whole, `${units}.00`);
      },
    },
    {
      name: 'ff_implied_decimals_made_explicit',
      why: 'The host field has two implied decimals, and every amount was divided by a hundred alike.',
    },
    {
      name: 'ff_implied_decimals_forgotten_on_some_path',
      critical: true,
      why: 'Most amounts got their two implied decimals back but some are a hundred times as high.',
    },
  ),
  ...pair(
    {
      fields: ['birthDate', 'dateOfBirth', 'insured.born', 'GEB_DAT'],
      routes: ['GET /patients/{id}', 'GET /insured/{id}', 'GET /members/{no}'],
      clear: true,
      shares: [1],
      value(random) {
        const day = random.chance(0.85) ? Day.any(random, 1931, 1999) : Day.any(random, 2001, 2019);
        const yy = day.yyyy.slice(2);
        const read = Number(yy) < 69 ? `20${yy}` : `19${yy}`;
        return shownJson(`${day.dd}.${day.mm}.${yy}`, day.iso, `${read}-${day.mm}-${day.dd}`);
      },
    },
    {
      name: 'ff_two_digit_birth_year_completed',
      why: 'The two-digit year was completed to the only century in which this person can have been born.',
    },
    {
      name: 'ff_two_digit_birth_year_in_the_future',
      critical: true,
      why: "The library's pivot for two-digit years lets older people be born in the future.",
    },
  ),
  ...pair(
    {
      fields: ['status', 'state', 'lifecycle', 'currentState'],
      routes: [],
      shares: [1],
      evidence: 3,
      common(random) {
        const { of, names } = random.pick(lives);
        return {
          of,
          names,
          from: random.int(1, names.length - 3),
          prefix: random.pick(['STATUS_', 'STATE_', 'E_']),
        };
      },
      place: ({ of }) => ({
        fields: ['status', 'state', 'lifecycle', 'currentState'],
        routes: [`GET /${of}/{id}`, `GET /${of}`, `POST /ws/${of}`],
      }),
      value(random, { names, from, prefix }) {
        const at = random.int(0, names.length - 1);
        const wrong = at >= from ? (names[at + 1] ?? names[at]) : names[at];
        const right = json(prefix + names[at]);
        return shown(json(names[at]), right, json(prefix + wrong));
      },
    },
    {
      name: 'ff_enum_name_with_prefix',
      why: 'The generated enumeration puts a prefix before every name and changes nothing else.',
    },
    {
      name: 'ff_enum_ordinals_shifted',
      critical: true,
      why: 'States are stored by position, and a position was dropped in the new enumeration, so later states are shown as the next one.',
    },
  ),
];
