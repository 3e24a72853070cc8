/** Rates of interest, exchange and discount. */
import { defect, twins } from '../kit.ts';
import { decimal, json, minorUnits, object } from '../kit-values.ts';

export const families = [
  ...twins(
    {
      fields: ['interestRate', 'apr', 'coupon', 'vatRate', 'discountRate'],
      value(random) {
        const hundredths = random.int(26, 1_999);
        return {
          legacy: json(`${decimal(hundredths, 2)}%`),
          right: decimal(hundredths, 4),
          wrong: decimal(hundredths, 6),
        };
      },
    },
    { name: 'percent_to_fraction', why: 'Per cent means hundredths: 4.25 % and 0.0425 are one rate.' },
    {
      name: 'percent_divided_twice',
      critical: true,
      why: 'The percentage was divided by a hundred twice, so the rate is a hundredth of what it was.',
    },
  ),
  ...twins(
    {
      fields: ['margin', 'spread', 'commission', 'creditSpread'],
      value(random) {
        const points = random.int(11, 895);
        return {
          legacy: json(`${points} bps`),
          right: json(`${decimal(points, 2)} %`),
          wrong: json(`${decimal(points, 1)} %`),
        };
      },
    },
    {
      name: 'basis_points_to_percent',
      why: 'A basis point is a hundredth of a per cent; both sides name the same spread.',
    },
    {
      name: 'basis_points_taken_for_per_mille',
      critical: true,
      why: 'Basis points were divided by ten instead of a hundred: the spread is ten times too wide.',
    },
  ),
  ...twins(
    {
      fields: ['fxQuote', 'exchangeRate', 'conversion', 'dealRate'],
      value(random) {
        const [base, quote, mid] = random.pick([
          ['EUR', 'USD', 10_842],
          ['GBP', 'USD', 12_675],
          ['EUR', 'CHF', 9_561],
          ['USD', 'CAD', 13_581],
          ['EUR', 'PLN', 43_120],
        ] as const);
        const units = mid + random.int(-150, 150);
        const rate = decimal(units, 4);
        const shape = (price: string) => object({ base: json(base), quote: json(quote), rate: price });
        return {
          legacy: object({ pair: json(`${base}/${quote}`), rate: json(rate) }),
          right: shape(rate),
          wrong: shape(decimal(Math.round(1e8 / units), 4)),
        };
      },
    },
    { name: 'fx_pair_split', why: 'EUR/USD is base EUR and quote USD, and the rate is the same number.' },
    {
      name: 'fx_rate_inverted',
      critical: true,
      why: 'The pair is the same, but the rate is one divided by the rate: conversion goes the wrong way.',
    },
  ),
  defect(
    {
      fields: ['accruedInterest', 'interestDue', 'accrual'],
      value(random) {
        const days = random.int(20, 364);
        const principal = minorUnits(random, 500_000, 90_000_000);
        const thousandths = random.int(1_250, 8_900);
        const interest = (year: number) =>
          decimal(Math.round((principal * thousandths * days) / 100_000 / year), 2);
        const shape = (amount: string) =>
          object({
            principal: decimal(principal, 2),
            ratePercent: decimal(thousandths, 3),
            days: String(days),
            basis: '"ACT/360"',
            interest: amount,
          });
        const legacy = shape(interest(360));
        return { legacy, right: legacy, wrong: shape(interest(365)) };
      },
    },
    {
      name: 'interest_on_365_despite_act_360',
      critical: true,
      why: 'The stated basis is ACT/360, and the rewrite computes with 365 days: interest is too low by 1.4 %.',
    },
  ),
  ...twins(
    {
      fields: ['dayCount', 'dayCountConvention', 'basis', 'DCC'],
      value(random) {
        const [legacy, right, wrong] = random.pick([
          ['ACT/360', 'Actual/360', 'Actual/365 (Fixed)'],
          ['ACT/365F', 'Actual/365 (Fixed)', 'Actual/360'],
          ['ACT/ACT', 'Actual/Actual', 'Actual/360'],
        ] as const);
        return { legacy: json(legacy), right: json(right), wrong: json(wrong) };
      },
    },
    { name: 'day_count_spelled_out', why: 'ACT stands for actual; the day count convention is the same.' },
    {
      name: 'day_count_convention_crossed',
      critical: true,
      why: 'The contract now states another day count convention, which changes its interest.',
    },
  ),
  defect(
    {
      fields: ['netPrice', 'discounted', 'lineTotal', 'premiumAfterRebate'],
      least: 4,
      always: true,
      common: (random) => random.pick([5, 8, 10, 15]),
      value(random, percent) {
        const net = minorUnits(random, 2_000, 900_000);
        const legacy = decimal(net, 2);
        return { legacy, right: legacy, wrong: decimal(Math.round((net * (100 - percent)) / 100), 2) };
      },
    },
    {
      name: 'discount_taken_twice',
      critical: true,
      why: 'Every amount is lower by the same round percentage: a discount was taken twice.',
    },
  ),
];
