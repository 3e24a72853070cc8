import { rawOf } from '../value/side.ts';
import type { ProofRule } from './rule.ts';

export const oneAsList: ProofRule = {
  name: 'one-as-list',
  ofField: true,
  accepts:
    'One element that legacy gives bare, and several as a list or as a text with ; or | between them, as a list of one.',
  refuses:
    'A field of which legacy has never given several; an element that is not proven equal; a list of which one element is left.',
  prove({ legacy, modern, profile, part }) {
    const [only, ...others] = modern.items ?? [];
    if (only === undefined || others.length > 0 || legacy.raw === undefined || legacy.value === null)
      return undefined;
    if (legacy.items !== undefined || /[;|]/.test(legacy.text ?? '')) return undefined;
    const { lists, legacy: ours } = profile.data;
    const joined =
      legacy.text !== undefined && ours.vocabulary.some((raw) => /^"[^";|]+[;|] ?[^";|]/.test(raw));
    const several = lists > 0 || joined;
    const raw = rawOf(only);
    if (!several || !(raw === legacy.raw || part(legacy.raw, raw) !== undefined)) return undefined;
    return 'The list holds the one element that legacy gives bare; several are a list on both sides.';
  },
};
