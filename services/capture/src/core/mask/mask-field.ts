import { maskJson } from './mask-json.ts';
import { DECLARED, type Masker, type Reason } from './masker.ts';
import { type Cursor, leadsOn } from './paths.ts';

/**
 * A form's field, whose value may be JSON into which declared paths lead on. A value that is none is masked whole, where they do: nobody knows where
 * in it the secret stands.
 */
export function maskField(
  value: string,
  cursor: Cursor,
  reason: Reason,
  masker: Masker,
  place: string,
): string | undefined {
  if (reason !== undefined || !leadsOn(cursor)) return masker.text(value, reason, place);
  const json = maskJson(value, cursor, masker, place);
  return json.ok ? json.text : masker.text(value, DECLARED, place);
}
