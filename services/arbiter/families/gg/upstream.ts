/** Services that are asked in turn, caches in front of them, and the configuration of an environment. */
import type { Family, Random } from '../kit.ts';
import { decimal, json, minorUnits, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';
import { broken, pair, person } from './parts.ts';

const measures = [
  { large: 'kg', small: 'g', low: 100, high: 40_000 },
  { large: 'g', small: 'mg', low: 50, high: 4000 },
  { large: 'km', small: 'm', low: 200, high: 90_000 },
  { large: 'l', small: 'ml', low: 50, high: 5000 },
] as const;
const pricePoints = 5;

function walked(random: Random, quote: { price: number }): () => string {
  quote.price *= 1 + (random.next() - 0.45) * 0.01;
  return () => (quote.price * (1 + (random.next() - 0.5) * 0.0006)).toFixed(pricePoints);
}

export const families: readonly Family[] = [
  ...pair(
    ['GET /rates/EUR-USD', 'GET /quotes/live'],
    {
      fields: ['bid', 'spotRate', 'lastPrice'],
      clear: true,
      least: 15,
      always: true,
      common: (random) => {
        const price = 0.8 + random.next();
        return { price, stale: price.toFixed(pricePoints) };
      },
      value(random, quote) {
        const read = walked(random, quote);
        return { legacy: read(), legacy2: read(), right: read(), wrong: quote.stale };
      },
    },
    ['live_quote', 'A live rate, read twice within a second: legacy differs from itself by as much.'],
    [
      'quote_cached_for_good',
      'The cache has no expiry: while the market moves, the rewrite repeats its first rate.',
      'critical',
    ],
  ),
  ...broken(
    ['GET /applicants/{id}', 'POST /loans/decisions'],
    {
      fields: ['creditScore', 'score', 'riskScore'],
      clear: true,
      value(random) {
        const score = random.int(320, 940);
        return shownJson(score, score, 0);
      },
    },
    [
      'fallback_score_zero',
      'When the bureau is slow the circuit breaker answers 0, which reads as the worst score.',
      'critical',
    ],
  ),
  ...pair(
    ['GET /parcels/{id}', 'GET /prescriptions/{id}', 'GET /articles/{id}'],
    {
      fields: ['quantity', 'measure', 'amount'],
      always: true,
      common: (random) => random.pick(measures),
      value(random, { large, small, low, high }) {
        const count = Math.max(1, Math.round(random.int(low, high) / 10)) * 10;
        const as = (value: number, unit: string) => object({ value: String(value), unit: json(unit) });
        return shown(
          as(count / 1000, large),
          as(count, small),
          random.chance(0.5) ? as(count / 1000, small) : as(count, small),
        );
      },
    },
    ['unit_converted', 'Another unit, named beside the number, and the number converted to it.'],
    [
      'unit_relabelled',
      'Some sources are given the new unit without converting the number: wrong by a thousand.',
      'critical',
    ],
  ),
  ...broken(
    ['GET /customers/{id}', 'GET /me', 'GET /orders/{id}'],
    {
      fields: ['email', 'contactEmail', 'invoiceEmail'],
      value(random) {
        const legacy = `${person(random).toLowerCase().replace(' ', '.')}@${random.pick(['gmx', 'mail', 'post'])}.example`;
        return shownJson(
          legacy,
          legacy,
          random.pick(['test@example.com', 'max.mustermann@test.de', 'foo@bar.com']),
        );
      },
    },
    [
      'test_fixture_leaked',
      'Records that a test wrote over were left in the database: real people have test addresses.',
      'critical',
    ],
  ),
  ...broken(
    ['POST /transfers', 'GET /orders/{id}', 'POST /quotes'],
    {
      fields: ['fee', 'handlingFee', 'shippingCost'],
      clear: true,
      always: true,
      value(random) {
        const fee = random.pick([0, 150, 250, 490, 490, 795, 1200]);
        return shown(decimal(fee, 2), decimal(fee, 2), '0.00');
      },
    },
    [
      'fee_flag_left_off',
      'The feature flag of fees is off in the new environment, so nobody is charged.',
      'critical',
    ],
  ),
  ...pair(
    ['GET /invoices/{number}', 'POST /payments', 'GET /accounts/{id}/balance'],
    {
      fields: ['amount', 'price', 'balance'],
      always: true,
      value(random) {
        const currency = random.pick(['EUR', 'EUR', 'CHF', 'GBP', 'PLN', 'SEK']);
        const amount = decimal(minorUnits(random, 500, 5_000_000), 2);
        const as = (code: string) => object({ value: amount, currency: json(code) });
        return shown(json(`${currency} ${amount}`), as(currency), as('EUR'));
      },
    },
    ['amount_with_currency', 'Amount and currency, in one text or in two members.'],
    [
      'currency_defaults_to_euro',
      'The currency is not mapped and its default is EUR, so francs and zlotys became euros.',
      'critical',
    ],
  ),
];
