/** JSON of about this many bytes, of the kind that services send: a few accounts, of each one field in six a secret. */
export function jsonBody(bytes: number): Buffer {
  const account = (id: number) => ({
    id: `A-${1000 + id}`,
    owner: 'Ada Lovelace, 12 St James’s Square',
    balance: `${1234 + id}.50`,
    opened: '2026-11-22T14:43:00Z',
    iban: 'DE89370400440532013000',
    limits: { daily: 500, monthly: 2500.75, currency: 'EUR' },
  });
  const accounts = [];
  while (JSON.stringify({ accounts }).length < bytes) accounts.push(account(accounts.length));
  return Buffer.from(JSON.stringify({ accounts }));
}
