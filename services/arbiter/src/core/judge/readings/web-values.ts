import { isArray, isObject, NumberText, type Value } from '../../compare/value.ts';
import { readBytes } from '../value/bytes.ts';

import { type Domain, type Reading, reading } from './reading.ts';

type Fields = ReadonlyMap<string, Value>;

function textAt(fields: Fields, names: RegExp): string | undefined {
  const told = [...fields].find(([key]) => names.test(key))?.[1];
  return told instanceof NumberText ? told.text : typeof told === 'string' ? told : undefined;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const DISPOSITION = /^(attachment|inline) ?((?:; ?[a-z*]{4,12} ?= ?(?:"[^"\\]{0,200}"|[^\s";]{1,300}) ?)*)$/i;

/** How an answer is to be kept, as whose name (RFC 6266): the name in its extended form stands for itself. */
export const dispositions: Domain = {
  name: 'content-disposition',
  long: true,
  reads:
    'A Content-Disposition (RFC 6266): attachment; filename="a.pdf" and attachment; filename=a.pdf; filename*=UTF-8\'\'a.pdf, {"type":"attachment","filename":"a.pdf"}.',
  read({ text, fields }) {
    if (fields !== undefined) {
      const type = textAt(fields, /^(?:type|disposition)$/);
      const name = textAt(fields, /^(?:file_?name|name)$/i);
      if (fields.size !== 2 || name === undefined || !/^(?:attachment|inline)$/i.test(type ?? '')) return [];
      return reading('members', `${type?.toLowerCase()} ${name}`, true);
    }
    const [, type = '', rest = ''] = DISPOSITION.exec(text ?? '') ?? [];
    if (type === '') return [];
    const parts = new Map<string, string>();
    for (const [, key = '', quoted, bare] of rest.matchAll(/; ?([a-z*]+) ?= ?(?:"([^"]*)"|([^\s";]+))/gi))
      parts.set(key.toLowerCase(), quoted ?? bare ?? '');
    const extended = /^utf-8'[a-z-]*'(.*)$/i.exec(parts.get('filename*') ?? '')?.[1];
    const name = extended === undefined ? parts.get('filename') : decoded(extended);
    const known = [...parts.keys()].every((key) => key === 'filename' || key === 'filename*');
    return known ? reading('header', `${type.toLowerCase()} ${name ?? ''}`, true) : [];
  },
};

const LINK =
  /<([^<>\s]{1,1000})>((?:\s*;\s*[a-z]{1,20}\s*=\s*(?:"[^"]{0,100}"|[^\s",;]{1,100}))*)\s*(?:,\s*|$)/giy;
const RELATION = /^(?:next|prev|first|last|self)$/;

/** Links to pages by their relations (RFC 8288), which have no order. */
export const linkRelations: Domain = {
  name: 'link-relations',
  long: true,
  reads:
    'Links by their relations (RFC 8288): <https://a.example/?page=2>; rel="next", <…>; rel="last" and {"next":"https://a.example/?page=2","last":…}, also as {"next":{"href":…}} or [{"rel":"next","href":…}].',
  read({ text, fields, items }) {
    if (fields !== undefined)
      return ofLinks(
        'members',
        [...fields].flatMap(([name, told]): Pairs => (told === null ? [] : [[name, hrefOf(told)]])),
      );
    if (items !== undefined)
      return ofLinks(
        'rows',
        items.map((item) =>
          isObject(item) && item.size === 2 ? [textAt(item, /^rel$/), hrefOf(item)] : [undefined, undefined],
        ),
      );
    if (text === undefined || !text.startsWith('<') || !/rel\s*=/i.test(text)) return [];
    const links: (readonly [string | undefined, string])[] = [];
    let end = 0;
    for (const [whole, href = '', parameters = ''] of text.matchAll(LINK)) {
      const told = [...parameters.matchAll(/;\s*([a-z]+)\s*=\s*(?:"([^"]*)"|([^\s",;]+))/gi)];
      links.push([
        told.length === 1 && told[0]?.[1] === 'rel' ? (told[0][2] ?? told[0][3]) : undefined,
        href,
      ]);
      end += whole.length;
    }
    return end === text.length ? ofLinks('header', links) : [];
  },
  near: (legacy, modern) => namesIn(legacy) === namesIn(modern),
};

type Pairs = readonly (readonly [string | undefined, string | undefined])[];

