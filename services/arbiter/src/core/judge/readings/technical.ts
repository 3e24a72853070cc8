import { NumberText } from '../../compare/value.ts';
import type { Side } from '../value/side.ts';
import { normalEscapes } from '../value/url.ts';
import { type Domain, digitsOf, reading } from './reading.ts';

/** Colours; the key is the six hexadecimal digits, with the opacity where it is told. */
export const colours: Domain = {
  name: 'colour',
  reads:
    'A colour of CSS: #f00, #FF0000, #FF0000FF, rgb(255, 0, 0), {"r":255,"g":0,"b":0}, and as the number of its digits: 16711680.',
  read({ text, fields, number, raw }) {
    // The number that the six digits are: 16711680 is #ff0000.
    if (number !== undefined)
      return raw !== undefined && /^[0-9]{1,8}$/.test(raw) && Number(raw) < 2 ** 24
        ? reading('number', Number(raw).toString(16).padStart(6, '0'), false)
        : [];
    const members = fields?.size === 3 ? ['r', 'g', 'b'].map((key) => fields.get(key)) : [];
    const shares = members.map((value) => (value instanceof NumberText ? Number(value.text) : Number.NaN));
    if (shares.length === 3 && shares.every((share) => Number.isInteger(share) && share >= 0 && share <= 255))
      return reading('members', shares.map((part) => part.toString(16).padStart(2, '0')).join(''), true);
    if (text === undefined || text.length > 32) return [];
    const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})(?:ff)?$/i.exec(text)?.[1]?.toLowerCase();
    if (hex !== undefined)
      return reading('hexadecimal', hex.length === 3 ? hex.replaceAll(/./g, '$&$&') : hex, true);
    const parts = /^rgb\(([0-9]{1,3}),? ?([0-9]{1,3}),? ?([0-9]{1,3})\)$/.exec(text)?.slice(1).map(Number);
    if (parts === undefined || parts.some((part) => part > 255)) return [];
    return reading('rgb()', parts.map((part) => part.toString(16).padStart(2, '0')).join(''), true);
  },
  // Red and blue have changed their places.
  near: (legacy, modern) =>
    /^[0-9a-f]{6}$/.test(legacy) && legacy.replace(/^(..)(..)(..)$/, '$3$2$1') === modern,
};

/** IPv4 addresses and networks; the key is the number, with the length of the prefix for a network. */
export const addresses: Domain = {
  name: 'address',
  reads:
    'An IPv4 address or network: 192.168.1.1, ::ffff:192.168.1.1, 3232235777, 10.0.0.0/24, 10.0.0.0/255.255.255.0, 10.0.0.0 255.255.255.0, 031.055.036.028 (decimal, filled with zeros).',
  read(side) {
    const digits = digitsOf(side);
    if (digits !== undefined)
      return Number(digits) < 2 ** 32 && digits.length >= 8 ? reading('number', digits, false) : [];
    const match = /^(?:::ffff:)?([0-9.]{7,15})(?:\/([0-9.]{1,15})| ([0-9.]{7,15}))?$/i.exec(side.text ?? '');
    const address = dotted(match?.[1] ?? '');
    if (match === null || address === undefined) return [];
    const mask = match[2] ?? match[3];
    // A prefix counts the bits in front of a mapped address as well.
    if (mask !== undefined && match[0].startsWith(':')) return [];
    if (mask === undefined)
      return match[0].startsWith(':')
        ? reading('mapped', address, true)
        : reading(
            /(?:^|\.)0[0-9]/.test(match[0]) ? 'dotted, filled' : 'dotted',
            address,
            true,
            !/(?:^|\.)0[0-9]/.test(match[0]),
          );
    const length = mask.includes('.') ? prefixOf(dotted(mask)) : Number(mask);
    return length === undefined || length > 32
      ? []
      : reading(mask.includes('.') ? 'mask' : 'prefix', `${address}/${length}`, true);
  },
};

