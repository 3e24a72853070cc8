import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { Role } from '@chronos/proto/events/v1/exchange_pb.js';
import {
  type Difference,
  EffectsState,
  type EntityEffect,
  Kind,
  Ruling,
  Severity,
  type Verdict,
} from '@chronos/proto/events/v1/verdict_pb.js';
import { judgeEffects } from '../effects/judge-effects.ts';
import type { StateWindow } from '../effects/state-window.ts';
import { UNIVERSES } from '../effects/transaction.ts';
import { stands } from '../judge/ruling.ts';
import { exchanged } from './exchanged.ts';
import { comparedBy, type JudgeContext } from './verdict.ts';
import { type Ending, UNSAID, withEffects } from './with-effects.ts';

/** The verdict anew; or that nothing is new; or that something is, of which nobody can say what it makes of the request any more. */
export type Revision = Verdict | 'as-it-was' | 'cannot-tell';

/**
 * A verdict again, with changes that came after it was written. What the answers came to is taken from the verdict itself, so that nothing else need
 * be kept.
 */
export function revisedVerdict(old: Verdict, context: JudgeContext): Revision {
  const { rules, databases, codecs, nowMs, pairs } = context;
  const { legacy, modern, requestId, route } = old;
  const seen = [legacy, modern].find((e) => e?.role === Role.AUTHORITY) ?? legacy ?? modern;
  const effects = rules?.effects;
  if (seen === undefined || rules === undefined || effects === undefined || databases === undefined)
    return 'as-it-was';
  if (!mayHaveChanged(old, databases.window)) return 'as-it-was';
  const request = { requestId, seen, route, legacy, modern };
  const judged = judgeEffects(request, { ...databases, rules, effects, codecs, pairs });
  const isNews = old.effectsState !== EffectsState.COMPARED || !sameRows(judged.effects, old.effects);
  // What was not known then, and is not known now, has come to nothing new.
  if (judged.type === 'ambiguous' && old.effectsState === EffectsState.AMBIGUOUS) return 'as-it-was';
  if (judged.type === 'unknown') return hasNewer(old, databases.window) ? 'cannot-tell' : 'as-it-was';
  if (!isNews) return 'as-it-was';
  const answers = answersOf(old);
  const together = withEffects(answers, judged, { window: databases.window, effects });
  const { ending } = exchanged(together, answers, {
    request,
    judged,
    databases: { ...databases, rules, effects, codecs, pairs },
    compared: comparedBy(route, context),
  });
  return { ...old, ...ending, revision: old.revision + 1, judgedAt: timestampFromMs(nowMs) };
}

/** A quick look, before a verdict is judged again. */
export function mayHaveChanged(old: Verdict, window: StateWindow): boolean {
  return old.effectsState !== EffectsState.COMPARED || hasNewer(old, window);
}

/** A request's transactions of one universe come in the order of their commits, so news is newer than what the verdict knows. */
function hasNewer({ requestId, migration, effects, effectsState }: Verdict, window: StateWindow): boolean {
  // Of a very large transaction no position was kept.
  if (effectsState === EffectsState.TOO_LARGE) return false;
  return UNIVERSES.some((universe) => {
    const known = newest(effects.map((effect) => effect[universe]?.commitLsn ?? 0n));
    const own = window
      .of(migration)
      [universe].of(requestId)
      .filter(({ changes, tooLarge }) => changes.length > 0 || tooLarge);
    return newest(own.map(({ lsn }) => lsn)) > known;
  });
}

function newest(positions: readonly bigint[]): bigint {
  let most = 0n;
  for (const position of positions) if (position > most) most = position;
  return most;
}

/** The same rows, last changed by the same transactions. */
function sameRows(one: readonly EntityEffect[], other: readonly EntityEffect[]): boolean {
  const ids = (effects: readonly EntityEffect[]) =>
    new Set(effects.map((e) => JSON.stringify([e.entity, e.key, e.modernKey, lsn(e.legacy), lsn(e.modern)])));
  const [a, b] = [ids(one), ids(other)];
  return a.size === b.size && [...a].every((id) => b.has(id));
}

function lsn(side: EntityEffect['legacy']): string {
  return String(side?.commitLsn ?? '');
}

/** What the answers alone came to. A difference that a race explained stands again: what explained it may not hold any more. */
function answersOf({ differences, lostReason }: Verdict): Ending {
  const own = differences
    .filter(({ path }) => path !== 'state' && !path.startsWith('state.'))
    .map(
      (d): Difference =>
        d.ruling === Ruling.RACE ? { ...d, ruling: Ruling.ASKED, severity: Severity.MAJOR } : d,
    );
  const answers = { ...UNSAID, differences: own };
  const open = own.filter(stands);
  // Also of a mismatch that the databases alone have shown: its answers were never compared.
  if (lostReason !== '' && !lostReason.startsWith('effects-'))
    return { ...answers, kind: Kind.LOST, lostReason };
  if (open.length > 0) {
    const asked = open.every(({ ruling }) => ruling === Ruling.ASKED);
    const severity = Math.max(...open.map((d) => d.severity));
    return { ...answers, kind: Kind.MISMATCH, asked, severity };
  }
  return { ...answers, kind: own.length > 0 ? Kind.EQUIVALENT : Kind.IDENTICAL };
}
