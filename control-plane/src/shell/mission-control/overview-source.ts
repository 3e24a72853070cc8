import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { WatchOverviewResponseSchema } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import type { SeriesBook } from '../../core/mission-control/series-book.ts';
import { wholeMigration } from '../../core/mission-control/series-book.ts';
import { summaryOf } from '../../core/mission-control/summary.ts';
import type { Engine } from '../engine/engine.ts';
import { openByMigration } from '../store/question-store.ts';
import { noRepairs, repairTotals, type Totals } from '../store/repair-totals.ts';
import type { ProxyStatus } from '../xds/proxy-status.ts';
import type { Source } from './feed.ts';
import { polled } from './polled.ts';
import { walAlarms } from './wal-alarms.ts';

const intervalMs = 1_000;
/** A journal of repairs may be long, and is counted more seldom. */
const repairsMs = 5_000;

/** All migrations, once a second. */
export class OverviewSource implements Source<typeof WatchOverviewResponseSchema> {
  readonly schema = WatchOverviewResponseSchema;
  readonly #engine: Engine;
  readonly #book: SeriesBook;
  readonly #proxies: () => readonly ProxyStatus[];
  /** Undefined until they were counted. */
  #questions: ReadonlyMap<string, number> | undefined;
  /** Undefined until they were counted. */
  #repairs: ReadonlyMap<string, Totals> | undefined;
  #repairsCountedMs = 0;
  #walAlarms: ReadonlyMap<string, readonly string[]> = new Map();
  /** One asking at a time: an entanglement that hangs must not hold up all else. */
  #isAskingWal = false;
  /** When questions were counted; all else is what this process knows now. */
  #countedMs = 0;
  /** Since when it is looked at all. */
  #startedMs = 0;
  #version = 0;

  constructor(engine: Engine, book: SeriesBook, proxies: () => readonly ProxyStatus[]) {
    this.#engine = engine;
    this.#book = book;
    this.#proxies = proxies;
  }

  get version(): number {
    return this.#version;
  }

  start(changed: () => void): () => void {
    const { database, nowMs } = this.#engine;
    const shown = () => {
      this.#version += 1;
      changed();
    };
    const look = async () => {
      const beganMs = nowMs();
      this.#questions = await openByMigration(database);
      this.#countedMs = beganMs;
      if (beganMs - this.#repairsCountedMs >= repairsMs) {
        this.#repairs = await repairTotals(database);
        this.#repairsCountedMs = beganMs;
        void this.#askWal();
      }
      shown();
    };
    this.#startedMs = nowMs();
    if (this.#questions === undefined) this.#countedMs = this.#startedMs;
    // Without the database, gone or hanging, everything else is still true, and a kill still works: the page must not go blind.
    const blind = setTimeout(shown, intervalMs).unref();
    const polling = polled(intervalMs, look, shown);
    return () => {
      clearTimeout(blind);
      polling.stop();
    };
  }

  async #askWal(): Promise<void> {
    if (this.#isAskingWal) return;
    this.#isAskingWal = true;
    const living = this.#engine.world
      .all()
      .filter(({ spec, sealed }) => spec.entanglement !== undefined && sealed === undefined);
    this.#walAlarms = await walAlarms(
      this.#engine.entangled,
      living.map(({ spec }) => spec.name),
    );
    this.#isAskingWal = false;
  }

  message(): MessageInitShape<typeof WatchOverviewResponseSchema> {
    const nowMs = this.#engine.nowMs();
    const proxiesConnected = this.#proxies().filter((proxy) => proxy.connected).length;
    const migrations = this.#engine.world.all().map((record) => {
      const { name } = record.spec;
      return summaryOf(record, {
        surroundings: this.#engine.world.surroundings(name, nowMs),
        points: this.#book.of(name, wholeMigration).after(undefined),
        questionsOpen: this.#questions && (this.#questions.get(name) ?? 0),
        repairs: this.#repairs && (this.#repairs.get(name) ?? noRepairs),
        proxiesConnected,
        walAlarms: this.#walAlarms.get(name) ?? [],
        unreadMs: nowMs - Math.max(this.#countedMs, this.#startedMs),
        nowMs,
      });
    });
    return { observedAt: timestampFromMs(this.#countedMs), migrations };
  }
}
