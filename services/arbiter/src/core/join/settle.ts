import { type Exchange, Role, Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import {
  answeredBy,
  authority,
  type Exchanges,
  isComplete,
  mayBeRetried,
  secondIsOwed,
  secondOf,
  shadow,
  sideOf,
} from './sides.ts';

/** Why a request cannot be compared. Stable words: they are counted, shown and documented in the README's table. */
export type LostReason =
  | 'authority-not-captured'
  | 'shadow-not-captured'
  | 'legacy-no-answer'
  | 'modern-cut-off'
  | 'shadow-no-response'
  | 'no-answer'
  | 'modern-not-asked'
  | 'unattributed'
  | 'body-too-large'
  | 'unknown-encoding'
  | 'copies-differ'
  | 'copy-cut-off'
  | NotSent
  | 'join-overflow'
  | 'rules-unknown'
  | 'masked-differently';

/** Why a copy was never sent to its universe (services/identifiers). */
const NOT_SENT = ['unlearned-id', 'untranslatable', 'copy-too-large', 'copy-out-of-order'] as const;
type NotSent = (typeof NOT_SENT)[number];

interface Sides {
  readonly legacy: Exchange | undefined;
  readonly modern: Exchange | undefined;
  readonly answeredBy: Universe;
  /** Legacy's second run, where there is a complete one; evidence of noise, never a side. */
  readonly second: Exchange | undefined;
}

/** What a request's exchanges amount to. */
export type Outcome =
  | (Sides & { readonly type: 'compare'; readonly legacy: Exchange; readonly modern: Exchange })
  /** Legacy answered and modern did not, though it was asked: a mismatch. */
  | (Sides & { readonly type: 'modern-no-answer'; readonly legacy: Exchange; readonly modern: Exchange })
  | (Sides & { readonly type: 'lost'; readonly reason: LostReason });

/** How long to wait for more before the outcome is final. */
export type Wait =
  /** Nothing that could still arrive would change it. */
  | 'none'
  /** Both sides are there, but the answering side's last attempt failed: Envoy may have tried again, which shows within moments. */
  | 'failover'
  /** Both sides are there; legacy's second run would only add evidence of noise. */
  | 'second'
  /** A side is missing. */
  | 'deadline';

/** What the exchanges amount to if nothing else arrives. Total: every set of exchanges has exactly one outcome. */
export function outcomeOf(exchanges: Exchanges): Outcome {
  const legacy = sideOf(exchanges, Universe.LEGACY);
  const modern = sideOf(exchanges, Universe.MODERN);
  const sides = { legacy, modern, answeredBy: answeredBy(exchanges), second: secondOf(exchanges) };
  const notSent = notSentOf(legacy) ?? notSentOf(modern);
  if (notSent !== undefined) return { ...sides, type: 'lost', reason: notSent };
  if (legacy && modern) {
    if (isComplete(legacy)) {
      if (isComplete(modern)) return { ...sides, type: 'compare', legacy, modern };
      // A client that leaves ends the attempt as a failure of modern does; only that Envoy tried again tells that it was not the client.
      if (authority(exchanges).at(-1) === modern) return { ...sides, type: 'lost', reason: 'modern-cut-off' };
      return { ...sides, type: 'modern-no-answer', legacy, modern };
    }
    if (!isComplete(modern)) return { ...sides, type: 'lost', reason: 'no-answer' };
    return {
      ...sides,
      type: 'lost',
      reason: legacy.role === Role.SHADOW ? 'shadow-no-response' : 'legacy-no-answer',
    };
  }
  return { ...sides, type: 'lost', reason: missingSide(exchanges) };
}

function notSentOf(exchange: Exchange | undefined): NotSent | undefined {
  if (exchange === undefined || exchange.notSent === '') return undefined;
  return NOT_SENT.find((known) => known === exchange.notSent) ?? 'untranslatable';
}

export function waitOf(exchanges: Exchanges): Wait {
  const last = authority(exchanges).at(-1);
  if (!last) return 'deadline';
  const bothSides =
    sideOf(exchanges, Universe.LEGACY) !== undefined && sideOf(exchanges, Universe.MODERN) !== undefined;
  if (!bothSides && !modernWasNotAsked(exchanges)) return 'deadline';
  // The copy stands for legacy: when it is still missing, a failover's attempt stands in only at the deadline.
  if (!shadow(exchanges)) return 'deadline';
  if (mayBeRetried(last)) return 'failover';
  return secondIsOwed(exchanges) ? 'second' : 'none';
}

function missingSide(exchanges: Exchanges): LostReason {
  // The proxy did not say which universe answered; that is never guessed.
  if (exchanges.some((e) => e.universe === Universe.UNSPECIFIED)) return 'unattributed';
  if (modernWasNotAsked(exchanges)) return 'modern-not-asked';
  return authority(exchanges).length === 0 || shadow(exchanges)
    ? 'authority-not-captured'
    : 'shadow-not-captured';
}

/** Envoy had ejected modern: the first attempt went to legacy though legacy also got the copy. */
function modernWasNotAsked(exchanges: Exchanges): boolean {
  const first = authority(exchanges)[0];
  return (
    first?.universe === Universe.LEGACY &&
    first.attempt <= 1 &&
    shadow(exchanges)?.universe === Universe.LEGACY &&
    sideOf(exchanges, Universe.MODERN) === undefined
  );
}
