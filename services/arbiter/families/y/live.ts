/** Fields that change with each call, or may: stamps, counters, codes, consent, search hits, page links. */
import { mixed, twins } from '../kit.ts';
import { Day, json, two } from '../kit-values.ts';

const consents = [
  ['Y', 'true'],
  ['N', 'false'],
  ['', 'null'],
] as const;

export const families = [
  ...twins(
    {
      fields: ['printedAt', 'generated', 'report.created'],
      least: 4,
      common: (random) => ({ day: Day.any(random, 2024, 2026), offset: random.pick([1, 2]) }),
      value(random, { day, offset }) {
        const [h, m, s] = [random.int(8, 18), random.int(0, 59), random.int(0, 50)];
        const stamp = (hour: number, second: number) =>
          json(`${day.iso}T${two(hour)}:${two(m)}:${two(second)}+0${offset}:00`);
        const later = s + random.int(0, 4);
        return {
          legacy: stamp(h, s),
          legacy2: stamp(h, s + random.int(1, 9)),
          right: stamp(h, later),
          wrong: stamp(h - offset, later),
        };
      },
      always: true,
    },
    {
      name: 'report-stamp-of-the-call',
      why: 'The stamp is the time of the call: legacy moves by seconds between its own runs, and so does the rewrite.',
    },
    {
      name: 'report-stamp-utc-clock-with-local-offset',
      why: 'Legacy moves by seconds, the rewrite lags by whole hours: a UTC clock with the local offset.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['bytesLeft', 'remainingVolume', 'bundle.left'],
      least: 6,
      value(random) {
        const left = random.int(200_000_000, 20_000_000_000);
        const used = () => random.int(1_000, 900_000);
        const modern = left - used();
        return {
          legacy: String(left),
          legacy2: String(left - used()),
          right: String(modern),
          wrong: String(Math.floor(modern / 1024)),
        };
      },
    },
    {
      name: 'remaining-volume-of-a-running-session',
      why: 'The volume falls a little between two runs of legacy too; the rewrite stays within the same small step.',
    },
    {
      name: 'remaining-volume-in-kilobytes',
      why: 'Legacy moves by thousandths, the rewrite is 1024 times smaller: kilobytes instead of bytes.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['oneTimeCode', 'pickupCode', 'loginCode'],
      least: 6,
      always: true,
      common: (random) => json(random.digits(6)),
      value: (random, constant) => ({
        legacy: json(random.digits(6)),
        legacy2: json(random.digits(6)),
        right: json(random.digits(6)),
        wrong: constant,
      }),
    },
    {
      name: 'one-time-code-random',
      why: 'Six random digits, new in each run of legacy and in each answer of the rewrite.',
    },
    {
      name: 'one-time-code-always-the-same',
      why: 'Legacy draws a new code each time; the rewrite hands the same code to everybody.',
      critical: true,
    },
  ),
  ...twins(
    {
      fields: ['hits', 'searchResults', 'pageItems'],
      least: 3,
      value(random) {
        const hits = Array.from({ length: random.int(5, 10) }, () => `b${random.digits(7)}`);
        const mixed = random.shuffled(hits);
        return {
          legacy: json(hits),
          legacy2: json(random.shuffled(hits)),
          right: json(mixed),
          wrong: json([...mixed.slice(0, -1), mixed[0]]),
        };
      },
    },
    {
      name: 'search-hits-of-equal-rank',
      why: 'Legacy gives the same hits in another order at its second run, and so does the rewrite.',
    },
    {
      name: 'search-hits-one-twice-one-missing',
      why: 'The order is free, but one hit comes twice and another is missing from the page of the rewrite.',
      critical: false,
    },
  ),
  ...twins(
    mixed({
      fields: ['next', 'links.next', 'nextPage'],
      clear: true,
      value(random) {
        const [page, size] = [random.int(2, 30), random.pick([10, 20, 50])];
        const path = random.pick(['/loans', '/bills', '/reservations']);
        return {
          legacy: json(`${path}?page=${page}&size=${size}`),
          right: json(`${path}?size=${size}&page=${page}`),
          wrong: json(`${path}?size=${size}&page=${page - 1}`),
        };
      },
    }),
    {
      name: 'next-link-parameters-reordered',
      why: 'The link to the next page has the same parameters with the same values in another order.',
    },
    {
      name: 'next-link-to-same-page',
      why: 'The link to the next page names the page before it, so a client reads the same page for ever.',
      critical: false,
    },
  ),
  ...twins(
    {
      fields: ['marketingConsent', 'optIn', 'consent.email'],
      least: 5,
      value(random) {
        const [letter, right] = random.pick(consents);
        return { legacy: json(letter), right, ...(letter === '' ? { wrong: 'true' } : {}) };
      },
    },
    {
      name: 'consent-letters-to-boolean-or-null',
      why: 'Y, N and never asked (empty) become true, false and null, each its own.',
    },
    {
      name: 'consent-never-asked-is-true',
      why: 'Customers who were never asked come out as having given their consent, the same as Y.',
      critical: true,
    },
  ),
];
