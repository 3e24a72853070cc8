/**
 * One request's three answers at one field, each as raw JSON text; an absent key is a field that is missing there.
 * `legacy2` is a second run of legacy on the same request.
 */
export interface Triple {
  readonly legacy?: string;
  readonly modern?: string;
  readonly legacy2?: string;
}

/** What was seen at one field of one route. */
export interface Episode {
  readonly id: string;
  readonly route?: string;
  readonly field: string;
  readonly observations: readonly Triple[];
}

/** Longest line of a file of episodes. */
export const LINE_CHARS_MAX = 16 * 1024 * 1024;
/** Most observations of one episode; the reservoirs that feed the judge live are far smaller. */
export const OBSERVATIONS_MAX = 10_000;

export type EpisodeResult =
  | { readonly ok: true; readonly episode: Episode }
  | { readonly ok: false; readonly problem: string };

/** Reads one line of a file of episodes. Unknown keys (labels) are ignored; the problem says what is wrong and where. */
export function parseEpisode(line: string): EpisodeResult {
  if (line.length > LINE_CHARS_MAX)
    return refused(`longer than ${LINE_CHARS_MAX} characters: ${line.length}`);
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return refused(`not JSON: ${error instanceof Error ? error.message : 'cannot be parsed'}`);
  }
  if (!isRecord(value)) return refused('an object {id, field, observations} is expected');
  const { id, route, field, observations } = value;
  if (typeof id !== 'string' || id === '') return refused('"id" must be a non-empty string');
  if (typeof field !== 'string') return refused('"field" must be a string');
  if (route !== undefined && typeof route !== 'string') return refused('"route" must be a string or absent');
  if (!Array.isArray(observations)) return refused('"observations" must be an array');
  if (observations.length > OBSERVATIONS_MAX)
    return refused(`${observations.length} observations; at most ${OBSERVATIONS_MAX}`);
  const triples: Triple[] = [];
  for (const [index, item] of observations.entries()) {
    const problem = problemOf(item);
    if (problem !== undefined) return refused(`observations[${index}]${problem}`);
    triples.push(item as Triple);
  }
  return {
    ok: true,
    episode: { id, field, observations: triples, ...(route === undefined ? {} : { route }) },
  };
}

function problemOf(item: unknown): string | undefined {
  if (!isRecord(item)) return ' must be an object {legacy, modern, legacy2}';
  for (const key of ['legacy', 'modern', 'legacy2'] as const) {
    const value = item[key];
    if (value !== undefined && typeof value !== 'string')
      return `.${key} must be a string of raw JSON text, or absent`;
  }
  return undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refused(problem: string): EpisodeResult {
  return { ok: false, problem };
}
