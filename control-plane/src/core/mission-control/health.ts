import { Health } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import type { MigrationRecord } from '../model.ts';
import type { GroupView, MigrationView } from '../orchestrator/decide.ts';
import { isStale, silenceMs } from '../orchestrator/gate.ts';
import type { Point } from './point.ts';

export interface HealthQuestion {
  readonly record: MigrationRecord;
  readonly view: MigrationView;
  /** Groups that are to move. */
  readonly moving: readonly GroupView[];
  readonly points: readonly Point[];
  /** Undefined while the database has not been read. */
  readonly questionsOpen: number | undefined;
  readonly repairs: { readonly outstanding: bigint } | undefined;
  readonly proxiesConnected: number;
  /** Databases that keep much WAL for Chronos, in words. */
  readonly walAlarms: readonly string[];
  /** What somebody has accepted that people should know of; see `acceptedOverlaps`. */
  readonly accepted: readonly string[];
  /** Since Chronos' database was last read, or since it is tried. */
  readonly unreadMs: number;
  readonly nowMs: number;
}

export interface HealthAnswer {
  readonly health: Health;
  /** One sentence. */
  readonly reason: string;
}

/** Then it is not merely slow. */
const databaseSilentMs = 5_000;

/** Whether a person has to look, and why: the first that holds, the most pressing first. */
export function healthOf(question: HealthQuestion): HealthAnswer {
  const bad = (reason: string) => ({ health: Health.BAD, reason });
  const waiting = (reason: string) => ({ health: Health.WAITING, reason });
  const { record } = question;
  if (record.sealed !== undefined)
    return { health: Health.IDLE, reason: 'sealed: the legacy is in its Time Capsule' };
  const failed = failedDeployment(question);
  const fills = question.walAlarms.join('; ') || undefined;
  if (question.view.groups.every(({ state }) => state.stage === 'draft')) {
    const reasons = [failed, fills].filter((each) => each !== undefined);
    return reasons.length === 0 ? { health: Health.IDLE, reason: 'not started' } : bad(reasons.join('; '));
  }
  const wrong = killed(question) ?? noProxy(question) ?? mismatching(question) ?? failed;
  // Beside it: what stands of the rest is old then.
  const trouble = [wrong, fills, notJudged(question), unread(question)].filter((each) => each !== undefined);
  if (trouble.length > 0) return bad(trouble.join('; '));
  const held =
    overlapping(question) ??
    unanswered(question) ??
    unrepaired(question) ??
    paused(question) ??
    silent(question);
  const accepted = question.accepted.map((words) => `; ${words}`).join('');
  if (held !== undefined) return waiting(`${held}${accepted}`);
  return { health: Health.GOOD, reason: `no request of the running evidence differs${accepted}` };
}

function killed({ moving }: HealthQuestion): string | undefined {
  const names = moving.filter(({ state }) => state.stage === 'killed').map(({ state }) => state.name);
  if (names.length === 0) return undefined;
  return `${names.join(', ')}: the kill switch was thrown, legacy answers all`;
}

function noProxy({ proxiesConnected }: HealthQuestion): string | undefined {
  return proxiesConnected === 0
    ? 'no proxy is connected: nothing can be moved, and no kill reaches one'
    : undefined;
}

/** Shown bugs of the running evidence; differences that only wait for an answer are told of apart. */
function mismatching({ moving, points }: HealthQuestion): string | undefined {
  const suspects = moving.filter(({ evidence }) => evidence.mismatched > 0);
  if (suspects.length === 0) return undefined;
  const sinceS = Math.min(...suspects.map(({ evidence }) => evidence.epoch.startedAtMs)) / 1000;
  const recent = points.filter(({ atS }) => atS >= Math.floor(sinceS));
  if (!recent.some(({ mismatched, asked }) => mismatched > asked)) return undefined;
  const [first] = suspects.toSorted((a, b) => b.evidence.mismatched - a.evidence.mismatched);
  if (first === undefined) return undefined;
  const { compared, mismatched } = first.evidence;
  return `${first.state.name}: ${count(mismatched)} of ${count(compared)} compared requests differ`;
}

/** The newest of either universe. */
function failedDeployment({ record }: HealthQuestion): string | undefined {
  for (const which of ['modern', 'legacy'] as const) {
    const newest = record.deployments.findLast(({ universe }) => universe === which);
    if (newest?.phase === 'failed') return `deploying ${newest.build} failed: ${newest.reason}`;
  }
  return undefined;
}

/** It is read every second. */
function unread({ unreadMs }: HealthQuestion): string | undefined {
  if (unreadMs < databaseSilentMs) return undefined;
  return `Chronos' database has not answered for ${count(Math.floor(unreadMs / 1000))} s: nothing can be changed, but the kill switch works`;
}

/** Requests flow, and nothing comes of them: whoever captures, carries or judges them hangs. */
function notJudged({ moving, view, nowMs }: HealthQuestion): string | undefined {
  const group = moving.find(
    ({ state, evidence, uncaptured }) =>
      state.stage !== 'draft' && uncaptured > 0 && isStale(evidence, view.policy, nowMs),
  );
  if (group === undefined) return undefined;
  const since = count(Math.ceil(silenceMs(group.evidence, nowMs) / 1000));
  return `${group.state.name}: nothing was judged for ${since} s although requests flow: look at the arbiter, Kafka and the capture`;
}

/** Nobody is moved before somebody has seen to it. */
function overlapping({ view, moving }: HealthQuestion): string | undefined {
  if (view.heldFor === undefined || moving.every(({ shadowOnly }) => shadowOnly)) return undefined;
  return `waits for ${view.heldFor}`;
}

function unanswered({ questionsOpen }: HealthQuestion): string | undefined {
  if (questionsOpen === undefined) return "Chronos' database does not answer: open questions are not known";
  if (questionsOpen === 0) return undefined;
  return questionsOpen === 1
    ? 'one question waits for an answer'
    : `${count(questionsOpen)} questions wait for an answer`;
}

function unrepaired({ record, repairs }: HealthQuestion): string | undefined {
  if (record.spec.entanglement === undefined || repairs === undefined || repairs.outstanding === 0n)
    return undefined;
  return repairs.outstanding === 1n
    ? 'one repair is outstanding'
    : `${count(Number(repairs.outstanding))} repairs are outstanding`;
}

function paused({ moving }: HealthQuestion): string | undefined {
  const names = moving.filter(({ state }) => state.paused).map(({ state }) => state.name);
  return names.length === 0 ? undefined : `${names.join(', ')}: paused`;
}

function silent({ moving, view, nowMs }: HealthQuestion): string | undefined {
  const quiet = moving.find(
    ({ state, evidence }) => state.stage !== 'draft' && isStale(evidence, view.policy, nowMs),
  );
  if (quiet === undefined) return undefined;
  return `${quiet.state.name}: nothing was compared for ${count(Math.ceil(silenceMs(quiet.evidence, nowMs) / 1000))} s`;
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}
