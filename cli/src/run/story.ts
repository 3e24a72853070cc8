/** Tells a run as it happens: takes in states, decisions and the traffic's figures, and shows them. */
import type {
  Decision,
  MigrationState,
  WatchMigrationResponse,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import type { MismatchGroup } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { changeText } from '../core/render/change-line.ts';
import { decisionText } from '../core/render/decisions.ts';
import { liveBlock, trafficLine } from '../core/render/live-block.ts';
import { causeText } from '../core/render/mismatches.ts';
import { emptyStageLog, recordStages, type StageLog } from '../core/run/stage-log.ts';
import { clientsEvent, decisionEvent, mismatchEvent, stateEvent } from '../core/run/story-event.ts';
import { parseTrafficLine, type TrafficReport } from '../core/run/traffic-report.ts';
import { repeatsDeployment } from '../core/story.ts';
import { span } from '../core/text/numbers.ts';
import type { LogFollower } from './follow-log.ts';
import type { Terminal } from './terminal.ts';

/** A service that differs everywhere fills no log. */
const causesToldMax = 50;
/** After the seal only failures are told, and not each. */
const failuresEveryMs = 10_000;

export class Story {
  state: MigrationState | undefined;
  stages: StageLog = emptyStageLog;
  mismatches: readonly MismatchGroup[] = [];
  traffic: TrafficReport | undefined;
  /** Why the newest kill was. */
  killReason = '';
  readonly #terminal: Terminal;
  readonly #startedAt: number;
  #shown: MigrationState | undefined;
  #lastDecision: Decision | undefined;
  #trafficTold: { readonly report: TrafficReport; readonly atMs: number } | undefined;
  #hasMirrored = false;
  readonly #causesTold = new Set<string>();
  /** Mismatches counted when the groups were last read. */
  #mismatchesRead = 0n;

  constructor(terminal: Terminal, startedAt: number) {
    this.#terminal = terminal;
    this.#startedAt = startedAt;
  }

  get elapsedMs(): number {
    return performance.now() - this.#startedAt;
  }

  /** Shows the live block from now on. */
  begin(name: string, url: string): void {
    const { colors } = this.#terminal;
    this.#terminal.showBlock((width, rows) =>
      liveBlock({ name, url, elapsedMs: this.elapsedMs, ...this.#view() }, width, rows, colors),
    );
  }

  take(update: WatchMigrationResponse): void {
    const { colors } = this.#terminal;
    const known = this.stages.sequence;
    this.stages = recordStages(this.stages, update);
    for (const decision of update.decisions) {
      if (decision.sequence <= known) continue;
      if (decision.action === 'kill') this.killReason = decision.reason;
      // Programs get all of the journal.
      if (this.#terminal.isJson || !repeatsDeployment(this.#lastDecision, decision))
        this.#terminal.line(decisionText(decision, colors), decisionEvent(decision));
      this.#lastDecision = decision;
    }
    this.state = update.state;
    if (update.state === undefined) return;
    this.#tellFirstMirror(update.state);
    // On a terminal the block shows it.
    const change = this.#terminal.isLive ? undefined : changeText(this.#shown, update.state, colors);
    if (change === undefined) return;
    this.#shown = update.state;
    this.#terminal.line(change, stateEvent(update.state));
    this.tellTraffic();
  }

  /** What the clients saw, if that is news; on a terminal the block shows it. */
  tellTraffic(): void {
    const report = this.traffic;
    if (this.#terminal.isLive || report === undefined || report === this.#trafficTold?.report) return;
    this.#trafficTold = { report, atMs: performance.now() };
    this.#terminal.line(trafficLine(report, this.#terminal.colors).trim(), clientsEvent(report));
  }

  /** Reads what the traffic has told since the last time. */
  readTraffic(log: LogFollower): void {
    for (const line of log.newLines()) this.traffic = parseTrafficLine(line) ?? this.traffic;
    if (this.#hasUntoldFailures()) this.tellTraffic();
  }

  /** Before the seal they are told with the next state. */
  #hasUntoldFailures(): boolean {
    if (this.state?.sealed === undefined || this.traffic === undefined) return false;
    const { report, atMs } = this.#trafficTold ?? { report: undefined, atMs: Number.NEGATIVE_INFINITY };
    return (
      this.traffic.requests.failed > (report?.requests.failed ?? 0) &&
      performance.now() - atMs >= failuresEveryMs
    );
  }

  /** More mismatches are counted than the groups shown stand for. */
  hasNewMismatches(): boolean {
    return this.#mismatchesCounted() > this.#mismatchesRead;
  }

  takeMismatches(groups: readonly MismatchGroup[]): void {
    this.#tellNewCauses(groups);
    this.mismatches = groups;
    this.#mismatchesRead = this.#mismatchesCounted();
  }

  /** Each cause once; on a terminal the block shows them with their counts. */
  #tellNewCauses(groups: readonly MismatchGroup[]): void {
    if (this.#terminal.isLive) return;
    for (const group of groups) {
      const cause = `${group.route} ${group.field}`;
      if (this.#causesTold.has(cause) || this.#causesTold.size >= causesToldMax) continue;
      this.#causesTold.add(cause);
      const { colors } = this.#terminal;
      this.#terminal.line(
        `${colors.bad('mismatch')} ${causeText(group)}, e.g. request ${group.exampleRequestId}`,
        mismatchEvent(group),
      );
    }
  }

  #mismatchesCounted(): bigint {
    const { mismatch = 0n, asked = 0n } = this.state?.verdicts ?? {};
    return mismatch + asked;
  }

  #tellFirstMirror(state: MigrationState): void {
    if (this.#hasMirrored || (state.coverage?.compared ?? 0n) === 0n) return;
    this.#hasMirrored = true;
    const elapsedMs = Math.round(this.elapsedMs);
    this.#terminal.line(`first mirrored request compared after ${span(elapsedMs)}`, {
      event: 'first_mirrored',
      elapsed_ms: elapsedMs,
    });
  }

  #view() {
    return { state: this.state, mismatches: this.mismatches, traffic: this.traffic };
  }
}
