import { ListTransactionsRequestSchema, TransferRequestSchema } from '@chronos/proto/bank/v1/bank_pb.js';
import { describe, expect, test } from '@jest/globals';
import { messageOfForm } from './form-fields.ts';

describe('messageOfForm', () => {
  test('takes texts and whole numbers by their JSON names, the last of several', () => {
    const form = new URLSearchParams('accountId=1&limit=07&accountId=1000031&colour=red');
    expect(messageOfForm(ListTransactionsRequestSchema, form)).toMatchObject({
      accountId: '1000031',
      limit: 7,
    });
    expect(
      messageOfForm(TransferRequestSchema, new URLSearchParams('text=a+%26+%C3%9C&amount=1.00')),
    ).toMatchObject({ text: 'a & Ü', amount: '1.00', fromAccount: '' });
  });

  test.each(['-1', '1.5', 'ten', '1234567890'])('limit=%s is refused', (limit) => {
    expect(() =>
      messageOfForm(ListTransactionsRequestSchema, new URLSearchParams({ accountId: '1000031', limit })),
    ).toThrow('limit: expected a whole number of at most 9 digits');
  });
});
