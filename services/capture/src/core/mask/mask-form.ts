import { maskField } from './mask-field.ts';
import type { Masker } from './masker.ts';
import { type Cursor, enterElement, enterField, isSecret } from './paths.ts';

/** application/x-www-form-urlencoded, a query likewise: pairs whose value is a secret get a mask for it. undefined: nothing to mask. */
export function maskForm(text: string, cursor: Cursor, masker: Masker, place: string): string | undefined {
  const seen = new Map<string, number>();
  let isMasked = false;
  const pairs = text.split('&').map((pair) => {
    const equals = pair.indexOf('=');
    const name = decoded(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? '' : decoded(pair.slice(equals + 1));
    const index = seen.get(name) ?? 0;
    seen.set(name, index + 1);
    const below = enterElement(enterField(cursor, name), index);
    const maskedName = masker.within(name, place);
    const reason = masker.reasonOf(name, isSecret(below), undefined);
    const maskedValue = maskField(value, below, reason, masker, place);
    if (maskedName === undefined && maskedValue === undefined) return pair;
    isMasked = true;
    const shownName = maskedName ?? (equals < 0 ? pair : pair.slice(0, equals));
    return equals < 0 ? shownName : `${shownName}=${inForm(maskedValue) ?? pair.slice(equals + 1)}`;
  });
  return isMasked ? pairs.join('&') : undefined;
}

/** What would end the value is written as an escape; a mask itself needs none. */
function inForm(text: string | undefined): string | undefined {
  return text?.replaceAll(/[%&=+#\s]/g, (character) => encodeURIComponent(character));
}

/** Escapes that are none stand for themselves, as browsers read them. */
export function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
