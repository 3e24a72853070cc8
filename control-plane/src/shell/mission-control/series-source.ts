import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { Decision } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { WatchSeriesResponseSchema } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { pointsMessage } from '../../core/mission-control/points-message.ts';
import { keptS } from '../../core/mission-control/series.ts';
import type { SeriesBook } from '../../core/mission-control/series-book.ts';
import { decisionMessage } from '../api/decision-message.ts';
import type { Engine } from '../engine/engine.ts';
import type { ReadJournalEntry } from '../store/journal-store.ts';
import { DecisionLog } from './decision-log.ts';
import type { Cursor, Source } from './feed.ts';
import type { SeriesRecorder } from './series-recorder.ts';

/** A reader that is further behind begins anew. */
const versionsMax = 600;

export interface SeriesParts {
  readonly engine: Engine;
  readonly book: SeriesBook;
  readonly recorder: SeriesRecorder;
  readonly migration: string;
  /** Empty: the whole migration. */
  readonly group: string;
}

/** The figures of one route group or of a whole migration, and what was decided meanwhile. */
export class SeriesSource implements Source<typeof WatchSeriesResponseSchema> {
  readonly schema = WatchSeriesResponseSchema;
  readonly #parts: SeriesParts;
  readonly #decisions: DecisionLog;
  /** Version of this source → version of the series that it showed. */
  readonly #shown = new Map<number, number>();
  #version = 0;

  constructor(parts: SeriesParts) {
    this.#parts = parts;
    this.#decisions = new DecisionLog(parts.engine, parts.migration);
  }

  get version(): number {
    return this.#version;
  }

  start(changed: () => void): () => void {
    const look = async () => {
      // Without the database there are no marks, and the figures go on.
      await this.#decisions.read(this.#version + 1).catch(() => {});
      this.#version += 1;
      this.#shown.set(this.#version, this.#series.version);
      const [oldest] = this.#shown.keys();
      if (oldest !== undefined && this.#shown.size > versionsMax) this.#shown.delete(oldest);
      changed();
    };
    const looking = onceAtATime(look);
    if (this.#parts.recorder.ready) looking();
    return this.#parts.recorder.onSecond(looking);
  }

  message(cursor: Cursor): MessageInitShape<typeof WatchSeriesResponseSchema> {
    const { migration, group, engine } = this.#parts;
    const nowMs = engine.nowMs();
    const known = 'version' in cursor ? this.#shown.get(cursor.version) : undefined;
    const news = 'version' in cursor && known !== undefined;
    const sinceMs = 'sinceMs' in cursor ? (cursor.sinceMs ?? 0) : 0;
    const marks = news
      ? this.#decisions.after(cursor.version)
      : this.#decisions.since(Math.max(sinceMs, nowMs - keptS * 1000));
    return {
      migration,
      group,
      observedAt: timestampFromMs(nowMs),
      points: pointsMessage(this.#series.after(known, Math.floor(sinceMs / 1000))),
      marks: marks.filter((entry) => group === '' || entry.group === '' || entry.group === group).map(mark),
      reset: !news && sinceMs === 0,
    };
  }

  get #series() {
    return this.#parts.book.of(this.#parts.migration, this.#parts.group);
  }
}

function mark(entry: ReadJournalEntry): Decision {
  return { ...decisionMessage(entry), evidenceJson: '' };
}

function onceAtATime(look: () => Promise<void>): () => void {
  let looking = false;
  return () => {
    if (looking) return;
    looking = true;
    void look().finally(() => {
      looking = false;
    });
  };
}
