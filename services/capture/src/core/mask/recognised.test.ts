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

describe('behind a colon, without quotes', () => {
  const basic = ['dXNlcjpw', 'YXNzd29yZA=='].join('');
  test.each([
    ['password: hunter', 'hunter'],
    ['password: hunterTwo for all', 'hunterTwo'],
    ['db:\n  password:        hunter   # of the night\n  port: 5432', 'hunter'],
    ['{user: ann, password: hunter, port: 5432}', 'hunter'],
    ['user: ann password: hunter host: db', 'hunter'],
    ['api_key: abcdefgh\r\nx: 1', 'abcdefgh'],
    ["curl -H 'Authorization: Basic abcdefgh' http://x", 'abcdefgh'],
    [`Authorization: Basic ${basic} was refused`, basic],
    [`proxy-authorization: basic ${basic}`, basic],
    ['Authorization: Bearer short', 'short'],
    [`authorization=Basic ${basic}`, basic],
    [`sent Basic ${basic} to it`, basic],
  ])('one word is a value: %s', (text, gone) => {
    for (const type of ['application/json', 'application/yaml', 'text/plain']) {
      const stored = type === 'application/json' ? json({ text }) : masked({ type, body: text });
      expect(stored).not.toContain(gone);
    }
  });

  test.each([
    'Password: required here',
    'password: must not be empty. PIN: wrong here',
    'Password: required! Note: it is',
    'Authorization: Basic authentication is off',
    'Basic information, basic understanding, BASIC program',
    'password policy: strict',
    'password: null',
  ])('several are prose: %s', (text) => {
    expect(json({ text })).toBe(JSON.stringify({ text }));
  });

  test('the scheme stays, and its credentials are the same wherever they stand', () => {
    const [one] = findSecrets(`Authorization: Basic ${basic}`);
    expect(findSecrets(`Basic ${basic}`)).toMatchObject([{ label: one?.label, canonical: basic }]);
    const token = 'abcdefgh'.repeat(2);
    const [bearer] = findSecrets(`Authorization: Bearer ${token}`);
    expect(findSecrets(`bearer ${token}`)).toMatchObject([{ label: bearer?.label, canonical: token }]);
  });
});

describe('by the name of what it stands in', () => {
  test.each([
    ['a key', 'application/json', '{"auth":{"user":"ann","pass":"hunter2"}}'],
    [
      'an element in a text in JSON',
      'application/json',
      '{"log":"sent <a:Password x=\\"1\\">hunter2</a:Password>"}',
    ],
    ['a section', 'text/plain', '<secret><![CDATA[hunter2]]></secret>'],
    ['an attribute in a text', 'text/plain', 'sent <Param name="password"> hunter2 </Param>'],
    ['an attribute in XML', 'application/xml', '<P><Param name="password">hunter2</Param></P>'],
    ['attributes in XML', 'application/xml', '<P><Param value="hunter2" key="pin"/></P>'],
    ['a set cookie', 'text/plain', 'got Set-Cookie: sid=hunter2; Path=/'],
    ['cookies', 'text/plain', "curl -H 'Cookie: a=1; sid=hunter2' x"],
    ['a column', 'text/csv', 'name,password\r\nann,hunter2\r\n'],
    ['a cell that is never closed', 'text/csv', 'name;pin\n"ann;hunter2\n'],
    ['a column of quoted cells', 'text/csv; charset=utf-8', '"user";"pin"\n"a;""\nb";"hunter2"\n"";"";x'],
    [
      'a card with blanks and dashes',
      'application/json',
      '{"x":"5500 0055-5555 5559 hunter2=","pass":"5559"}',
    ],
  ])('%s', (_, type, body) => {
    const stored = masked({ type, body });
    expect(stored).not.toMatch(/"hunter2"|hunter2[^=]|5559/);
    expect(stored).toMatch(/⟨masked:|\[[0-9a-f]{2,}|[0-9a-f]{5,}/);
  });

  test('of a table all other cells keep their bytes', () => {
    expect(masked({ type: 'text/csv', body: 'a,pin,"b"\r\n1,7,"x ""y"", z"\r\n,,\n"q\n",8' })).toMatch(
      /^a,pin,"b"\r\n1,⟨masked:pin:[0-9a-f]{16}⟩,"x ""y"", z"\r\n,,\n"q\n",⟨masked:pin:[0-9a-f]{16}⟩$/,
    );
  });

  test.each([
    ['application/json', '{"bypass":"a","boardingPass":"b","passed":"c","passCount":"d"}'],
    ['text/plain', 'enter <password> and <user>, <a name="pin">PIN</a> <b>x</b> <password/>x</p>'],
    ['application/xml', '<P><Param name="city">Bonn</Param><Param name="city" value="x"/></P>'],
    ['text/csv', 'name,city\nann,Bonn\n'],
    ['text/plain', 'Cookie: required, Set-Cookie: none'],
    ['text/plain', '5500.0055 5555.5559'],
  ])('and these are none: %s %s', (type, body) => expect(masked({ type, body })).toBe(body));
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
