import type { Value } from './value.ts';

/** Attributes that hold by their names, whatever value is written behind (RFC 6265, sections 5.2.5 and 5.2.6). */
const FLAGS: ReadonlySet<string> = new Set(['secure', 'httponly', 'partitioned']);

/**
 * Set-Cookie headers as an object: cookie name → { value, attribute → value }, attribute names in lower case (RFC 6265, section 5.2), so
 * that neither the order of attributes nor that of cookies matters, and rules reach `header.set-cookie.sid.expires`. A name that is set
 * more than once (for several paths, say) becomes `sid#2`.
 */
export function cookieTree(headers: readonly string[]): Value {
  const cookies = new Map<string, Value>();
  for (const header of headers) {
    const [pair = '', ...attributes] = header.split(';');
    const [name, value] = nameAndValue(pair);
    const fields = new Map<string, Value>([['value', value]]);
    for (const attribute of attributes) {
      const [name, text] = nameAndValue(attribute);
      const key = name.toLowerCase();
      // Clients ignore what is no number of seconds (RFC 6265, section 5.2.2).
      if (key === '' || (key === 'max-age' && !/^-?[0-9]+$/.test(text))) continue;
      // That it is there is all that it says; as an empty text it would look like nothing, and so like its absence.
      const isFlag = FLAGS.has(key) || !attribute.includes('=');
      fields.set(key, isFlag ? true : attributeValue(key, text));
    }
    cookies.set(unusedKey(cookies, name), fields);
  }
  return cookies;
}

function nameAndValue(text: string): [name: string, value: string] {
  const equals = text.indexOf('=');
  return equals < 0 ? [text.trim(), ''] : [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
}

/** SameSite is read in any case; a domain's leading dot is ignored. */
function attributeValue(key: string, text: string): string {
  if (key === 'samesite') return text.toLowerCase();
  return key === 'domain' ? text.toLowerCase().replace(/^\./, '') : text;
}

function unusedKey(cookies: ReadonlyMap<string, Value>, name: string): string {
  let key = name;
  for (let n = 2; cookies.has(key); n++) key = `${name}#${n}`;
  return key;
}
