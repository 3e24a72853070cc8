import { isInternalHost, readUrl } from '../value/url.ts';
import type { ProofRule } from './rule.ts';

export const urlNotation: ProofRule = {
  name: 'url-notation',
  accepts:
    'The same URL in the normal form of RFC 3986: case of scheme and host, default port, percent-encoding, order of differently named parameters, + for a blank in the parameters.',
  refuses: 'Another scheme, host, path, parameter or fragment.',
  prove({ legacy, modern }) {
    const l = legacy.text === undefined ? undefined : readReference(legacy.text);
    const m = l === undefined || modern.text === undefined ? undefined : readReference(modern.text);
    if (l === undefined || m === undefined) return undefined;
    const equal =
      l.scheme === m.scheme &&
      l.host === m.host &&
      l.user === m.user &&
      l.path === m.path &&
      l.query === m.query &&
      l.fragment === m.fragment;
    return equal ? 'Both are the same URL in normal form (RFC 3986).' : undefined;
  },
};

/** A URL, or the path and parameters of one. */
function readReference(text: string): ReturnType<typeof readUrl> {
  return readUrl(/^\/[^/\s?]\S*\?/.test(text) ? `relative://host${text}` : text);
}

export const ownAddress: ProofRule = {
  name: 'own-address',
  ofField: true,
  accepts:
    'A link to the answering service itself: legacy’s host is one address inside the platform for the whole field, so is modern’s, and path, parameters and fragment are the same, and a name tells which generation of the service it is (legacy, old, v2, api).',
  refuses:
    'A host that the outside can reach (a customer’s, a partner’s, another stage), another path, https that becomes http, credentials.',
  prove({ legacy, modern, profile }) {
    const l = legacy.text === undefined ? undefined : readUrl(legacy.text);
    const m = l === undefined || modern.text === undefined ? undefined : readUrl(modern.text);
    if (l === undefined || m === undefined || l.user !== '' || m.user !== '') return undefined;
    const { legacy: ours, modern: theirs } = profile.data;
    if (ours.hosts.length !== 1 || theirs.hosts.length !== 1 || ours.hostsOpen || theirs.hostsOpen)
      return undefined;
    if (!isInternalHost(l.host) || !isInternalHost(m.host) || isLocal(m.host)) return undefined;
    if (stageOf(l.host) !== stageOf(m.host) || !isSameService(l.host, m.host)) return undefined;
    if (l.scheme !== m.scheme && !(l.scheme === 'http' && m.scheme === 'https')) return undefined;
    if (l.path !== m.path || l.query !== m.query || l.fragment !== m.fragment) return undefined;
    return `The link leads to the same path at each side’s own address (${l.host}, ${m.host}).`;
  },
};

/** What tells the generations of a service apart. */
const GENERATION = /(?:^|[.-])(?:legacy|modern|old|new|next|api|gateway|v[0-9]+|blue|green)(?=[.:-]|$)/;

/** One of the names tells its generation, or both are one without their port; two addresses, or two services, may be of anybody. */
function isSameService(ours: string, theirs: string): boolean {
  const bare = (host: string) => host.replace(/:[0-9]+$/, '');
  if (bare(ours) === bare(theirs)) return true;
  if (/^[0-9.]+$/.test(bare(ours)) || /^[0-9.]+$/.test(bare(theirs))) return false;
  if (!GENERATION.test(ours) && !GENERATION.test(theirs)) return false;
  // The name without the generation and the domain, of which modern's may say less.
  const [l, m] = [stemOf(bare(ours)), stemOf(bare(theirs))];
  return m.every((word) => l.includes(word));
}

function stemOf(host: string): readonly string[] {
  const labels = host.split('.');
  return (labels.length > 1 ? labels.slice(0, -1) : labels)
    .flatMap((label) => label.split('-'))
    .filter((word) => word !== '' && !GENERATION.test(word));
}

/** Only the machine itself reaches it: no client can follow the link. */
function isLocal(host: string): boolean {
  return /^(?:localhost|127\.)/.test(host);
}

/** The stage that a host names, '' when it names none. */
function stageOf(host: string): string {
  return (
    /(?:^|[.-])(prod|production|live|stage|staging|test|dev|qa|uat|sandbox|demo|preprod)(?=[.:0-9-]|$)/.exec(
      host,
    )?.[1] ?? ''
  );
}
