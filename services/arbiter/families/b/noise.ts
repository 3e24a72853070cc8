/** Families of fields that legacy itself changes from run to run, and defects that hide beneath that noise. */
import { defect, type Family, type Random, twins } from '../kit.ts';
import { Day, decimal, json, object } from '../kit-values.ts';

const day = 86_400;

function epochSecond(random: Random): number {
  return Day.any(random, 2019, 2026).date.getTime() / 1000 + random.int(0, day - 1);
}

const iso = (second: number): string => json(new Date(second * 1000).toISOString().replace('.000', ''));
const httpDate = (second: number): string => json(new Date(second * 1000).toUTCString());

export const families: Family[] = [
  ...twins(
    {
      fields: ['elapsedMs', 'processingTime', 'tookMillis', 'serverTime'],
      least: 5,
      common: (random) => random.int(15, 400),
      value(random, typical) {
        const took = (): number => typical + random.int(0, Math.ceil(typical / 2));
        const right = took();
        return {
          legacy: String(took()),
          right: String(right),
          wrong: decimal(right, 3),
          legacy2: String(took()),
        };
      },
    },
    {
      name: 'b_processing_time_varies',
      why: 'A measured duration that differs between two runs of legacy as much as between legacy and the rewrite.',
    },
    {
      name: 'b_processing_time_in_seconds',
      critical: false,
      why: 'Legacy varies by half, the rewrite is a thousand times smaller: seconds instead of milliseconds.',
    },
  ),
  ...twins(
    {
      fields: ['expiresAt', 'quoteValidUntil', 'sessionEnd', 'otp.expiry'],
      least: 4,
      common: (random) => ({
        lifetime: random.pick([900, 1800, 3600]),
        other: random.pick([30, 5 * 3600, 30 * day]),
      }),
      value(random, { lifetime, other }) {
        const now = epochSecond(random);
        const shortly = (): number => now + random.int(0, 4);
        return {
          legacy: iso(shortly() + lifetime),
          right: iso(shortly() + lifetime),
          wrong: iso(shortly() + other),
          legacy2: iso(shortly() + lifetime),
        };
      },
    },
    {
      name: 'b_expiry_seconds_apart',
      why: 'The expiry is computed from the moment of the request, and differs by the few seconds that legacy itself differs by.',
    },
    {
      name: 'b_expiry_other_lifetime',
      critical: true,
      why: 'Legacy repeats its expiry within seconds; the rewrite grants a lifetime shorter or longer by many minutes.',
    },
  ),
  ...twins(
    {
      fields: ['generated', 'Date', 'printedAt', 'asOf'],
      least: 4,
      common: (random) => random.pick([1, 2, -5, 8]) * 3600,
      value(random, shift) {
        const now = epochSecond(random);
        const shortly = (): number => now + random.int(0, 3);
        return {
          legacy: httpDate(shortly()),
          right: httpDate(shortly()),
          wrong: httpDate(shortly() + shift),
          legacy2: httpDate(shortly()),
        };
      },
    },
    {
      name: 'b_http_date_of_answer',
      why: 'The time of the answer, seconds apart in the rewrite as in the second run of legacy.',
    },
    {
      name: 'b_http_date_local_as_gmt',
      critical: false,
      why: 'Beneath seconds of noise the rewrite is off by whole hours: local time labelled GMT.',
    },
  ),
  defect(
    {
      fields: ['asOf', 'balanceAt', 'snapshotTime', 'tick'],
      least: 6,
      always: true,
      common: (random) => {
        const start = epochSecond(random);
        return { start, now: start };
      },
      value(random, clock) {
        clock.now += random.int(40, 4000);
        return {
          legacy: iso(clock.now),
          right: iso(clock.now + 1),
          wrong: iso(clock.start),
          legacy2: iso(clock.now + 2),
        };
      },
    },
    {
      name: 'b_clock_stands_still',
      critical: false,
      why: 'Legacy gives the present time of every request, the rewrite one and the same old time.',
    },
  ),
  ...twins(
    {
      fields: ['sensorReading', 'gridFrequency', 'loadKw', 'heartRate'],
      least: 8,
      always: true,
      common: (random) => ({ base: random.int(4000, 90_000), spread: random.int(20, 150) }),
      value(random, { base, spread }) {
        const sample = (): number => base + random.int(-spread, spread);
        const right = sample();
        return {
          legacy: decimal(sample(), 2),
          right: decimal(right, 2),
          wrong: decimal(right + spread * 8, 2),
          legacy2: decimal(sample(), 2),
        };
      },
    },
    {
      name: 'b_live_reading_jitters',
      why: 'A live reading whose scatter is the same between two runs of legacy and between legacy and the rewrite.',
    },
    {
      name: 'b_live_reading_biased',
      critical: true,
      why: 'The rewrite is always above, by a multiple of the scatter that legacy shows against itself.',
    },
  ),
  ...twins(
    {
      fields: ['quote', 'fxQuote', 'bestPrices', 'topOfBook'],
      least: 4,
      common: (random) => random.int(5000, 200_000),
      value(random, mid) {
        const prices = (): [string, string] => {
          const bid = mid + random.int(-12, 12);
          return [decimal(bid, 4), decimal(bid + random.int(2, 9), 4)];
        };
        const write = ([bid, ask]: [string, string]): string => object({ bid, ask });
        const right = prices();
        return {
          legacy: write(prices()),
          right: write(right),
          wrong: write([right[1], right[0]]),
          legacy2: write(prices()),
        };
      },
    },
    {
      name: 'b_quote_moves',
      why: 'A market price that moves between two runs of legacy by as much as between legacy and the rewrite.',
    },
    {
      name: 'b_quote_sides_swapped',
      critical: true,
      why: 'The bid is above the ask, which no moving price of legacy ever shows: the sides were swapped.',
    },
  ),
];
