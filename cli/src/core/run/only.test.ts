import { create } from '@bufbuild/protobuf';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { expect, test } from '@jest/globals';
import { onlyRoutes } from './only.ts';

const exact = (value: string) => ({ path: { case: 'pathExact' as const, value } });
const bank = create(MigrationSchema, {
  name: 'bank',
  routes: [
    { name: 'login', stayOnLegacy: true, match: [exact('/bank.v1.BankService/Login')] },
    {
      name: 'money',
      match: [exact('/bank.v1.BankService/Transfer'), exact('/bank.v1.BankService/GetBalance')],
    },
    { name: 'loans', match: [exact('/bank.v1.BankService/QuoteLoan')] },
  ],
});

function shapeOf(name: string, migration = bank) {
  const result = onlyRoutes(migration, name);
  if (!result.ok) return result.known;
  return result.migration.routes.map(
    (group) =>
      `${group.name}${group.stayOnLegacy ? ' stays' : group.shadowOnly ? ' mirrored' : ''}: ${group.match.map((match) => match.path.value?.split('/').at(-1)).join(' ')}`,
  );
}

test('a method becomes a group of its own, the rest of its group is mirrored only', () => {
  expect(shapeOf('Transfer')).toEqual([
    'login stays: Login',
    'transfer: Transfer',
    'money mirrored: GetBalance',
    'loans mirrored: QuoteLoan',
  ]);
});

test('a whole group keeps its name; so does a group whose every route has the name', () => {
  expect(shapeOf('money')).toEqual([
    'login stays: Login',
    'money: Transfer GetBalance',
    'loans mirrored: QuoteLoan',
  ]);
  expect(shapeOf('quoteloan')).toEqual([
    'login stays: Login',
    'money mirrored: Transfer GetBalance',
    'loans: QuoteLoan',
  ]);
});

test('what stays on legacy cannot be chosen; what can is named', () => {
  expect(shapeOf('Login')).toEqual(['money', 'loans', 'Transfer', 'GetBalance', 'QuoteLoan']);
});

test('the new name is free and allowed', () => {
  const taken = create(MigrationSchema, {
    routes: [
      { name: 'pay-now', stayOnLegacy: true, match: [exact('/a')] },
      { name: 'b', match: [exact('/x/Pay_Now'), exact('/x/other')] },
    ],
  });
  expect(shapeOf('pay_now', taken)).toEqual(['pay-now stays: a', 'pay-now-2: Pay_Now', 'b mirrored: other']);
});

test('the input is left as it is', () => {
  onlyRoutes(bank, 'Transfer');
  expect(bank.routes).toHaveLength(3);
});

test('a TCP route is a group as any other', () => {
  const both = create(MigrationSchema, {
    routes: bank.routes,
    tcp: [{ name: 'line' }, { name: 'telex' }],
  });
  const result = onlyRoutes(both, 'line');
  expect(result.ok && result.migration.tcp.map(({ name, shadowOnly }) => [name, shadowOnly])).toEqual([
    ['line', false],
    ['telex', true],
  ]);
  expect(shapeOf('line', both)).toContain('loans mirrored: QuoteLoan');
  expect(shapeOf('nothing', both)).toContain('telex');
});
