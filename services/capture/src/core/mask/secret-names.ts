/** Names under which secrets stand, in lower case without separators, each with what its mask is called. */
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    password: ['password', 'passwd', 'pwd', 'passphrase', 'passcode', 'oldpassword', 'newpassword'],
    pin: ['pin', 'pincode', 'oldpin', 'newpin', 'cardpin'],
    secret: [
      'secret',
      'clientsecret',
      'sharedsecret',
      'privatekey',
      'secretkey',
      'totp',
      'otp',
      'onetimepassword',
    ],
    token: [
      'token',
      'accesstoken',
      'refreshtoken',
      'idtoken',
      'sessiontoken',
      'authtoken',
      'csrftoken',
      'xsrftoken',
      'bearertoken',
    ],
    'api-key': ['apikey', 'authkey'],
    'card-code': ['cvv', 'cvc', 'cvv2', 'cvc2', 'securitycode', 'cardverificationcode'],
  }).flatMap(([label, names]) => names.map((name) => [name, label] as const)),
);

/** The longest name above; a longer key is none of them, however long it is. */
const NAME_CHARS_MAX = 32;

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
  const plain = key.toLowerCase().replaceAll(/[-_. ]/g, '');
  return NAMES.get(plain) ?? (plain.startsWith('x') ? NAMES.get(plain.slice(1)) : undefined);
}
