import { CALLING_CODES } from '../value/calling-codes.ts';
import type { Side } from '../value/side.ts';
import { type Domain, type Reading, reading } from './reading.ts';

/** Italy keeps the 0, which belongs to the number; North America has none. */
const TRUNKS: ReadonlyMap<string, string> = new Map([
  ...[...CALLING_CODES.values()].map(({ code, trunk }) => [code, trunk] as const),
  ['39', ''],
  ['1', ''],
]);

/** A line of the telephone network; the key is its number with the calling code in front (ITU-T E.164). */
export const telephones: Domain = {
  name: 'telephone',
  across: true,
  reads:
    'A telephone number as dialled within its country beside the calling code of that, and with the code in front: {"country":"33","national":"04 7684618"} and +3347684618; with the prefix 00 and with a +; Italian numbers keep their 0.',
  read: (side) => [...ofText(side.text ?? ''), ...ofMembers(side)],
  // The same line, but for the 0 or the code in front.
  near: (legacy, modern) => legacy.slice(-7) === modern.slice(-7),
};

function ofText(text: string): readonly Reading[] {
  const [, country = '', inside = ''] = /^([A-Z]{2}) (\(?[0-9][0-9 ()/.-]{5,20}[0-9])$/.exec(text) ?? [];
  if (country !== '') return ofCountry(country, inside, 'country and number behind it');
  // The international prefix of most countries (ITU-T E.164); fewer digits are as likely filled up with zeros.
  const abroad = /^00([1-9][0-9]{9,14})$/.exec(text)?.[1] ?? '';
  if ([1, 2, 3].some((count) => TRUNKS.has(abroad.slice(0, count))))
    return reading('with the prefix 00', abroad, true, true);
  return /^\+[1-9][0-9 ().-]{6,22}[0-9]$/.test(text)
    ? reading('with the calling code', digits(text), true, true)
    : [];
}

function ofMembers({ fields }: Side): readonly Reading[] {
  if (fields?.size !== 2) return [];
  const texts = [...fields.values()].map((value) => (typeof value === 'string' ? value : ''));
  const code = texts
    .map((text) => /^(?:\+|00)?([1-9][0-9]{0,2})$/.exec(text)?.[1] ?? '')
    .find((text) => TRUNKS.has(text));
  const country = texts.find((text) => /^[A-Z]{2}$/.test(text));
  const national = texts.find((text) => /^\(?[0-9][0-9 ()/.-]{5,20}[0-9]$/.test(text));
  if (country !== undefined && national !== undefined)
    return ofCountry(country, national, 'country and number beside it');
  const trunk = code === undefined ? undefined : TRUNKS.get(code);
  if (code === undefined || national === undefined || trunk === undefined) return [];
  const inside = digits(national);
  // Without the 0 it may be another line, or one that is told without.
  if (!inside.startsWith(trunk)) return [];
  return reading('code and number beside it', code + inside.slice(trunk.length), true);
}

/** Italy keeps the 0; of countries that have none, or whose number begins otherwise, it is told as it stands. */
function ofCountry(country: string, national: string, reader: string): readonly Reading[] {
  const { code, trunk } = country === 'IT' ? { code: '39', trunk: '' } : (CALLING_CODES.get(country) ?? {});
  if (code === undefined || trunk === undefined) return [];
  const inside = digits(national);
  return inside.startsWith(trunk) ? reading(reader, code + inside.slice(trunk.length), true) : [];
}

function digits(text: string): string {
  return text.replaceAll(/[^0-9]/g, '');
}
