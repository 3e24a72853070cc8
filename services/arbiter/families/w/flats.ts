/** Flats of a housing company and the day their rent is due, taken apart from German texts. */
import { type Family, twins } from '../kit.ts';
import { json, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const flats: Family[] = twins(
  {
    fields: ['flatPosition', 'unitLocation', 'lage', 'apartment'],
    least: 4,
    value: (random) => {
      const floor = random.int(0, 4);
      const [word, side, other] = random.pick([
        ['links', 'left', 'right'],
        ['rechts', 'right', 'left'],
        ['Mitte', 'middle', undefined],
      ] as const);
      const legacy = json(`${floor === 0 ? 'EG' : `${floor}. OG`} ${word}`);
      const right = json({ floor, side });
      return other === undefined ? { legacy, right } : shown(legacy, right, json({ floor, side: other }));
    },
  },
  {
    name: 'w_flat_position_in_parts',
    why: 'The floor and the side of the flat are the same, in two members.',
  },
  {
    name: 'w_flat_left_and_right_confused',
    critical: false,
    why: 'Links means left and rechts means right, and the rewrite names the flat on the other side.',
  },
);

const rooms: Family[] = twins(
  {
    fields: ['rooms', 'roomCount', 'zimmer'],
    least: 4,
    value: (random) => {
      const whole = random.int(1, 5);
      return random.chance(0.5)
        ? shownJson(`${whole} 1/2`, whole + 0.5, Number(`${whole}1`))
        : { legacy: json(String(whole)), right: String(whole) };
    },
  },
  { name: 'w_half_room_as_decimal', why: 'Two rooms and a half are 2.5 rooms.' },
  {
    name: 'w_half_room_glued_to_the_count',
    critical: false,
    why: 'A flat of 2 1/2 rooms has 2.5 rooms, and not 21.',
  },
);

const rentDays: Family[] = twins(
  {
    fields: ['rentDue', 'dueRule', 'faelligkeit', 'debitDay'],
    value: (random) => {
      const day = random.int(1, 5);
      if (random.chance(0.3)) {
        const fixed = random.pick([1, 5, 10, 15]);
        return { legacy: json(`${fixed}. des Monats`), right: object({ dayOfMonth: String(fixed) }) };
      }
      return shown(json(`${day}. Werktag`), json({ businessDay: day }), json({ dayOfMonth: day }));
    },
  },
  { name: 'w_due_rule_in_parts', why: 'The rent is due by the same rule on both sides.' },
  {
    name: 'w_business_day_as_day_of_month',
    critical: false,
    why: 'The third business day is not the third of the month, as weekends and holidays come between.',
  },
);

export const families: Family[] = [...flats, ...rooms, ...rentDays];
