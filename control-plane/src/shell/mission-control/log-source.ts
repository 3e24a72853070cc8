import type { MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  LogLevel,
  type LogLineSchema,
  WatchLogResponseSchema,
} from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import type { Story, StoryLine } from '../../core/mission-control/story.ts';
import { changes } from '../api/latest.ts';
import type { Engine } from '../engine/engine.ts';
import type { Cursor, Source } from './feed.ts';
import type { JournalTeller } from './journal-teller.ts';
import { polled } from './polled.ts';

/** At most this often, however much is told. */
const intervalMs = 200;
const journalMs = 1_000;

const levels = { info: LogLevel.INFO, warning: LogLevel.WARNING, error: LogLevel.ERROR } as const;

/** The story of one migration ('': of all) and of what belongs to none. */
export class LogSource implements Source<typeof WatchLogResponseSchema> {
  readonly schema = WatchLogResponseSchema;
  readonly #engine: Engine;
  readonly #story: Story;
  readonly #journal: JournalTeller;
  readonly #migration: string;

  constructor(
    engine: Engine,
    told: { readonly story: Story; readonly journal: JournalTeller },
    migration: string,
  ) {
    this.#engine = engine;
    this.#story = told.story;
    this.#journal = told.journal;
    this.#migration = migration;
  }

  get version(): number {
    return this.#story.last;
  }

  start(changed: () => void): () => void {
    const stopping = new AbortController();
    const { signal } = stopping;
    const subscribe = (wake: () => void) => {
      wake();
      return this.#story.onLine(wake);
    };
    void (async () => {
      // Decisions of before a restart first, or a reader would get them in a second message; without the database, what there is.
      await this.#journal.read().catch(() => {});
      for await (const _ of changes(subscribe, { intervalMs, signal })) changed();
    })();
    const journal = polled(
      journalMs,
      () => this.#journal.read(),
      // To tell of it in the log would be told in the log.
      () => {},
    );
    return () => {
      stopping.abort();
      journal.stop();
    };
  }

  message(cursor: Cursor): MessageInitShape<typeof WatchLogResponseSchema> {
    const { lines, skipped } =
      'version' in cursor
        ? this.#story.after(cursor.version, this.#migration)
        : { lines: this.#story.since(cursor.sinceMs ?? 0, this.#migration), skipped: 0 };
    return {
      migration: this.#migration,
      observedAt: timestampFromMs(this.#engine.nowMs()),
      lines: lines.map(lineMessage),
      skipped: BigInt(skipped),
      reset: 'sinceMs' in cursor && cursor.sinceMs === undefined,
    };
  }
}

function lineMessage(line: StoryLine): MessageInitShape<typeof LogLineSchema> {
  const { atMs, level, sequence, ...rest } = line;
  return { ...rest, sequence: BigInt(sequence), at: timestampFromMs(atMs), level: levels[level] };
}
