import type { SeedCustomer } from '@chronos/bank-data/population.ts';
import { type Action, login, nextAction } from './mix.ts';
import { type Random, randomNumbers, shuffled } from './random.ts';

/** One customer at the keyboard: one request at a time, logged in by the first. */
export interface Person {
  readonly customer: SeedCustomer;
  token: string | undefined;
  busy: boolean;
  readonly random: Random;
}

/**
 * Whose turn it is. Customers take turns in a fixed shuffled order, so one customer's requests are about `customers / rate` apart. A customer
 * who waits for an answer, or thinks about it, is passed over.
 */
export class Customers {
  readonly #people: readonly Person[];
  #turn = 0;

  constructor(customers: readonly SeedCustomer[], seed: number) {
    this.#people = shuffled(randomNumbers(seed), customers).map((customer, i) => ({
      customer,
      token: undefined,
      busy: false,
      random: randomNumbers(seed * 1_000_003 + i),
    }));
  }

  /** The next customer who is free, now busy, and what the customer wants; undefined if all are waiting for answers. */
  next(): { person: Person; action: Action } | undefined {
    for (let passed = 0; passed < this.#people.length; passed += 1) {
      const person = this.#people[this.#turn]!;
      this.#turn = (this.#turn + 1) % this.#people.length;
      if (person.busy) continue;
      person.busy = true;
      const action =
        person.token === undefined ? login(person.customer) : nextAction(person.customer, person.random);
      return { person, action };
    }
    return undefined;
  }
}
