import { codecs } from '@chronos/arbiter/shell/codecs.ts';
import { describe, expect, test } from '@jest/globals';
import { keyedHashOf } from '../../shell/keyed-hash.ts';
import { maskExchange } from './mask-exchange.ts';
import { exchangeOf, rulesFor } from './testing.ts';

const hash = keyedHashOf('a key for tests, of 32 characters', 'bank');

function masked(type: string, body: string): string {
  const exchange = exchangeOf({}, { type, body });
  maskExchange(exchange, rulesFor({}, hash), codecs);
  return new TextDecoder().decode(exchange.response?.body);
}

/** Whatever is masked without need is no longer compared by what it says: each stays as it is, byte for byte. */
describe('what is no secret stays', () => {
  test.each([
    '{"passenger":"Ann","compass":"N","bypass":true,"pass_rate":0.98,"pass_count":7,"passed":"yes","boardingPass":"B-7","bus_pass":"z","first_pass":"p"}',
    '{"text":"Your boarding pass is attached. Please pass the salt: quickly, and pass: go on"}',
    '{"order":"4111111111111112","orders":[4111111111111112,5500005555555558],"isbn":"978-3-16-148410-0","isbn13":9783161484100}',
    '{"amount":4111.1111,"sum":"4111.1111 1111.1111","price":"1,234.56","total":4.111111111111112e15}',
    '{"fields":["name","password"],"required":["user","password"],"message":"x"}',
    '{"columns":["user","city"],"rows":[["ann","Bonn"]]}',
    '{"name":"city","value":"Bonn","path":"/users/7","input":"x","loc":["body","city"]}',
    '{"path":"/login/password","method":"POST","status":422}',
    '{"args":["--user","ann","--verbose","x"],"list":[["user","ann"],["city","Bonn"]]}',
    '{"cookie":"accepted","cookies":true,"cookiePolicy":"strict","cookie_banner":{"shown":true}}',
    '{"csv":"user,city\\nann,Bonn\\n","prose":"Hello, password\\nis what you need, they said"}',
    '{"query":"mutation L($password: String!, $pin: Int) { login(password: $password) { id } }"}',
    '{"template":"password=\u0024{DB_PASSWORD} token={{token}}","schema":{"a":"password: string"}}',
    '{"html":"<b>Hello</b>","xml":"<a>1</a>","broken":"<a>1","json":"[1,2]","half":"{"}',
    '{"key":"user.city","value":"Bonn"}',
    '{"name":"pin","minValue":4,"max_value":12,"type":"string"}',
    '{"nextPageToken":"abc","uploadToken":"x","continuation_token":"y","tokens":5,"cardToken":"z"}',
    '[["user","city"],["ann","Bonn"]]',
    '{"value":"x","label":"y","name":"city"}',
    '{"pinned":true,"shopping":"x","spin":"up","tokenType":"Bearer","token_type":"x","secretary":"Ann","codeReview":"ok"}',
  ])('JSON: %s', (body) => expect(masked('application/json', body)).toBe(body));

  test.each([
    'The password is required. Your PIN is wrong. The token is expired, the code is 4-digit.',
    'Is 12345 the answer? It is 12345. The list 12345 is last 98765.',
    'Token::Parse(x) secret::key a::b password::Hash',
    'if (token => 1) {} pin == 7 token != null password === x',
    'user may pass; login and password reset are separate. user password policy applies here',
    '--password is required; --token --verbose; -- password',
    '--user 1000:1000 --user ann --user-agent a:b',
    'a|553=ann|55=x| 554=7 of 1554=9',
    'jdbc:oracle:thin:@//db.example:1521/BANK thin:ice/x',
    '4111 1111\n1111 1112\n4111\n1111\n1111\n1111\n',
    '4111\n1111\n1111\n1111',
    'rates 1.2345 1.2346 1.2347; 2026-11-23 14:00:01; +49 170 1234567',
    'name: city\nvalue: Bonn\n',
    '<p>Password: <input name="x"> <b>PIN:</b> required</p><th>Password</th><th>City</th>',
    '| user | password |\n|------|----------|\n',
    '1234 is the answer, 1234 is your order; a/b/c 2026/11/23 1111/2222',
    'sort -u a:b -u 1:2',
    'passwords:\n  - host: a\n',
    'Password:\nLogin\nUser:\n',
    'password:\n  host: db\n  list:\n    - a\n',
    'Ann, password\nBonn, is what you typed',
    'PASSWORD VARCHAR(255) NOT NULL, pin: integer, token: string[]',
    '<entry><key>user</key><value>ann</value></entry>',
  ])('text: %j', (body) => expect(masked('text/plain', body)).toBe(body));

  test.each([
    '<r><name>city</name><value>Bonn</value><pass_rate>1</pass_rate><bypass>no</bypass></r>',
    '<dict><key>user</key><string>ann</string><key>city</key><string>Bonn</string></dict>',
    '<r><name>password</name><label>Password</label></r>',
    '<r><text>&lt;b&gt;Hello&lt;/b&gt;</text><passenger>Ann</passenger></r>',
  ])('XML: %s', (body) => expect(masked('application/xml', body)).toBe(body));

  test.each([
    ['text/csv', 'passenger,city\nAnn,Bonn\n'],
    ['application/x-www-form-urlencoded', 'passenger=Ann&bypass=1&compass=N&RelayState=home'],
    [
      'multipart/mixed; boundary=B',
      '--B\r\nContent-Type: application/json\r\n\r\n{"passenger":"Ann"}\r\n--B\r\nContent-Type: text/csv\r\n\r\na,b\n1,2\n\r\n--B--\r\n',
    ],
  ])('%s', (type, body) => expect(masked(type, body)).toBe(body));
});

