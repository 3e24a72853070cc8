import { Kind, Ruling, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import type { Tone } from '../ui/badge.tsx';

interface Words {
  readonly word: string;
  readonly tone: Tone;
}

/** A verdict in a word. `asked`: a mismatch that waits for an answer. */
export function kindWords(kind: Kind, asked: boolean): Words {
  switch (kind) {
    case Kind.IDENTICAL:
      return { word: 'identical', tone: 'good' };
    case Kind.EQUIVALENT:
      return { word: 'equivalent', tone: 'good' };
    case Kind.MISMATCH:
      return asked ? { word: 'asked', tone: 'warn' } : { word: 'mismatch', tone: 'bad' };
    case Kind.LOST:
      return { word: 'lost', tone: 'warn' };
    case Kind.RACE:
      return { word: 'race', tone: 'info' };
    case Kind.UNSPECIFIED:
      return { word: 'unknown', tone: 'neutral' };
  }
}

/** What the judge says of a difference, or of a row. */
export function rulingWords(ruling: Ruling, severity: Severity): Words {
  switch (ruling) {
    case Ruling.BUG:
      return severity === Severity.CRITICAL
        ? { word: 'critical bug', tone: 'bad' }
        : { word: severity === Severity.MINOR ? 'minor bug' : 'bug', tone: 'bad' };
    case Ruling.ASKED:
      return { word: 'asked', tone: 'warn' };
    case Ruling.APPROVED:
      return { word: 'approved', tone: 'good' };
    case Ruling.HARMLESS:
      return { word: 'harmless', tone: 'good' };
    case Ruling.RACE:
      return { word: 'race', tone: 'info' };
    case Ruling.UNSPECIFIED:
      return { word: 'the same', tone: 'neutral' };
  }
}