function hrefOf(value: Value): string | undefined {
  if (!isObject(value)) return typeof value === 'string' ? value : undefined;
  return textAt(value, /^(?:href|url|uri)$/);
}

function ofLinks(reader: string, links: Pairs): readonly Reading[] {
  if (links.length === 0 || links.length > 8) return [];
  const told = links.map(
    ([rel, href]) => [rel?.toLowerCase().replace(/^previous$/, 'prev') ?? '', href] as const,
  );
  if (!told.every(([rel, href]) => RELATION.test(rel) && href !== undefined)) return [];
  if (new Set(told.map(([rel]) => rel)).size < told.length) return [];
  return reading(
    reader,
    told
      .map(([rel, href]) => `${rel}=${href}`)
      .toSorted()
      .join('\n'),
    true,
  );
}

function namesIn(key: string): string {
  return key
    .split('\n')
    .map((line) => line.split('=', 1)[0])
    .join();
}

const CHALLENGE = /^(Basic|Bearer|Digest) ([a-z_-]{2,20}="[^"]{0,200}"(?:, ?[a-z_-]{2,20}="[^"]{0,200}")+)$/i;

/** What an answer asks a client to prove (RFC 9110, 11.6.1): parameters in any order. */
export const challenges: Domain = {
  name: 'challenge',
  long: true,
  reads:
    'A challenge (RFC 9110, WWW-Authenticate) with its parameters in any order: Bearer realm="a", error="invalid_token".',
  read({ text = '' }) {
    const [, scheme = '', rest = ''] = CHALLENGE.exec(text) ?? [];
    if (scheme === '') return [];
    const parts = [...rest.matchAll(/([a-z_-]+)=("[^"]*")/gi)].map(
      ([, name = '', told]) => `${name.toLowerCase()}=${told}`,
    );
    return reading('header', [scheme.toLowerCase(), ...parts.toSorted()].join('\n'), true);
  },
};

const METHOD = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|CONNECT)$/i;
const HEADER =
  /^(?:Accept(?:-Encoding|-Language)?|Origin|Cookie|Authorization|User-Agent|Content-Type|Host|Referer|If-None-Match|If-Modified-Since|Access-Control-Request-(?:Method|Headers)|X-[A-Za-z-]{2,30})$/i;

/** Methods, or names of headers, of which each stands once and in no order (Allow, Vary, Access-Control-Allow-Methods). */
export const headerLists: Domain = {
  name: 'header-list',
  long: true,
  reads:
    'Methods of HTTP, or names of its headers (which have no letter case), in any order (Allow, Vary): "GET, POST, HEAD", "GET,HEAD,POST" and ["GET","HEAD","POST"].',
  read({ text, items }) {
    const parts = items ?? (text === undefined || text.length > 400 ? [] : text.split(/, ?/));
    if (parts.length < 2 || parts.length > 24) return [];
    const words = parts.filter((part) => typeof part === 'string').map((part) => part.trim());
    const isMethods = words.length === parts.length && words.every((word) => METHOD.test(word));
    if (!isMethods && !(words.length === parts.length && words.every((word) => HEADER.test(word)))) return [];
    const told = [...new Set(words.map((word) => (isMethods ? word : word.toLowerCase())))].toSorted();
    return reading(items === undefined ? 'header' : 'list', told.join(), true);
  },
  near: () => true,
};

/** A part of what there is (RFC 9110, 14.4). */
export const contentRanges: Domain = {
  name: 'content-range',
  reads: 'A Content-Range (RFC 9110): "items 0-24/300" and {"unit":"items","first":0,"last":24,"total":300}.',
  read({ text = '', fields }) {
    if (fields === undefined) {
      const [, unit = '', first, last, total] =
        /^([a-z]{2,20}) ([0-9]{1,12})-([0-9]{1,12})\/([0-9]{1,12})$/.exec(text) ?? [];
      return unit === '' ? [] : reading('header', `${unit} ${first} ${last} ${total}`, true);
    }
    const [unit, ...numbers] = [
      /^unit$/,
      /^(?:first|start|from)$/,
      /^(?:last|end|to)$/,
      /^(?:total|size|length)$/,
    ].map((names) => textAt(fields, names));
    if (fields.size !== 4 || unit === undefined || !numbers.every((told) => /^[0-9]{1,12}$/.test(told ?? '')))
      return [];
    return reading('members', `${unit} ${numbers.join(' ')}`, true);
  },
};