describe('one secret has one mask wherever it stands, and another one another', () => {
  const masks = (type: string, body: string) => masked(type, body).match(/⟨masked:[^⟩]*⟩/g) ?? [];
  const wrap = (secret: string): readonly (readonly [string, string])[] => [
    ['application/json', `{"password":"${secret}"}`],
    ['application/json', `[["user","ann"],["password","${secret}"]]`],
    ['application/json', `{"op":"replace","path":"/user/password","value":"${secret}"}`],
    ['application/json', `{"loc":["body","password"],"input":"${secret}"}`],
    ['application/json', `{"columns":["user","password"],"rows":[["ann","${secret}"]]}`],
    ['application/json', `{"columns":["user","password"],"values":["ann","${secret}"]}`],
    ['application/json', `["--password","${secret}"]`],
    ['application/json', `{"csv":"user,password\\nann,${secret}\\n"}`],
    ['application/json', `{"xml":"<r><password>${secret}</password></r>"}`],
    ['application/json', `{"xml":"<r><Param name='password'>${secret}</Param></r>"}`],
    ['application/xml', `<r><name>password</name><value>${secret}</value></r>`],
    ['application/xml', `<dict><key>password</key><string>${secret}</string></dict>`],
    ['application/xml', `<r><![CDATA[{"password":"${secret}"}]]></r>`],
    ['text/csv', `user,password\nann,${secret}\n`],
    ['text/plain', `user;password\nann;${secret}\n`],
    ['text/plain', `password: |\n  ${secret}\nport: 1\n`],
    ['text/plain', `password:\n  ${secret}\nport: 1\n`],
    ['text/plain', `- name: DB_PASSWORD\n  value: ${secret}\n- name: x\n`],
    ['text/plain', `:password => "${secret}", :x => 1`],
    ['text/plain', `8=FIX.4.4\u0001553=ann\u0001554=${secret}\u000110=1\u0001`],
    ['text/plain', `x --password ${secret} --y`],
    ['text/plain', `your password is: ${secret}`],
    ['text/plain', `login ann password ${secret}`],
    ['text/plain', `jdbc:oracle:thin:ann/${secret}@db`],
    ['text/plain', `identified by '${secret}'`],
    ['text/plain', `Pwd=${secret};Port=1`],
    [
      'multipart/form-data; boundary=B',
      `--B\r\nContent-Disposition: form-data; name="password"\r\n\r\n${secret}\r\n--B--`,
    ],
    [
      'multipart/mixed; boundary=B',
      `--B\r\nContent-Type: application/json\r\n\r\n{"password":"${secret}"}\r\n--B--`,
    ],
    ['application/x-www-form-urlencoded', `password=${encodeURIComponent(secret)}`],
  ];

  test.each(wrap('Zo\u00eb-hunter2').map((each, at) => [...each, at] as const))('%s %s', (type, body, at) => {
    const [expected] = masks('application/json', '{"password":"Zo\u00eb-hunter2"}');
    expect(masks(type, body)).toEqual([expected]);
    const [otherType, other] = wrap('Zo\u00eb-hunter3')[at] ?? ['', ''];
    expect(masks(otherType, other)).not.toEqual([expected]);
  });

  test('cards in all their notations, as texts and as numbers', () => {
    const plain = masks('application/json', '{"a":"4111111111111111"}');
    for (const spelt of [
      '4111-1111 1111-1111',
      '4111\u00a01111 1111\u20111111',
      '4111 - 1111 - 1111 - 1111',
      '4111  1111  1111  1111',
      '4111.1111.1111.1111',
      '4111 1111\r\n  1111 1111',
      '4111-1111-\n1111-1111',
    ])
      expect(masks('application/json', JSON.stringify({ a: spelt }))).toEqual(plain);
    const number = masks('application/json', '{"a":4111111111111111}');
    expect(masks('application/json', '{"a":4.111111111111111e15}')).toEqual(number);
    expect(masks('application/json', '{"a":4111111111111111.0}')).toEqual(number);
    expect(number).not.toEqual(plain);
  });

  test('of a track all is one mask, and another service code makes another', () => {
    const track = (rest: string) => masks('text/plain', `x: ;4111111111111111${rest}?`);
    expect(masked('text/plain', '%B4111111111111111^ANN/A^29121011234?')).toMatch(/^%B\[[0-9a-f]+\]\?$/);
    expect(track('=29121011234')).toEqual(track('=29121011234'));
    expect(masked('text/plain', ';4111111111111111=29121011234?')).toMatch(/^;\[[0-9a-f]+\]\?$/);
  });

  test('a cookie in JSON keeps its name and its attributes', () => {
    expect(
      masked('application/json', '{"Set-Cookie":["sid=hunter2; Path=/; HttpOnly"],"cookie":"a=1; b=2"}'),
    ).toMatch(
      /^\{"Set-Cookie":\["sid=⟨masked:cookie:[0-9a-f]{16}⟩; Path=\/; HttpOnly"\],"cookie":"⟨masked:cookie:[0-9a-f]{16}⟩"\}$/,
    );
  });
});