function dotted(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^[0-9]{1,3}$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

function prefixOf(mask: number | undefined): number | undefined {
  const bits = mask?.toString(2).padStart(32, '0');
  if (bits === undefined || !/^(?:1+0*|0)$/.test(bits)) return undefined;
  return bits.replaceAll('0', '').length;
}

/** Rights of a file; the key is octal. */
export const fileModes: Domain = {
  name: 'file-mode',
  reads:
    'The rights of a file: rwxr-xr-x, -rwxr-xr-x, 755, 0755; of a directory (drwxr-xr-x) or a link as that.',
  read(side) {
    const [, type = '', letters] = /^([-dl]?)((?:[r-][w-][x-]){3})$/.exec(side.text ?? '') ?? [];
    if (letters !== undefined) {
      const bits = [...letters].map((letter) => (letter === '-' ? '0' : '1')).join('');
      const octal = Number.parseInt(bits, 2).toString(8).padStart(3, '0');
      return reading('letters', type.replace('-', '') + octal, true);
    }
    const octal = /^0?([0-7]{3})$/.exec(digitsOf(side) ?? '')?.[1];
    // Of what the rights are, octal digits do not tell.
    return octal === undefined ? [] : ['', 'd', 'l'].flatMap((type) => reading('octal', type + octal, false));
  },
  // Nine letters of rights are nothing else, so that three octal digits beside them are the rights as well.
  near: () => true,
};

/** Media types; the key has lower case names and sorted parameters. */
export const mediaTypes: Domain = {
  name: 'media-type',
  reads:
    'A media type with its parameters (RFC 9110): text/html;charset=UTF-8 and text/html; charset="utf-8".',
  read({ text }) {
    const match =
      /^((?:text|application|image|audio|video|multipart|font|model|message)\/[a-z0-9.+-]{1,40})((?: ?; ?[a-z0-9-]{1,20}="?[A-Za-z0-9_.+-]{1,40}"?)*)$/i.exec(
        text ?? '',
      );
    if (match === null) return [];
    const [, type = '', rest = ''] = match;
    const parameters = rest
      .split(';')
      .map((part) => part.trim().replaceAll('"', '').toLowerCase())
      .filter((part) => part !== '')
      // JSON is UTF-8 and has no parameter for it (RFC 8259, section 11).
      .filter((part) => part !== 'charset=utf-8' || !/[/+]json$/i.test(type))
      .sort();
    return reading('RFC 9110', [type.toLowerCase(), ...parameters].join(';'), true);
  },
};

/** Versions with or without a v; only the v is the look of one. */
export const versions: Domain = {
  name: 'version',
  reads:
    'A version with or without a v in front: v1.2.3 and 1.2.3; with or without zeros that fill each of its numbers to two digits: V04.01.03 and 4.1.3.',
  read({ text }) {
    const match = /^(v?)([0-9]{1,5}(?:\.[0-9]{1,5}){1,3})$/i.exec(text ?? '');
    if (match === null) return [];
    const [, v = '', numbers = ''] = match;
    if (v !== '' && /^0[0-9](?:\.[0-9]{2}){2,3}$/.test(numbers))
      return reading('with v and zeros', numbers.replaceAll(/(?<![0-9])0/g, ''), true);
    return reading(v === '' ? 'bare' : 'with v', numbers, v !== '');
  },
};

/** What was escaped because it has a meaning in URLs, markup or lines: reserved characters of RFC 3986, quotes and control characters. */
const SYNTAX = /[%:/?#[\]@!$&'()*+,;=<>"\\\p{Cc}]/u;

function decodedOnly(text: string): string {
  return decodeURIComponent((text.match(/%[0-9A-F]{2}/gi) ?? []).join(''));
}

/** Texts escaped as in a URL, of which modern gives the letters; never the other way round. */
export function decodesTo(legacy: Side, modern: Side): boolean {
  if (legacy.text === undefined || modern.text === undefined || !/%[0-9A-F]{2}/i.test(legacy.text))
    return false;
  if (/%[0-9A-F]{2}/i.test(modern.text)) return normalEscapes(legacy.text) === normalEscapes(modern.text);
  try {
    const decoded = decodeURIComponent(legacy.text);
    return decoded === modern.text && !SYNTAX.test(decodedOnly(legacy.text));
  } catch {
    return false;
  }
}
