import { decoded, maskForm } from './mask-form.ts';
import { DECLARED, type Masker } from './masker.ts';
import { type Cursor, enterField, isSecret } from './paths.ts';

/**
 * A request target, or a URL in a header: secrets in its path's parts, its query and its fragment masked. undefined: nothing to mask.
 * `cursor` is the root of declared paths; empty for a URL that is not the request's own.
 */
export function maskTarget(
  target: string,
  cursor: Cursor,
  masker: Masker,
  place: string,
): string | undefined {
  const [beforeFragment = '', ...fragments] = target.split('#');
  const question = beforeFragment.indexOf('?');
  const path = question < 0 ? beforeFragment : beforeFragment.slice(0, question);
  const query = question < 0 ? undefined : beforeFragment.slice(question + 1);
  const fragment = fragments.length === 0 ? undefined : fragments.join('#');
  const maskedPath = maskPath(path, enterField(cursor, 'path'), masker, `${place}.path`);
  const maskedQuery =
    query === undefined ? undefined : maskForm(query, enterField(cursor, 'query'), masker, `${place}.query`);
  const maskedFragment =
    fragment === undefined ? undefined : maskForm(fragment, [], masker, `${place}.fragment`);
  if (maskedPath === undefined && maskedQuery === undefined && maskedFragment === undefined) return undefined;
  const shownQuery = maskedQuery ?? query;
  const shownFragment = maskedFragment ?? fragment;
  return `${maskedPath ?? path}${shownQuery === undefined ? '' : `?${shownQuery}`}${shownFragment === undefined ? '' : `#${shownFragment}`}`;
}

/** Parts count from 1: in `/accounts/DE89…`, `path.2` is the IBAN. */
function maskPath(path: string, cursor: Cursor, masker: Masker, place: string): string | undefined {
  let isMasked = false;
  const parts = path.split('/').map((part, index) => {
    const reason = isSecret(enterField(cursor, String(index))) ? DECLARED : undefined;
    const masked = masker.text(decoded(part), reason, place) ?? maskUserinfo(part, index, masker, place);
    isMasked ||= masked !== undefined;
    return masked ?? part;
  });
  return isMasked ? parts.join('/') : undefined;
}

/** `user:password@host`, the second part after a scheme. */
function maskUserinfo(part: string, index: number, masker: Masker, place: string): string | undefined {
  if (index !== 2 || !part.includes('@')) return undefined;
  return masker.within(`://${part}`, place)?.slice('://'.length);
}
