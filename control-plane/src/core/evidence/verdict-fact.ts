import { durationMs, timestampMs } from '@bufbuild/protobuf/wkt';
import { stands } from '@chronos/arbiter/core/judge/ruling.ts';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { Kind, type Verdict } from '@chronos/proto/events/v1/verdict_pb.js';

/** What evidence needs of a verdict, in plain values. */
export interface VerdictFact {
  readonly requestId: string;
  readonly traceparent: string;
  readonly route: string;
  readonly outcome: 'match' | 'mismatch' | 'lost' | 'race';
  readonly lostReason: string;
  readonly answeredByModern: boolean;
  /** Empty where that side was not seen. */
  readonly legacyDeployment: string;
  readonly modernDeployment: string;
  readonly rulesVersion: string;
  readonly segments: Readonly<Record<string, string>>;
  /** When the request began; the evidence is as fresh as that, however late it was judged. */
  readonly startedAtMs: number;
  /** When the answer to the client ended, as far as it is known. */
  readonly endedAtMs: number;
  /** HTTP status, 0 without an answer. */
  readonly legacyStatus: number;
  readonly modernStatus: number;
  readonly legacyMs: number | undefined;
  readonly modernMs: number | undefined;
  /** First field that differs, where one does. */
  readonly field: string;
}

export function factOf(verdict: Verdict): VerdictFact {
  const judgedAtMs = verdict.judgedAt === undefined ? 0 : timestampMs(verdict.judgedAt);
  const startedAtMs = verdict.startedAt === undefined ? judgedAtMs : timestampMs(verdict.startedAt);
  const legacyMs = verdict.legacyDuration === undefined ? undefined : durationMs(verdict.legacyDuration);
  const modernMs = verdict.modernDuration === undefined ? undefined : durationMs(verdict.modernDuration);
  const answeredByModern = verdict.answeredBy === Universe.MODERN;
  return {
    requestId: verdict.requestId,
    traceparent: verdict.traceparent,
    route: verdict.route,
    outcome: outcomeOf(verdict.kind),
    lostReason: verdict.lostReason === '' ? 'unknown' : verdict.lostReason,
    answeredByModern,
    legacyDeployment: verdict.legacyDeployment,
    modernDeployment: verdict.modernDeployment,
    rulesVersion: verdict.rulesVersion,
    segments: verdict.segments,
    startedAtMs,
    endedAtMs: startedAtMs + ((answeredByModern ? modernMs : legacyMs) ?? 0),
    legacyStatus: verdict.legacyStatus,
    modernStatus: verdict.modernStatus,
    legacyMs,
    modernMs,
    field: verdict.differences.find(stands)?.path ?? '',
  };
}

function outcomeOf(kind: Kind): VerdictFact['outcome'] {
  switch (kind) {
    case Kind.IDENTICAL:
    case Kind.EQUIVALENT:
      return 'match';
    case Kind.MISMATCH:
      return 'mismatch';
    case Kind.RACE:
      return 'race';
    // A kind this version does not know is no agreement.
    case Kind.LOST:
    case Kind.UNSPECIFIED:
      return 'lost';
  }
}
