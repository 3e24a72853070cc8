import type { Value } from '../../compare/value.ts';
import { countries } from '../readings/registries.ts';
import { CALLING_CODES, type CallingCode } from '../value/calling-codes.ts';
import { rawOf, Side } from '../value/side.ts';
import type { ProofRule } from './rule.ts';

/** A number as it is dialled within its country, with the separators that people put into it. */
const NATIONAL = /^\(?[0-9][0-9 ()/.-]{4,20}[0-9]$/;
const INTERNATIONAL = /^(?:\+|00)[0-9 ()/.-]{6,24}$/;

export const dialledNumber: ProofRule = {
  name: 'dialled-number',
  accepts:
    'A telephone number as dialled within the country that stands beside it, and with that country’s calling code in place of the 0: {"country":"DE","number":"0171 4407834"} and {"country":"DE","number":"+491714407834"}; in either direction.',
  refuses:
    'Another calling code than that of the country, the 0 left behind it, any other digit, no country beside it or several, countries whose numbers keep their 0 (Italy).',
  digits: true,
  prove({ legacy, modern, part }) {
    const [ours, theirs] = [legacy.fields, modern.fields];
    if (ours === undefined || theirs === undefined || ours.size !== theirs.size || ours.size > 12)
      return undefined;
    const plan = planOf(ours, theirs);
    if (plan === undefined) return undefined;
    let dialled = false;
    for (const [key, value] of ours) {
      const other = theirs.get(key);
      if (other === undefined) return undefined;
      const [l, m] = [rawOf(value), rawOf(other)];
      if (l === m || part(l, m) !== undefined) continue;
      if (!isSameLine(value, other, plan) && !isSameLine(other, value, plan)) return undefined;
      dialled = true;
    }
    return dialled ? `Both are the same line, with and without +${plan.code}.` : undefined;
  },
};

/** That of the only country that the object names, the same on both sides. */
function planOf(
  ours: ReadonlyMap<string, Value>,
  theirs: ReadonlyMap<string, Value>,
): CallingCode | undefined {
  const codes = [ours, theirs].map((fields) => [...fields].flatMap(([, value]) => countryOf(value)));
  const named = new Set(codes.flat());
  const [country = ''] = named;
  return named.size === 1 && codes.every(({ length }) => length === 1)
    ? CALLING_CODES.get(country)
    : undefined;
}

function countryOf(value: Value): readonly string[] {
  if (typeof value !== 'string' || value.length < 2) return [];
  return countries.read(new Side(JSON.stringify(value))).flatMap(({ key }) => key.split(' ')[0] ?? []);
}

function isSameLine(national: Value, international: Value, { code, trunk }: CallingCode): boolean {
  if (typeof national !== 'string' || typeof international !== 'string') return false;
  if (!NATIONAL.test(national) || !INTERNATIONAL.test(international)) return false;
  const digits = (text: string) => text.replaceAll(/[^0-9]/g, '');
  const [inside, outside] = [digits(national), digits(international.replace(/^00/, ''))];
  return inside.startsWith(trunk) && outside === code + inside.slice(trunk.length);
}
