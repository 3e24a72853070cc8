/** States and cycles: codes spelled out, and what happened when. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { json, list, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

export const families: readonly Family[] = [
  ...coded(
    ['frequency', 'interval', 'standingOrderCycle', 'billingCycle'],
    [
      ['W', 'WEEKLY', 'MONTHLY'],
      ['M', 'MONTHLY'],
      ['Q', 'QUARTERLY', 'MONTHLY'],
      ['Y', 'YEARLY', 'MONTHLY'],
    ],
    { name: 'f_frequency_spelled_out', why: 'Each letter abbreviates the word that the rewrite answers.' },
    {
      name: 'f_frequency_default_monthly',
      critical: true,
      why: 'Weekly, quarterly or yearly orders are taken for monthly ones, the default.',
    },
    4,
  ),
  ...twins(
    {
      fields: ['history', 'stateLog', 'timeline', 'tracking'],
      value: (random) => {
        const [month, day] = [`2026-${two(random.int(1, 9))}`, random.int(1, 20)];
        const states = ['CREATED', 'PAID', 'PACKED', 'SHIPPED', 'DELIVERED'].slice(0, random.int(2, 5));
        const on = (at: number) => `${month}-${two(day + at)}`;
        const log = (of: (at: number) => string) =>
          list(states.map((state, at) => object({ state: json(state), on: json(of(at)) })));
        const text = json(states.map((state, at) => `${state}@${on(at)}`).join(','));
        return shown(
          text,
          log(on),
          log(() => on(0)),
        );
      },
    },
    {
      name: 'f_history_as_objects',
      why: 'The same states on the same days, as objects instead of one text.',
    },
    {
      name: 'f_history_all_first_day',
      critical: false,
      why: 'All states carry the day of the first one.',
    },
  ),
];
