import type { GroupIr, MatchIr } from '../ir.ts';

/**
 * How a request may be retried on the other universe. `safe`: it changes nothing. `keyed`: it carries an idempotency-key, which services honour.
 * `other`: only if modern cannot have seen it.
 */
export type RetryTier = 'safe' | 'keyed' | 'other';

/** Streams end when they end; the deadline of ordinary requests would cut them. */
export type StreamKind = 'rpc' | 'events' | 'none';

/** One way in which requests of a match differ in what the proxy may do with them. */
export interface Variant {
  readonly tier: RetryTier;
  readonly stream: StreamKind;
  /** Methods it is for; empty: all. */
  readonly methods: readonly string[];
}

/** RFC 9110 section 9.2.1. */
const safeMethods = ['GET', 'HEAD', 'OPTIONS', 'TRACE'];

/**
 * The ways in which requests of a match differ, most special first: the first that fits takes the request, the last fits all.
 */
export function variants(match: MatchIr, group: Pick<GroupIr, 'timeoutCoversStreams'>): Variant[] {
  return tiers(match).flatMap(({ tier, methods }) =>
    streams(tier, match, group).map((stream) => ({ tier, stream, methods })),
  );
}

/** The ways that matter where nothing is retried. */
export function streamVariants(match: MatchIr, group: Pick<GroupIr, 'timeoutCoversStreams'>): Variant[] {
  const kinds: StreamKind[] = group.timeoutCoversStreams ? ['none'] : ['rpc', 'events', 'none'];
  return kinds.map((stream) => ({ tier: 'other', stream, methods: match.methods }));
}

function tiers({ methods, safe }: MatchIr): { tier: RetryTier; methods: readonly string[] }[] {
  if (safe) return [{ tier: 'safe', methods }];
  const all = methods.length === 0;
  const reading = all ? safeMethods : methods.filter((method) => safeMethods.includes(method));
  const mayWrite = all || reading.length < methods.length;
  return [
    ...(reading.length === 0 ? [] : [{ tier: 'safe' as const, methods: reading }]),
    ...(mayWrite
      ? [
          { tier: 'keyed' as const, methods },
          { tier: 'other' as const, methods },
        ]
      : []),
  ];
}

/** RPCs are POSTs, event streams are read: no route that nothing can match. */
function streams(
  tier: RetryTier,
  match: MatchIr,
  { timeoutCoversStreams }: Pick<GroupIr, 'timeoutCoversStreams'>,
) {
  const kinds: StreamKind[] = [];
  if (!timeoutCoversStreams) {
    if (tier !== 'safe' || match.safe) kinds.push('rpc');
    if (tier === 'safe') kinds.push('events');
  }
  return [...kinds, 'none' as const];
}
