import { isNamed, isNaming, NAMING, secretName } from './secret-names.ts';

/** What cookies are called, of which not all text is secret: `sid=x; Path=/`. */
export const COOKIE = 'cookie';

/** A name as JSON. */
const TELLING = /"([^"\\]{1,64})"/y;
/** A way to a field: `["body", "password"]`. */
const WAY = /\[\s{0,16}(?:(?:"[^"\\]{0,64}"|\d{1,9})\s{0,16},\s{0,16}){0,16}"([^"\\]{1,64})"\s{0,16}\]/y;
/** A plain value, and the name in a member behind it. */
const PLAIN = '(?:"(?:[^"\\\\]|\\\\.){0,4096}"|[^\\s"[\\]{},]{1,64})';
const GAP = '\\s{0,16}';
const BEHIND = new RegExp(
  `${PLAIN}(?:${GAP},${GAP}"[^"\\\\]{1,64}"${GAP}:${GAP}${PLAIN}){0,3}?${GAP},${GAP}"(?:${NAMING})"${GAP}:${GAP}"([^"\\\\]{1,64})"`,
  'iy',
);

const WAYS = /^(?:path|loc|pointer|instance_?path|data_?path|property_?path)$/i;
/** What stands beside a way to a field: as much a value as what is called so. */
const AT_WAY = /^(?:input|received|actual)$/i;
const COLUMNS = /^(?:columns|column_?names|cols|headers?|fields)$/i;
const ROWS = /^(?:rows|data|values|records)$/i;
const COLUMNS_CHARS_MAX = 8_192;

/** What a member's key may say of the members beside it. */
export interface Role {
  /** Its value is the name of what another one holds. */
  readonly tells: boolean;
  /** Its value may say that this is a field for a password: `"type": "password"`. */
  readonly isType: boolean;
  /** It holds what another one names. */
  readonly isNamed: boolean;
  /** It stands beside a way to a field. */
  readonly isAtWay: boolean;
  readonly isCookie: boolean;
  readonly areColumns: boolean;
  readonly areRows: boolean;
}

/** undefined: nothing. Keys come again and again, and there are few of them. */
export function roleOf(key: string): Role | undefined {
  if (key.length > ROLE_CHARS_MAX) return undefined;
  if (roles.has(key)) return roles.get(key);
  if (roles.size >= ROLES_MAX) roles.clear();
  const role: Role = {
    tells: isNaming(key) || WAYS.test(key),
    isType: /^(?:(?:field|input)_?)?type$/i.test(key),
    isNamed: isNamed(key),
    isAtWay: AT_WAY.test(key),
    isCookie: isCookieKey(key),
    areColumns: COLUMNS.test(key),
    areRows: ROWS.test(key),
  };
  const known = Object.values(role).includes(true) ? role : undefined;
  roles.set(key, known);
  return known;
}

const roles = new Map<string, Role | undefined>();
const ROLES_MAX = 2_000;
const ROLE_CHARS_MAX = 40;

function isCookieKey(key: string): boolean {
  return /^(?:set[-_]?)?cookie$/i.test(key);
}

/** What the name that stands at `at` as a text says of the value beside it: `{"name":"password","value":"x"}`; of a JSON pointer the last name does. */
export function toldAt(text: string, at: number): string | undefined {
  const name = matched(TELLING, text, at)?.[1] ?? matched(WAY, text, at)?.[1];
  if (name === undefined) return undefined;
  const last = name.slice(name.lastIndexOf('/') + 1);
  return secretName(last) ?? (isCookieKey(last) ? COOKIE : undefined);
}

/** The same where the name comes right behind the value. */
export function toldBehind(text: string, at: number): string | undefined {
  return secretName(matched(BEHIND, text, at)?.[1] ?? '');
}

/** What an option of a command line says of the argument behind it: `"--password", "x"`. */
export function toldByOption(text: string, at: number): string | undefined {
  if (text[at + 1] !== '-') return undefined;
  const option = matched(TELLING, text, at)?.[1];
  return option === undefined ? undefined : secretName(option.replace(/^-+/, ''));
}

export type Labels = readonly (string | undefined)[];

/** What the columns that are named at `at` hold, where one holds secrets: `["user", "password"]`, `[{"name": "user"}, …]`. */
export function columnsAt(text: string, at: number): Labels | undefined {
  if (text[at] !== '[') return undefined;
  const until = text.slice(at, at + COLUMNS_CHARS_MAX).indexOf(']');
  if (until < 0) return undefined;
  const list = text.slice(at, at + until);
  const names = /^\[\s*\{/.test(list)
    ? /"(?:name|field|title)"\s{0,16}:\s{0,16}"([^"\\]{0,64})"/g
    : /"([^"\\]{0,64})"/g;
  const labels = [...list.matchAll(names)].map(([, name = '']) => secretName(name));
  return labels.some((label) => label !== undefined) ? labels : undefined;
}

const SET_COOKIE =
  /^\s*[^=;\s]{1,128}=([^;]*)(?:;\s*(?:path|domain|expires|max-age|secure|httponly|samesite|priority|partitioned)\b[^;]*)*;?\s*$/di;

/** Where in the text of a cookie its secret stands: of one with its attributes the value, of several all. */
export function cookieSecret(text: string): readonly [from: number, end: number] | undefined {
  if (!text.includes('=')) return undefined;
  return SET_COOKIE.exec(text)?.indices?.[1] ?? [0, text.length];
}

function matched(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
