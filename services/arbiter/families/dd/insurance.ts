/** Policies and claims: periods, beneficiaries, consents, deductibles, quotes that move. */
import { Day, decimal, json, minorUnits } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { pair } from './domain.ts';

const routes = ['GET /policies/{no}', 'POST /quotes', 'GET /claims/{no}', 'GET /customers/{id}/consents'];

const period = pair(
  routes,
  {
    fields: ['cover', 'period', 'validity'],
    value(random) {
      const from = random.pick([
        Day.of(random.int(2019, 2026), random.int(1, 12), 1),
        Day.any(random, 2019, 2026),
      ]);
      const last = from.plus(random.pick([364, 365, 180, 89, 13, random.int(5, 900)]));
      const span = (endExclusive: string) => ({ from: from.iso, endExclusive });
      return shownJson({ from: from.iso, lastDay: last.iso }, span(last.plus(1).iso), span(last.iso));
    },
  },
  {
    name: 'dd_cover_end_exclusive',
    why: 'The day after the last day of cover is the first day without it, which is what an exclusive end says.',
  },
  {
    name: 'dd_cover_last_day_excluded',
    why: 'The last day of cover is given as the exclusive end, so claims of that day are refused.',
    critical: true,
  },
);

const consent = pair(
  ['GET /customers/{id}/consents', 'POST /preferences', 'GET /crm/contacts/{id}'],
  {
    fields: ['privacy', 'preferences', 'consents'],
    value(random) {
      const [mail, phone, share] = [random.chance(0.6), random.chance(0.6), random.chance(0.8)];
      const given = (flip: boolean) => ({
        emailAllowed: mail === flip,
        phoneAllowed: phone === flip,
        sharingAllowed: share === flip,
      });
      return shownJson(
        { emailOptOut: mail, phoneOptOut: phone, sharingOptOut: share },
        given(false),
        given(true),
      );
    },
  },
  {
    name: 'dd_opt_out_as_permission',
    why: 'Who opted out is not allowed to be written to, and the reverse: the flag and its name are both turned round.',
  },
  {
    name: 'dd_opt_out_read_as_opt_in',
    why: 'The names of the flags were turned round but not their values: those who opted out now consent.',
    critical: true,
  },
);

const indication = pair(
  ['POST /quotes', 'GET /products/{code}/indication', 'POST /travel/offers'],
  {
    fields: ['indicativePremium', 'livePrice', 'quote'],
    least: 18,
    always: true,
    value(random) {
      const base = minorUnits(random, 20_000, 900_000);
      const near = (factor: number) =>
        json({
          price: decimal(Math.round(base * factor * (0.996 + random.next() * 0.008)), 2),
          currency: 'EUR',
          indicative: true,
        });
      return { legacy: near(1), legacy2: near(1), right: near(1), wrong: near(1.03) };
    },
  },
  {
    name: 'dd_indicative_price_moves',
    why: 'The indicative price moves by some tenths of a percent between two runs of legacy, and no more between the sides.',
  },
  {
    name: 'dd_indicative_price_always_dearer',
    why: 'The price moves by tenths of a percent in legacy, but the rewrite is about three percent dearer every time.',
    critical: true,
  },
);

export const families = [...period, ...consent, ...indication];
