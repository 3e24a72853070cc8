import { DAY_NS, floorTo, readInstants, wallClock } from './instants.ts';
import { rawOf, Side } from './side.ts';

const NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const MEMBERS_MAX = 12;

/** Whether an object names the day of the week of the one date that it tells; undefined when it tells no such pair. */
export function namesItsWeekday({ fields }: Side): boolean | undefined {
  if (fields === undefined || fields.size < 2 || fields.size > MEMBERS_MAX) return undefined;
  const sides = [...fields.values()].map((value) => new Side(rawOf(value)));
  const names = sides.flatMap(({ text = '' }) => {
    const day = NAMES.findIndex(
      (name) => name === text.toLowerCase() || name.slice(0, 3) === text.toLowerCase(),
    );
    return day < 0 ? [] : [day];
  });
  const dates = sides.flatMap((side) =>
    /[0-9]{4}/.test(side.text ?? '') ? readInstants(side).slice(0, 1) : [],
  );
  const [name, date] = [names[0], dates[0]];
  if (name === undefined || date === undefined || names.length > 1 || dates.length > 1) return undefined;
  // 1970-01-01 was a Thursday.
  const days = Number(floorTo(wallClock(date), DAY_NS) / DAY_NS);
  return (((days + 3) % 7) + 7) % 7 === name;
}
