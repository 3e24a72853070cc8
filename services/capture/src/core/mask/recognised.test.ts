import { codecs } from '@chronos/arbiter/shell/codecs.ts';
import { describe, expect, test } from '@jest/globals';
import { keyedHashOf } from '../../shell/keyed-hash.ts';
import { findSecrets } from './find-secrets.ts';
import { maskExchange } from './mask-exchange.ts';
import { exchangeOf, rulesFor, type Said, type Told } from './testing.ts';

const hash = keyedHashOf('a key for tests, of 32 characters', 'bank');
const NBSP = '\u00a0';

function masked(said: Said, told: Told = {}): string {
  const exchange = exchangeOf({}, said);
  maskExchange(exchange, rulesFor(told, hash), codecs);
  return new TextDecoder().decode(exchange.response?.body);
}

const json = (value: unknown) => masked({ type: 'application/json', body: JSON.stringify(value) });

/** Made up at run time: scanners of repositories take them for real ones. */
const keys = [
  ['ghp', '_', 'a1B2'.repeat(9)],
  ['gho', '_', 'Zz09'.repeat(9)],
  ['github', '_pat_', `${'11ABCDEFG0'.repeat(2)}_${'x'.repeat(40)}`],
  ['sk', '_live_', '4eC39HqLyjWDarjtT1zdp7dc'],
  ['rk', '_live_', '4eC39HqLyjWDarjtT1zdp7dc'],
  ['AKI', 'A', 'IOSFODNN7EXAMPLE'],
  ['xox', 'b-', '123456789012-abcdefGHIJKL'],
  ['AIz', 'a', `${'Sy'.repeat(17)}_`],
].map((parts) => parts.join(''));
const pem = (end: string) =>
  ['-----BEGIN RSA PRIVATE', ' KEY-----', end, 'MIIEow', end, '-----END RSA PRIVATE', ' KEY-----'].join('');

describe('secrets that give themselves away', () => {
  test.each([
    ...keys.map((key) => [key, 'api-key', key] as const),
    [pem('\n'), 'private-key', 'MIIEow'],
    ['5500 0055 5555 5559'.replaceAll(' ', NBSP), 'card', '5500'],
    ['5500.0055.5555.5559', 'card', '5500'],
    ['5500\u20110055\u20115555\u20115559', 'card', '5500'],
    ['5500&nbsp;0055&nbsp;5555&nbsp;5559', 'card', '5500'],
    ['DE89.3704.0044.0532.0130.00', 'iban', '3704'],
    [`DE89${NBSP}3704${NBSP}0044${NBSP}0532${NBSP}0130${NBSP}00`, 'iban', '3704'],
    ['https://ann:hunter2@db.example/x', 'password', 'hunter2'],
    ['password=hunter2&x=1', 'password', 'hunter2'],
    ['{"pin": "91928"', 'pin', '91928'],
    ['PIN: 91928, please', 'pin', '91928'],
    ["the password 'hunter2' is wrong", 'password', 'hunter2'],
    ['<input name="pin" type=text value="91928">', 'pin', '91928'],
    ["<INPUT value='hunter2' type='password'>", 'password', 'hunter2'],
    ['<meta name="csrf-token" content="abc91928">', 'token', '91928'],
    ['cardNumber: 5500 0055 5555 5559.', 'card', '5559'],
  ])('%s', (secret, label, gone) => {
    const text = json({ note: `so ${secret} it is` });
    expect(text).toContain(`⟨masked:${label}:`);
    expect(text).not.toContain(gone);
    // In bytes of which nothing is known, at its length.
    const bytes = masked({ body: `\u0001${secret}\u0002`, type: 'application/octet-stream' });
    expect(bytes).not.toContain(gone);
    expect(new TextEncoder().encode(bytes)).toHaveLength(new TextEncoder().encode(secret).length + 2);
  });

  test.each([
    ['card', '5500005555555559', ['5500 0055 5555 5559', `5500${NBSP}0055${NBSP}5555${NBSP}5559`]],
    ['IBAN', 'DE89370400440532013000', ['DE89.3704.0044.0532.0130.00', 'DE89 3704 0044 0532 0130 00']],
    ['private key', pem('\n'), [pem('\r\n'), pem('\\n')]],
  ])('a %s is the same in all its notations', (_, plain, notations) => {
    const [expected] = findSecrets(plain);
    for (const notation of notations)
      expect(findSecrets(notation)).toMatchObject([{ canonical: expected?.canonical }]);
  });

  test.each([
    '5500.0055.5555.5558 1234.5678.9012.3456 2026.1123.0815.0001',
    'order 1234567890123 of 1732280000000, 0.4111111111111111',
    'DE89.3704 DE12 3456 7890 1234 5678 90 v1.2.3',
    'https://host:8080/a@b http://x/?mail=a:b@c',
    'Password: required. PIN: wrong! if (token == null) token => 1',
    'AKIA ghp_short sk_live_ xoxb- task_live_4eC39HqLyjWDarjtT1zdp7dc',
    '-----BEGIN CERTIFICATE----- MIIEow -----END CERTIFICATE-----',
    '<input name="city" value="Bonn"> password=*** token=null',
  ])('and these are none: %s', (text) => expect(json({ text })).toBe(JSON.stringify({ text })));
});

