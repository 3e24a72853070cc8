import { describe, expect, test } from '@jest/globals';
import { MERCHANT_ACCOUNTS, population } from './population.ts';

describe('population', () => {
  const customers = population();

  test('never changes: both banks, their tests and the traffic rely on it', () => {
    expect(customers[2]).toEqual({
      id: 'C00003',
      name: 'Tony Berger',
      pin: '9391',
      vip: true,
      creditScore: 458,
      accounts: [
        { id: '1000031', kind: 'current', blocked: false, openingCents: 813_240n },
        { id: '1000032', kind: 'savings', blocked: false, openingCents: 9_289_990n },
      ],
    });
    expect(population()).toEqual(customers);
  });

  test('400 customers with distinct ids and accounts, a tenth of them VIP', () => {
    const accounts = customers.flatMap(({ accounts }) => accounts.map(({ id }) => id));
    expect(new Set([...accounts, ...MERCHANT_ACCOUNTS]).size).toBe(820);
    expect(accounts.every((id) => /^\d{7}$/.test(id))).toBe(true);
    expect(customers.filter(({ vip }) => vip)).toHaveLength(40);
  });

  test('scores and balances are spread', () => {
    expect(customers.every(({ creditScore }) => creditScore >= 300 && creditScore <= 850)).toBe(true);
    expect(new Set(customers.map(({ creditScore }) => creditScore)).size).toBeGreaterThan(200);
    expect(
      customers.every(({ accounts }) => accounts.every(({ openingCents }) => openingCents >= 500_000n)),
    ).toBe(true);
  });
});
