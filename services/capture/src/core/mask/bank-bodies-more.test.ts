import { codecs } from '@chronos/arbiter/shell/codecs.ts';
import { expect, test } from '@jest/globals';
import { keyedHashOf } from '../../shell/keyed-hash.ts';
import { maskExchange } from './mask-exchange.ts';
import { exchangeOf, rulesFor } from './testing.ts';

/** A second hundred of bodies, written against the rules that the first (bank-bodies.test.ts) led to. */

const hash = keyedHashOf('a key for tests, of 32 characters', 'bank');

function masked(type: string, body: string | Uint8Array): string {
  const exchange = exchangeOf({}, { type, body });
  maskExchange(exchange, rulesFor({}, hash), codecs);
  return new TextDecoder().decode(exchange.response?.body);
}

const JSON_TYPE = 'application/json';
const XML = 'application/xml';
const TEXT = 'text/plain';
const FORM = 'application/x-www-form-urlencoded';
const PAGE = 'text/html';
/** In parts, for scanners of repositories. */
const KEY = ['PRIVATE', 'KEY'].join(' ');

/** `hunter2`, `hunter3`, the digits of PINs, cards and IBANs must be gone. */
const more: readonly (readonly [name: string, type: string, body: string])[] = [
  [
    'json5-ish js',
    'application/javascript',
    `window.__CFG = {user: 'ann', password: 'hunter2', pin: 9192837};`,
  ],
  ['jsonp', 'application/javascript', `callback({"password":"hunter2","pin":9192837})`],
  ['html data attr', PAGE, `<div data-password="hunter2" data-user="ann"></div>`],
  ['html script json', PAGE, `<script>var x={"token":"hunter2","pin":9192837}</script>`],
  ['html table', PAGE, `<tr><th>Password</th><td>hunter2</td></tr>`],
  ['html dl', PAGE, `<dl><dt>PIN</dt><dd>9192837</dd></dl>`],
  ['html textarea', PAGE, `<textarea name="password">hunter2</textarea>`],
  ['html select', PAGE, `<label for="pin">PIN</label><span id="pin">9192837</span>`],
  ['xml attrs with ns', XML, `<a:login xmlns:a="x" a:password="hunter2"/>`],
  [
    'xml name as attr + nested',
    XML,
    `<attr name="password"><list><v>hunter2</v><v>hunter3</v></list></attr>`,
  ],
  ['xml Key Value caps', XML, `<KeyValue><Key>Password</Key><Value>hunter2</Value></KeyValue>`],
  ['xml attr pairs', XML, `<e k="password" v="hunter2"/>`],
  ['xml in text truncated', TEXT, `<Login><user>ann</user><password>hunter2</pass`],
  ['xml cdata password', XML, `<password><![CDATA[hunter2]]></password>`],
  ['xml pi', XML, `<?config password="hunter2"?><a/>`],
  ['xml comment', XML, `<a><!-- password=hunter2 --></a>`],
  ['xml dtd', XML, `<!DOCTYPE a [<!ENTITY p "hunter2">]><a><password>&p;</password></a>`],
  ['xml upper PASS', XML, `<REQ><USERID>ann</USERID><PASS>hunter2</PASS><USERPASS>hunter3</USERPASS></REQ>`],
  ['OFX SGML', 'application/x-ofx', `<OFX><SONRQ><USERID>ann\n<USERPASS>hunter2\n<LANGUAGE>ENG\n`],
  ['OFX CCNUM', 'application/x-ofx', `<CCACCTFROM><ACCTID>4111111111111111\n</CCACCTFROM>`],
  ['json nested arr', JSON_TYPE, `{"password":["hunter2",{"x":"hunter3"}]}`],
  ['json num pin', JSON_TYPE, `{"newPin":9192837,"pinCode":"9192837"}`],
  ['json keys dotted', JSON_TYPE, `{"spring.datasource.password":"hunter2","user.pass":"hunter3"}`],
  ['json name w case', JSON_TYPE, `{"Name":"Password","Value":"hunter2"}`],
  ['json name label type value', JSON_TYPE, `{"type":"password","id":"f1","value":"hunter2"}`],
  ['json type hidden', JSON_TYPE, `{"fieldType":"PASSWORD","fieldValue":"hunter2"}`],
  ['json value far before name', JSON_TYPE, `{"value":"hunter2","label":"x","name":"password"}`],
  ['json key/values arr', JSON_TYPE, `{"key":"password","values":["hunter2","hunter3"]}`],
  [
    'json form map arr',
    JSON_TYPE,
    `{"password[0]":"hunter2","login[password]":"hunter3","user.password[]":"hunter2"}`,
  ],
  ['form bracket', FORM, `user[name]=ann&user[password]=hunter2&pin[]=9192837`],
  ['form json', FORM, `payload={"password":"hunter2"}`],
  [
    'form enc json',
    FORM,
    `payload=${encodeURIComponent('{"password":"hunter2","x":[{"name":"pin","value":"9192837"}]}')}`,
  ],
  ['form xml', FORM, `xml=${encodeURIComponent('<a><password>hunter2</password></a>')}`],
  ['form semicolon', FORM, `user=ann;password=hunter2`],
  ['json url query', JSON_TYPE, `{"url":"https://x/y?user=ann&password=hunter2&access_token=hunter3"}`],
  ['json fragment', JSON_TYPE, `{"u":"https://x/cb#access_token=hunter2&state=1"}`],
  [
    'json header lines',
    JSON_TYPE,
    `{"raw":"POST / HTTP/1.1\\r\\nX-Auth-Token: hunter2\\r\\nCookie: a=hunter3"}`,
  ],
  ['json curl', JSON_TYPE, `{"cmd":"curl -u ann:hunter2 -H 'X-Api-Key: hunter3' https://x"}`],
  ['openssl', TEXT, `openssl rsa -passin pass:hunter2 -in x`],
  ['env json', JSON_TYPE, `{"PGPASSWORD":"hunter2","MYSQL_PWD":"hunter3","x":"y"}`],
  ['PGPASSWORD', TEXT, `PGPASSWORD=hunter2 psql -h db`],
  ['redis url', JSON_TYPE, `{"r":"redis://:hunter2@cache:6379/0","a":"amqp://ann:hunter3@mq"}`],
  ['mongo', JSON_TYPE, `{"m":"mongodb+srv://ann:hunter2@c.example/x?y=1"}`],
  ['sas', JSON_TYPE, `{"c":"Endpoint=sb://x/;SharedAccessKeyName=Root;SharedAccessKey=hunter2="}`],
  ['aws sig url', TEXT, `https://x/y?X-Amz-Credential=a&X-Amz-Signature=hunter2&X-Amz-Expires=9`],
  ['graphql vars arr', JSON_TYPE, `{"variables":[{"name":"pwd","value":{"s":"hunter2"}}]}`],
  ['protobuf text', TEXT, `user: "ann"\npassword: "hunter2"\npin: 9192837\n`],
  ['yaml flow', 'application/yaml', `db: {user: ann, password: hunter2, port: 1}\n`],
  ['yaml anchors', 'application/yaml', `password: &pw hunter2\nagain: *pw\n`],
  ['yaml tag', 'application/yaml', `password: !vault hunter2\n`],
  ['yaml list', 'application/yaml', `passwords:\n  - hunter2\n  - hunter3\n`],
  ['yaml key/val', 'application/yaml', `- key: password\n  val: hunter2\n`],
  ['toml triple', 'application/toml', `password = """hunter2"""\n`],
  ['ini spaces', TEXT, `[a]\npassword=hunter2 hunter3\nuser=ann\n`],
  ['log structured', TEXT, `level=info msg="user login" password="hunter2" pin=9192837`],
  ['log brackets', TEXT, `[password=hunter2] [pin:9192837] (pwd: hunter3)`],
  ['log pipe table', TEXT, `| user | password |\n|------|----------|\n| ann | hunter2 |\n`],
  ['csv quoted hdr', 'text/csv', `"user","Passwort"\n"ann","hunter2"\n`],
  ['csv tab', TEXT, `user\tpin\nann\t9192837\n`],
  ['csv with bom', 'text/csv', `\ufeffpassword,user\nhunter2,ann\n`],
  ['csv sep=', 'text/csv', `sep=;\nuser;password\nann;hunter2\n`],
  ['csv comment', 'text/csv', `# export\nuser,password\nann,hunter2\n`],
  ['json csv rows hdr', JSON_TYPE, `[["user","password"],["ann","hunter2"]]`],
  [
    'json columns obj',
    JSON_TYPE,
    `{"columns":[{"name":"user","type":"s"},{"name":"password","type":"s"}],"data":[["ann","hunter2"]]}`,
  ],
  [
    'json deep str',
    JSON_TYPE,
    JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ password: 'hunter2' }) }) }),
  ],
  ['json esc key', JSON_TYPE, `{"pass\\u0077ord":"hunter2"}`],
  ['json trailing', JSON_TYPE, `{"password":"hunter2",}`],
  ['json w/ comments', JSON_TYPE, `{/* c */"password":"hunter2"}`],
  ['ndjson text', TEXT, `{"a":1}\n{"password":"hunter2"}\n`],
  ['sse', 'text/event-stream', `event: x\ndata: {"password":"hunter2"}\n\ndata: pin=9192837\n\n`],
  ['card 4-4-4-4 nl', TEXT, `4111 1111 1111\n1111`],
  ['card slash', TEXT, `4111/1111/1111/1111`],
  ['card under', TEXT, `4111_1111_1111_1111`],
  ['card prefix word', TEXT, `PAN4111111111111111 CARD#4111111111111111`],
  ['card amex', TEXT, `3782 822463 10005`],
  ['card amex dash', TEXT, `3782-822463-10005`],
  ['card in id', JSON_TYPE, `{"id":"txn_4111111111111111_1"}`],
  ['card float str', JSON_TYPE, `{"a":"4111111111111111.00"}`],
  ['iban lower', JSON_TYPE, `{"a":"de89370400440532013000","b":"de89 3704 0044 0532 0130 00"}`],
  ['iban prefix', TEXT, `IBANDE89370400440532013000 IBAN:DE89370400440532013000 iban_DE89370400440532013000`],
  ['iban path', TEXT, `/accounts/DE89370400440532013000/tx`],
  ['bearer lower', TEXT, `authorization: bearer hunter2hunter2hunter2`],
  ['token hdr', TEXT, `X-Vault-Token: hunter2\nX-Amz-Security-Token: hunter3`],
  ['digest json', JSON_TYPE, `{"Authorization":"Digest username=\\"ann\\", response=\\"hunter2\\""}`],
  ['jwt in xml', XML, `<t>eyJhbGciOiJub25lIn0.eyJodW50ZXIyIjoxfQ.hunter2sig</t>`],
  ['mail PIN strong', PAGE, `<p>PIN: <strong>9192837</strong></p>`],
  ['sms', TEXT, `9192837 is your verification code`],
  ['pkcs', TEXT, `-----BEGIN ENCRYPTED ${KEY}-----\nhunter2\n-----END ENCRYPTED ${KEY}-----`],
  ['ssh', TEXT, `-----BEGIN OPENSSH ${KEY}-----\nhunter2\n-----END OPENSSH ${KEY}-----`],
  ['pem in json no nl', JSON_TYPE, `{"key":"-----BEGIN ${KEY}-----\\nhunter2\\n-----END ${KEY}-----\\n"}`],
  ['soap fault detail', XML, `<faultstring>Invalid password 'hunter2' for user ann</faultstring>`],
  [
    'securestring',
    JSON_TYPE,
    `{"passwordHash":"hunter2","password_hash":"hunter3","hashedPassword":"hunter2"}`,
  ],
  [
    'security answer',
    JSON_TYPE,
    `{"securityAnswer":"hunter2","secret_answer":"hunter3","memorableWord":"hunter2"}`,
  ],
];

test.each(more)('%s', (_, type, body) => {
  const stored = masked(type, body);
  for (const secret of ['hunter2', 'hunter3', '9192837', '1111', '822463', '44053201'])
    if (body.includes(secret)) expect(stored).not.toContain(secret);
});
