import { atWork } from './kept-cases.ts';
import type { Plan } from './plan.ts';
import type { RepairCase } from './repair-case.ts';

export const inTurn =
  'other repairs of the same rows are written first, up to 1,000 rows at once → it goes on by itself';

export const overtaken =
  'its rows were changed, or held by a transaction, each time they were to be written → it is tried again by itself';

/** What the rows of a case wait for by a plan that did not make all of them equal; undefined: for what the other cases of the plan wait for. */
export function waitsOf({ rows }: RepairCase, { open, shared }: Partial<Plan>): string | undefined {
  const own = [...rows].filter(([, { proven }]) => !proven).map(([id]) => id);
  if (own.some((id) => open?.has(id))) return atWork;
  const id = own.find((each) => shared?.has(each));
  if (id === undefined) return open === undefined || open.size === 0 ? inTurn : undefined;
  const count = shared?.get(id) ?? 0;
  return `on ${id.replace('\n', ' ')} ${count.toLocaleString('en')} other repair${count === 1 ? ' is' : 's are'} not written yet → it goes on by itself; chronos repairs says what they wait for`;
}
