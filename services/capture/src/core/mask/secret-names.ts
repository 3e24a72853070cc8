/** Names under which secrets stand, in lower case without separators, each with what its mask is called. */
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    password: [
      ...['password', 'passwd', 'pwd', 'pass', 'passphrase', 'passcode'],
      ...['passwort', 'kennwort', 'motdepasse', 'contrasena', 'contraseña'],
      ...['dbpass', 'userpass', 'smtppass', 'passwordhash', 'passwordsalt'],
    ],
    pin: ['pin', 'pincode', 'pinblock', 'puk', 'geheimzahl'],
    secret: [
      ...['secret', 'privatekey', 'secretkey', 'secretaccesskey', 'signingkey', 'encryptionkey'],
      ...['hmackey', 'sharedkey', 'sharedaccesskey', 'masterkey', 'codeverifier'],
      ...['securityanswer', 'secretanswer', 'memorableword', 'amzsignature', 'googsignature'],
    ],
    'one-time': [
      ...['totp', 'otp', 'onetimepassword', 'onetimepasscode', 'onetimepin', 'onetimecode'],
      ...['mfacode', 'verificationcode', 'recoverycode', 'backupcode', 'tan'],
    ],
    token: [
      ...['binarysecuritytoken', 'samlresponse', 'clientassertion'],
      'token',
      'accesstoken',
      'refreshtoken',
      'idtoken',
      'sessiontoken',
      'authtoken',
      'csrftoken',
      'xsrftoken',
      'bearertoken',
      'jwt',
      'bearer',
      'authorization',
      'proxyauthorization',
    ],
    'api-key': ['apikey', 'authkey'],
    account: [
      ...['accountnumber', 'accountno', 'accountnum', 'acctnumber', 'acctno', 'acctnum', 'bban'],
      ...['kontonummer', 'kontonr', 'numerodecuenta', 'numerodecompte', 'rekeningnummer'],
    ],
    card: [
      'cardnumber',
      'cardno',
      'cardnum',
      'ccnumber',
      'primaryaccountnumber',
      'kartennummer',
      'track1',
      'track2',
      'track1data',
      'track2data',
    ],
    'card-code': ['cvv', 'cvc', 'cvv2', 'cvc2', 'securitycode', 'cardverificationcode'],
  }).flatMap(([label, names]) => names.map((name) => [name, label] as const)),
);

/** A name for which the word before it must be known, too: a `boardingPass` is none. */
const NEVER_LAST: ReadonlySet<string> = new Set(['pass']);

/** Whose `pass` is a password. */
const OF_PASS: ReadonlySet<string> = new Set([
  ...['user', 'usr', 'admin', 'root', 'owner', 'client', 'customer', 'account', 'login', 'auth', 'basic'],
  ...['db', 'database', 'mysql', 'pg', 'postgres', 'oracle', 'redis', 'mongo', 'mq', 'kafka', 'ldap'],
  ...['smtp', 'imap', 'mail', 'email', 'ftp', 'sftp', 'ssh', 'http', 'proxy', 'wifi', 'vpn'],
  ...['key', 'keystore', 'truststore', 'store', 'cert', 'new', 'old', 'current', 'confirm', 'repeat'],
]);

/** Whose token lets somebody in; the token of a page or of an upload does not. */
const OF_TOKEN: ReadonlySet<string> = new Set([
  ...['access', 'refresh', 'id', 'session', 'auth', 'oauth', 'sso', 'csrf', 'xsrf', 'bearer', 'security'],
  ...['api', 'private', 'personal', 'user', 'admin', 'master', 'login', 'reset', 'verification'],
  ...['activation', 'invite', 'service', 'deploy', 'bot', 'vault', 'device', 'push', 'secret'],
]);

/** One word without signs in it: `PGPASSWORD`. */
const ENDING = /(?:password|passwd|passphrase|passwort|kennwort)s?\d{0,2}$/;

/** Names that say the same with words before them, and in the plural: `userPassword`, `aws_secret_access_key`, `webhook-secret`, `backupCodes`. */
const LAST_WORDS: ReadonlySet<string> = new Set(
  ['password', 'pin', 'secret', 'one-time', 'api-key', 'account', 'card', 'card-code']
    .flatMap((label) => [...NAMES].filter(([, of]) => of === label).map(([name]) => name))
    .filter((name) => !NEVER_LAST.has(name)),
);

/** With these first, a name asks for yes or no: `hasPassword`. */
const QUESTIONS: ReadonlySet<string> = new Set([
  'is',
  'has',
  'requires',
  'require',
  'required',
  'needs',
  'use',
  'uses',
  'can',
  'no',
]);

/** Members, attributes and elements that say what the value beside them is: `{"name": "pin", "value": …}`, `<param name="pin">`. */
export const NAMING = 'name|key|k|id|field|field_?name|param|parameter|property|attribute|variable';

const NAMING_KEY = new RegExp(`^(?:${NAMING})$`, 'i');

export function isNaming(key: string): boolean {
  return NAMING_KEY.test(key);
}

/** The value beside it: `value`, `stringValue`, `rejected_value`. */
export function isNamed(key: string): boolean {
  return /^(?:v|val|(?:(?!min|max|has|is|allow)[a-z]{1,16}_?)?values?)$/i.test(key);
}

/** A longer key is no name that somebody chose, however long it is. */
const NAME_CHARS_MAX = 64;

/** What the value under this key is called when its key says that it is a secret: `access_token`, `X-Api-Key`, `newPin`. */
export function secretName(key: string): string | undefined {
  if (key.length > NAME_CHARS_MAX) return undefined;
  if (known.has(key)) return known.get(key);
  if (known.size >= KNOWN_MAX) known.clear();
  const label = labelOf(key);
  known.set(key, label);
  return label;
}

/** Keys come again and again, and there are few of them; a flood of others only costs what it saves. */
const known = new Map<string, string | undefined>();
const KNOWN_MAX = 2_000;

function labelOf(key: string): string | undefined {
  const words = wordsOf(key);
  const whole = words.join('');
  const known = NAMES.get(whole) ?? (whole.startsWith('x') ? NAMES.get(whole.slice(1)) : undefined);
  if (known !== undefined) return known;
  if (QUESTIONS.has(words[0] ?? '')) return undefined;
  const last = words.at(-1) ?? '';
  if (ENDING.test(last) || (last === 'pass' && OF_PASS.has(words.at(-2) ?? ''))) return 'password';
  if (last === 'token' && OF_TOKEN.has(words.at(-2) ?? '')) return 'token';
  for (let first = 0; first < words.length; first += 1) {
    const rest = words.slice(first).join('');
    // `pins` are also needles.
    const name = LAST_WORDS.has(rest) || rest.length <= 4 ? rest : rest.replace(/s$/, '');
    if (LAST_WORDS.has(name)) return NAMES.get(name);
  }
  return undefined;
}

/** `newPin`, `NEW_PIN`, `new-pin`, `new.pin`, `new[pin]`, `new_pin[0]` → new, pin. */
function wordsOf(key: string): string[] {
  return key
    .replace(/(?:\[\d{0,4}\]){1,4}$/, '')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[-_. [\]]+/)
    .filter((word) => word !== '');
}
