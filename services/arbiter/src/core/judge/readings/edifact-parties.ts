import { NumberText } from '../../compare/value.ts';
import { wordsOf } from '../value/text.ts';
import { type Domain, type Reading, reading } from './reading.ts';

/** Of DE 3035. */
const ROLES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    BY: 'buyer',
    SU: 'supplier',
    SE: 'seller',
    DP: 'delivery party',
    IV: 'invoicee',
    CN: 'consignee',
    CZ: 'consignor',
    PR: 'payer',
    UC: 'ultimate consignee',
  }),
);
/** Where each element of the segment stands. */
const ELEMENTS = ['', '', 'number', '', 'name', 'street', 'city', 'region', 'postcode', 'country'];
const MEMBERS: readonly (readonly [RegExp, element: string])[] = [
  [/^(?:role|qualifier|party qualifier|function)$/, 'role'],
  [/^(?:gln|party id|party number|id)$/, 'number'],
  [/^(?:name|party name|company)$/, 'name'],
  [/^(?:street|address line|strasse)$/, 'street'],
  [/^(?:city|town|place|ort)$/, 'city'],
  [/^(?:region|state|subdivision)$/, 'region'],
  [/^(?:postal code|post code|postcode|zip|zip code|plz)$/, 'postcode'],
  [/^(?:country|country code|land)$/, 'country'],
];
/** The reader of a segment of which the role is told by the name of the field. */
export const WITHOUT_ROLE = 'NAD without its role';

/** A party of an order (EDIFACT, segment NAD), in which ? releases the sign behind it; the key is what is said of it. */
export const edifactParties: Domain = {
  name: 'party-of-order',
  long: true,
  reads:
    'Name and address of a party (EDIFACT, NAD), in which a question mark releases the sign behind it: NAD+BY+4042124604401::9++M?+S Bau+53 Mill Lane+Ghent\' and {"role":"buyer","gln":"4042124604401","name":"M+S Bau","street":"53 Mill Lane","city":"Ghent"}.',
  read({ text, fields }): readonly Reading[] {
    if (text !== undefined) return text.startsWith('NAD+') ? ofSegment(text.replace(/(?<!\?)'$/, '')) : [];
    const told = new Map<string, string>();
    for (const [name, value] of fields ?? []) {
      const element = MEMBERS.find(([names]) => names.test(wordsOf(name)))?.[1];
      const said = value instanceof NumberText ? value.text : value;
      if (element === undefined || typeof said !== 'string' || told.has(element)) return [];
      told.set(element, element === 'role' ? said.toLowerCase() : said);
    }
    return told.size < 3 || !told.has('name') ? [] : reading('members', keyOf(told), true);
  },
  near: () => true,
};

function ofSegment(segment: string): readonly Reading[] {
  const told = new Map<string, string>();
  const elements = cut(segment, '+');
  const role = ROLES.get(elements[1] ?? '');
  for (const [i, element] of elements.entries()) {
    const [first = '', ...more] = cut(element, ':').map((part) => part.replaceAll(/\?(.)/g, '$1'));
    const name = ELEMENTS[i];
    // Of the number the list of codes stands behind it: 9 is GS1, whose numbers these are.
    const rest = name === 'number' ? more.filter((part, at) => !(at === 1 && part === '9')) : more;
    if (i > 1 && (rest.some((part) => part !== '') || (name === '' && first !== '') || name === undefined))
      return [];
    if (i > 1 && first !== '' && name !== undefined) told.set(name, first);
  }
  return role === undefined
    ? []
    : [
        ...reading('NAD', keyOf(new Map(told).set('role', role)), true),
        ...reading(WITHOUT_ROLE, keyOf(told), true),
      ];
}

/** At a sign that no question mark releases. */
function cut(text: string, at: '+' | ':'): readonly string[] {
  const parts = [''];
  for (const [sign] of text.matchAll(/\?.|[^?]/gs))
    if (sign === at) parts.push('');
    else parts.push((parts.pop() ?? '') + sign);
  return parts;
}

function keyOf(told: ReadonlyMap<string, string>): string {
  return JSON.stringify([...told].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
