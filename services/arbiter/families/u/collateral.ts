/** Collateral and what leased vehicles are worth. */
import { twins } from '../kit.ts';
import { decimal, grouped, json, list, object } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families = [
  ...twins(
    {
      fields: ['collateralValue', 'beleihungswert', 'propertyValue'],
      value(random) {
        const thousands = random.int(85, 980);
        return shown(json(`${thousands} TEUR`), `${thousands}000`, String(thousands));
      },
    },
    {
      name: 'u_thousand_euros_written_out',
      why: 'TEUR are thousands of euros; the rewrite writes the thousands out.',
    },
    {
      name: 'u_thousand_euros_as_euros',
      critical: true,
      why: 'Values in thousands of euros (TEUR) were taken for euros: the house is worth a few hundred.',
    },
  ),
  ...twins(
    {
      fields: ['collateralIds', 'securities', 'pledges'],
      least: 4,
      value(random) {
        const ids = Array.from({ length: random.int(3, 6) }, () => `C${random.digits(6)}`);
        const order = () => json(random.shuffled(ids));
        const right = random.shuffled(ids);
        return { legacy: order(), legacy2: order(), right: json(right), wrong: json(right.slice(1)) };
      },
    },
    {
      name: 'u_pledges_in_any_order',
      why: 'Legacy itself lists the same pledges in another order at every run.',
    },
    {
      name: 'u_pledge_missing_among_any_order',
      critical: true,
      why: 'The order varies at every run, but here a pledge that both legacy runs list is missing.',
    },
  ),
  ...twins(
    {
      fields: ['residualValue', 'restwert', 'balloon'],
      value(random) {
        const units = random.int(400, 3_500) * 1_000;
        const swiss = grouped(decimal(units, 2), "'");
        const money = (amount: string) => object({ amount, currency: '"CHF"' });
        return shown(json(`CHF ${swiss}`), money(decimal(units, 2)), money(swiss.split("'")[0] ?? ''));
      },
    },
    {
      name: 'u_swiss_residual_value',
      why: "Swiss apostrophes between thousands are only spacing: CHF 12'500.00 is 12500.00 francs.",
    },
    {
      name: 'u_swiss_residual_value_cut',
      critical: true,
      why: "The number ends at the apostrophe: CHF 12'500.00 became 12 francs.",
    },
  ),
  ...twins(
    {
      fields: ['damages', 'inspectionItems', 'returnReport'],
      value(random) {
        const parts = random.shuffled([
          'bumper',
          'windscreen',
          'left door',
          'right door',
          'tyres',
          'seat',
          'roof',
        ]);
        const items = parts
          .slice(0, random.int(2, 4))
          .map((part) => ({ part, cost: random.int(4, 90) * 10 }));
        const text = items.map(({ part, cost }) => `${part}=${cost}`).join('; ');
        const costs = items.map(({ cost }) => cost).sort((a, b) => a - b);
        const rows = (cost: (at: number) => number | undefined) =>
          list(items.map(({ part }, at) => object({ part: json(part), cost: String(cost(at)) })));
        return shown(
          json(text),
          rows((at) => items[at]?.cost),
          rows((at) => costs[at]),
        );
      },
    },
    {
      name: 'u_damage_pairs_to_rows',
      why: 'Each part with its cost, from a text of pairs to rows in the same order.',
    },
    {
      name: 'u_damage_costs_sorted_apart',
      critical: true,
      why: 'The costs were sorted without their parts, so customers are charged for the wrong damage.',
    },
  ),
];
