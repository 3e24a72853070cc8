import { readUrl } from '../value/url.ts';
import { textRule } from './text-pairs.ts';

/** The scheme and authority of a URL; empty for other texts. */
export function originOf(text: string): string {
  return /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]+/.exec(text)?.[0] ?? '';
}

export const urlChanged = textRule({
  name: 'url-changed',
  shows:
    'A link that leads elsewhere on the same host (also when modern leaves the host out), to a host of another kind, or without encryption.',
  spares:
    'A link to the service’s own address (own-address); another host alone, or other paths there (asked).',
  how({ legacy, modern }) {
    const l = readUrl(legacy);
    const m =
      l === undefined ? undefined : readUrl(modern.startsWith('/') ? originOf(legacy) + modern : modern);
    if (l === undefined || m === undefined) return parameterLost(legacy, modern);
    if (l.scheme === 'https' && m.scheme === 'http') return 'the link is no longer encrypted';
    if (l.host !== m.host)
      return isOtherNumber(l.path, m.path) ? 'a number in the path is another' : undefined;
    if (l.query !== m.query) return 'the parameters are not the same';
    if (l.path.replace(/\/$/, '') === m.path.replace(/\/$/, '') && l.fragment === m.fragment)
      return undefined;
    return l.path !== m.path || l.fragment !== m.fragment ? 'the path is not the same' : undefined;
  },
});

/** The same names, and another number of six digits or more: another thing, wherever it is served. */
function isOtherNumber(ours: string, theirs: string): boolean {
  const template = (path: string) => path.replaceAll(/[0-9]+/g, '#');
  return ours !== theirs && template(ours) === template(theirs) && /[0-9]{6}/.test(ours);
}

/** A relative link that keeps its path and its other parameters. */
function parameterLost(legacy: string, modern: string): string | undefined {
  const [l, m] = [legacy, modern].map((text) =>
    /^(?:\/[^?#\s]*)?\?[^#\s]*$/.test(text) ? readUrl(`https://relative${text}`) : undefined,
  );
  if (l === undefined || m === undefined || l.path !== m.path) return undefined;
  const [ours, theirs] = [l, m].map(({ query }) => query.split('&'));
  const lost = ours?.filter((part) => !theirs?.includes(part)) ?? [];
  const come = theirs?.filter((part) => !ours?.includes(part)) ?? [];
  const [gone = ''] = lost;
  const kept = (ours?.length ?? 0) - lost.length;
  if (lost.length > 0 && come.length === 0) return `the parameter ${gone} is lost`;
  const isOther = come[0]?.startsWith(`${gone.split('=', 1)[0]}=`) === true && /=[0-9]+$/.test(gone);
  return lost.length === 1 && come.length === 1 && kept > 0 && isOther
    ? `the parameter ${gone} became ${come[0]}`
    : undefined;
}
