import { population } from '@chronos/bank-data/population.ts';
import { describe, expect, test } from '@jest/globals';
import { Customers } from './customers.ts';
import type { Action } from './mix.ts';

/** What the first `count` turns ask for, every request being answered at once. */
function turns(count: number, seed: number, size = 50): { id: string; action: Action }[] {
  const customers = new Customers(population().slice(0, size), seed);
  return Array.from({ length: count }, () => {
    const { person, action } = customers.next()!;
    person.busy = false;
    person.token = 'token';
    return { id: person.customer.id, action };
  });
}

describe('Customers', () => {
  test('the same seed asks the same, another seed something else', () => {
    expect(turns(500, 7)).toEqual(turns(500, 7));
    expect(turns(500, 7)).not.toEqual(turns(500, 8));
  });

  test('all log in first; between two requests of one customer all others have their turn', () => {
    const seen = turns(500, 7);
    expect(seen.slice(0, 50).every(({ action }) => action.method === 'Login')).toBe(true);
    expect(seen.slice(50).some(({ action }) => action.method === 'Login')).toBe(false);
    for (let at = 50; at < seen.length; at += 1) expect(seen[at]?.id).toBe(seen[at - 50]?.id);
  });

  test('one who waits for an answer is passed over, and logs in again if the login failed', () => {
    const customers = new Customers(population().slice(0, 3), 7);
    const [a, b, c] = [customers.next()!, customers.next()!, customers.next()!];
    expect(customers.next()).toBeUndefined();
    b.person.busy = false;
    expect(customers.next()).toMatchObject({ person: b.person, action: { method: 'Login' } });
    c.person.busy = false;
    a.person.busy = false;
    expect(customers.next()?.person).toBe(c.person);
  });
});