const MAILBOX =
  /^(?:"((?:[^"\\]|\\["\\]){1,100})"|([^"<>@,;:\\]{1,100}?)) ?<([^\s<>@]{1,64}@[^\s<>@]{3,190})>$/;

/** A mailbox with the name that is shown for it (RFC 5322, 3.4). */
export const mailboxes: Domain = {
  name: 'mailbox',
  long: true,
  reads:
    'An address of e-mail with the name shown for it (RFC 5322): "Ann Lee" <ann@a.example>, Ann Lee <ann@a.example> and {"name":"Ann Lee","email":"ann@a.example"}.',
  read({ text = '', fields }) {
    if (fields !== undefined) {
      const name = textAt(fields, /^(?:name|display_?name|label)$/i);
      const address = textAt(fields, /^(?:e?_?mail|address|email_?address)$/i);
      if (fields.size !== 2 || name === undefined || !/^[^\s@]+@[^\s@]+$/.test(address ?? '')) return [];
      return reading('members', `${name}\n${address}`, true);
    }
    if (!text.endsWith('>')) return [];
    const [, quoted, bare, address = ''] = MAILBOX.exec(text) ?? [];
    if (address === '') return [];
    const name = quoted?.replaceAll(/\\(["\\])/g, '$1') ?? bare?.trim() ?? '';
    return reading(quoted === undefined ? 'name' : 'quoted name', `${name}\n${address}`, true);
  },
};

/** Addresses and identifiers with the scheme of their URI, and by themselves. */
export const schemes: Domain = {
  name: 'name-with-scheme',
  reads:
    'An address or identifier with the scheme of its URI (RFC 6068, 3966, 8141) and by itself: mailto:ann@a.example, tel:+4930123456, urn:isbn:9783161484100.',
  read({ text = '' }) {
    const [, told] =
      /^(?:mailto:(?=[^\s@?]+@[^\s@?]+$)|tel:(?=\+[0-9]{6,15}$)|urn:isbn:(?=[0-9Xx-]{10,17}$))(.+)$/i.exec(
        text,
      ) ?? [];
    if (told !== undefined) return reading('URI', told, true);
    return /^(?:[^\s@:]+@[^\s@]+|\+[0-9]{6,15}|[0-9-]{9,16}[0-9Xx])$/.test(text)
      ? reading('bare', text, false, true)
      : [];
  },
};

/** Digits of a hash by its algorithm. */
const DIGESTS: Readonly<Record<string, number>> = {
  md5: 32,
  sha1: 40,
  sha224: 56,
  sha256: 64,
  sha384: 96,
  sha512: 128,
};

/** Digests with the name of their algorithm, which their length tells as well. */
export const digests: Domain = {
  name: 'digest',
  long: true,
  reads:
    'A digest with the name of its algorithm, as hexadecimal digits or base64, and by itself: sha256:9f86…, sha256-n4bQ…= (Subresource Integrity), SHA-256=n4bQ…= and {"algorithm":"sha256","value":"9f86…"}.',
  read({ text, fields }) {
    if (fields !== undefined) {
      const algorithm = textAt(fields, /^(?:algorithm|alg|type)$/i);
      const value = textAt(fields, /^(?:value|digest|hash|hex)$/i);
      return fields.size === 2 && algorithm !== undefined && value !== undefined
        ? ofDigest('members', algorithm, value)
        : [];
    }
    if (text === undefined || text.length > 200) return [];
    const [, algorithm, value = ''] = /^((?:md|sha)-?[0-9]{1,3})[:=-](?:\/\/)?(.{20,})$/i.exec(text) ?? [];
    if (algorithm !== undefined) return ofDigest('with its algorithm', algorithm, value);
    const bytes = /^[A-Za-z0-9+/_=-]{22,128}$/.test(text) ? readBytes(text) : [];
    return bytes
      .filter(({ hex }) => Object.values(DIGESTS).includes(hex.length))
      .flatMap(({ hex, notation }) => reading(notation, hex, false, true));
  },
};

function ofDigest(reader: string, algorithm: string, value: string): readonly Reading[] {
  const length = DIGESTS[algorithm.toLowerCase().replace('-', '')];
  const bytes = readBytes(value).find(({ hex }) => hex.length === length);
  return bytes === undefined ? [] : reading(reader, bytes.hex, true);
}

/** Parameters of a form or link, by their names. */
export const formFields: Domain = {
  name: 'form-fields',
  long: true,
  reads:
    'The fields of a form or the parameters of a link (application/x-www-form-urlencoded), those of different names in any order, blanks as + or %20: a=x+y&b=2, ?b=2&a=x%20y and {"a":"x y","b":2}; a[]=1&a[]=2 as a list.',
  read({ text, fields }) {
    if (fields !== undefined) return ofFields(fields);
    if (text === undefined || text.length > 2000 || !text.includes('=') || !text.includes('&')) return [];
    const pairs: (readonly [string, string])[] = [];
    for (const part of text.replace(/^\?/, '').split('&')) {
      const [, name, value] =
        /^([A-Za-z_][\w.[\]-]*)=([^=&\s?<>"']*)$/.exec(
          part.replaceAll(/%5B/gi, '[').replaceAll(/%5D/gi, ']'),
        ) ?? [];
      const told = value === undefined ? undefined : decoded(value.replaceAll('+', ' '));
      if (name === undefined || told === undefined) return [];
      pairs.push([name.replace(/\[[0-9]*\]$/, '').replaceAll(/\[(\w+)\]/g, '.$1'), told]);
    }
    return ofPairs('text', pairs, true);
  },
  near: (legacy, modern) => {
    const names = (key: string) =>
      (JSON.parse(key) as readonly (readonly [string, string])[]).map(([name]) => name);
    return names(legacy).join() === names(modern).join();
  },
};

function ofFields(fields: Fields): readonly Reading[] {
  const pairs: (readonly [string, string])[] = [];
  const add = (path: string, value: Value): boolean => {
    if (isObject(value)) return [...value].every(([key, item]) => add(`${path}.${key}`, item));
    if (isArray(value)) return value.every((item) => !isObject(item) && !isArray(item) && add(path, item));
    if (typeof value === 'string' || typeof value === 'boolean') pairs.push([path, String(value)]);
    else if (value instanceof NumberText) pairs.push([path, value.text]);
    else return false;
    return true;
  };
  if (fields.size > 24 || ![...fields].every(([key, value]) => add(key, value))) return [];
  return ofPairs('members', pairs, false);
}

function ofPairs(
  reader: string,
  pairs: readonly (readonly [string, string])[],
  strong: boolean,
): readonly Reading[] {
  const sorted = pairs.toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)));
  return reading(reader, JSON.stringify(sorted), strong, !strong);
}

const DIRECTION = /^(asc|desc)(?:ending)?$/i;

/** What rows are sorted by, and which way. */
export const sortOrders: Domain = {
  name: 'sort-order',
  reads:
    'What rows are sorted by and which way: -name, name:desc, name,desc, name DESC and {"field":"name","direction":"desc"}; name alone goes up beside one of these.',
  read({ text, fields }) {
    if (fields !== undefined) {
      const field = textAt(fields, /^(?:field|property|by|sort|column|key|name)$/i);
      const way = DIRECTION.exec(textAt(fields, /^(?:direction|order|dir)$/i) ?? '')?.[1];
      return fields.size === 2 && field !== undefined && way !== undefined
        ? reading('members', `${field} ${way.toLowerCase()}`, true)
        : [];
    }
    const [, sign, name, way] = /^([-+]?)([A-Za-z_][\w.]{1,39})(?:[:, ](asc|desc))?$/i.exec(text ?? '') ?? [];
    if (name === undefined || (sign !== '' && way !== undefined)) return [];
    const told = way?.toLowerCase() ?? (sign === '-' ? 'desc' : 'asc');
    const isTold = way !== undefined || sign !== '';
    return reading(isTold ? 'text' : 'name', `${name} ${told}`, isTold, !isTold);
  },
  // The other way round.
  near: (legacy, modern) => legacy.split(' ')[0] === modern.split(' ')[0],
};

/** All of this file, each with the looks that it reads anything of. */
export const WEB_VALUES: readonly (readonly [Domain, looks: string])[] = [
  [dispositions, 'object LM FLM any'],
  [linkRelations, 'object list LM FLM any'],
  [challenges, 'LM FLM any'],
  [headerLists, 'list LM'],
  [contentRanges, 'object FLM'],
  [mailboxes, 'object LM FLM any'],
  [schemes, 'F FL FM LM FLM'],
  [digests, 'object F L FL LM FLM FM'],
  [formFields, 'object LM FLM any'],
  [sortOrders, 'object L FL LM FLM'],
];
