import type { OtlpSpan } from './otlp.ts';

/** Which traces are kept for their own sake, and which share of the others. */
export interface Sampling {
  /** 0 to 1, for routes without a share of their own. */
  readonly share: number;
  readonly routes: ReadonlyMap<string, number>;
  /** A request that takes as long is kept, milliseconds. */
  readonly slowMs: number;
}

/** Why a trace is kept although chance did not choose it. */
export type Reason = 'verdict' | 'error' | 'slow' | 'decision';

/** Verdicts (events/v1/verdict.proto) that somebody looks for later. */
const remarkable = new Set(['MISMATCH', 'LOST', 'RACE']);

/** What one span tells of its trace; undefined: nothing out of the ordinary. */
export function reasonIn(span: OtlpSpan, { slowMs }: Sampling): Reason | undefined {
  if (remarkable.has(span.attributes['chronos.verdict'] ?? '')) return 'verdict';
  if (span.attributes['chronos.action'] !== undefined) return 'decision';
  const isFailed =
    span.error !== undefined ||
    span.attributes.error === 'true' ||
    Number(span.attributes['http.status_code'] ?? 0) >= 500;
  if (isFailed) return 'error';
  const ms = Number((span.endNs - span.startNs) / 1_000_000n);
  return span.kind === 'server' && ms >= slowMs ? 'slow' : undefined;
}

/** Chance, decided by the trace id alone: whoever asks gets the same answer. */
export function isSampled(traceId: string, route: string | undefined, sampling: Sampling): boolean {
  const share = (route === undefined ? undefined : sampling.routes.get(route)) ?? sampling.share;
  return Number.parseInt(traceId.slice(-8), 16) / 2 ** 32 < share;
}

/**
 * `0.1` or `0.1,checkout=1,health=0`: the share of all routes, then those of some.
 * @throws Error naming what is not understood
 */
export function parseShares(text: string): Pick<Sampling, 'share' | 'routes'> {
  const [first = '', ...rest] = text.split(',');
  const routes = new Map<string, number>();
  for (const item of rest) {
    const at = item.lastIndexOf('=');
    if (at <= 0) throw new Error(`"${item}" is no <route>=<share>`);
    routes.set(item.slice(0, at).trim(), shareOf(item.slice(at + 1)));
  }
  return { share: shareOf(first), routes };
}

function shareOf(text: string): number {
  const share = text.trim() === '' ? Number.NaN : Number(text);
  if (!(share >= 0 && share <= 1)) throw new Error(`"${text}" is no share from 0 to 1`);
  return share;
}