test('account and card numbers by the names of their keys, names and values in members of their own', () => {
  const text = json({
    accountNumber: '70012345678',
    debtorAccountNo: 70012345678,
    fields: [
      { name: 'password', value: 'hunter2' },
      { value: 'hunter3', name: 'pin' },
      { name: 'city', value: 'Bonn' },
    ],
    accountNumbers: 2,
    accountType: 'x',
  });
  for (const gone of ['70012345678', 'hunter2', 'hunter3']) expect(text).not.toContain(gone);
  expect(text).toContain('{"name":"city","value":"Bonn"}');
  expect(text).toContain('"accountType":"x"');
});

describe('a declared field in what has no fields: the whole body is hashed', () => {
  const told: Told = { fields: ['body.member', 'body.data.id'], recognise: false };
  test.each([
    ['a page', 'text/html', '<html><script>{"member":"M-77"}</script><p>Hello M-77</p></html>'],
    ['a page in Latin 1', 'text/html; charset=iso-8859-1', '<p>M-77 \u00e9'],
    ['a page without a type', '', '<!DOCTYPE html><p>M-77'],
    ['tags of any kind', 'text/plain', 'see <b>M-77</b>'],
    ['a text that names it', 'text/plain', 'Mem-ber: M-77'],
    ['a table that names it', 'text/csv', 'id;amount\nM-77;5\n'],
  ])('%s', (_, type, body) => {
    expect(masked({ body, type }, told)).toMatch(/^⟨masked:body:bytes:[0-9a-f]{16}⟩$/);
    expect(masked({ body, type }, { recognise: false })).toContain('M-77');
  });

  test('what neither names it nor has a structure stays', () =>
    expect(masked({ body: 'pong, I did', type: 'text/plain' }, told)).toBe('pong, I did'));

  test('JSON in a field of a form is read, and what is none is masked', () => {
    const type = 'application/x-www-form-urlencoded';
    expect(masked({ type, body: 'data={"id":"M-77","x":1}' }, told)).toMatch(
      /^data={"id":"⟨masked:value:[0-9a-f]{16}⟩","x":1}$/,
    );
    expect(masked({ type, body: 'data=<id>M-77' }, told)).not.toContain('M-77');
    const part = '--B\r\nContent-Disposition: form-data; name="data"\r\n\r\n{"id":"M-77"}\r\n--B--';
    expect(masked({ type: 'multipart/form-data; boundary=B', body: part }, told)).not.toContain('M-77');
  });
});

test('a password in the URL of a header', () => {
  const exchange = exchangeOf({}, { headers: [['location', 'https://ann:hunter2@db.example/x']] });
  maskExchange(exchange, rulesFor({}, hash), codecs);
  expect(new TextDecoder().decode(exchange.response?.headers[0]?.value)).toMatch(
    /^https:\/\/ann:⟨masked:password:[0-9a-f]{16}⟩@db.example\/x$/,
  );
});
