import { timestampMs } from '@bufbuild/protobuf/wkt';
import { type Topic, WatchResponseSchema } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { DomainError } from '../../core/domain-error.ts';
import type { SeriesBook } from '../../core/mission-control/series-book.ts';
import type { Story } from '../../core/mission-control/story.ts';
import type { Engine } from '../engine/engine.ts';
import { requireGroup } from '../engine/group-change.ts';
import type { ProxyStatus } from '../xds/proxy-status.ts';
import { Feed, type Source } from './feed.ts';
import type { JournalTeller } from './journal-teller.ts';
import { mismatchesSource, proxiesSource, questionsSource } from './list-sources.ts';
import { LogSource } from './log-source.ts';
import { MigrationSource } from './migration-source.ts';
import { OverviewSource } from './overview-source.ts';
import { repairsSource } from './repairs-source.ts';
import type { SeriesRecorder } from './series-recorder.ts';
import { SeriesSource } from './series-source.ts';

export interface TopicParts {
  readonly engine: Engine;
  readonly proxies: () => readonly ProxyStatus[];
  readonly book: SeriesBook;
  readonly recorder: SeriesRecorder;
  readonly story: Story;
  readonly journal: JournalTeller;
}

/** What somebody asks to watch. */
export interface Subscription {
  /** The same for all who ask for the same. */
  readonly key: string;
  readonly field: number;
  readonly source: () => Source;
  /** What the asker knows already. */
  readonly sinceMs: number | undefined;
}

/** Where readers get their feeds. */
export interface TopicTable {
  /** @throws DomainError `not-found` for a migration or a group that does not exist. */
  subscription(topic: Topic): Subscription;
  /** To be joined at once: a feed that nobody watches is forgotten with its last reader only. */
  feed(subscription: Subscription): Feed;
}

/** The feeds of all topics that are watched: one each, however many watch it. */
export class Topics implements TopicTable {
  readonly #parts: TopicParts;
  readonly #feeds = new Map<string, Feed>();

  constructor(parts: TopicParts) {
    this.#parts = parts;
  }

  feed({ key, field, source }: Subscription): Feed {
    const known = this.#feeds.get(key);
    if (known !== undefined) return known;
    const created = new Feed(source(), field, () => this.#feeds.delete(key));
    this.#feeds.set(key, created);
    return created;
  }

  subscription({ topic }: Topic): Subscription {
    const { engine, proxies, book, recorder, story, journal } = this.#parts;
    const made = (source: () => Source, about: readonly string[] = [], sinceMs?: number): Subscription => ({
      key: JSON.stringify([topic.case, ...about]),
      field: fieldOf(topic.case),
      source,
      sinceMs,
    });
    switch (topic.case) {
      case 'overview':
        return made(() => new OverviewSource(engine, book, proxies));
      case 'proxies':
        return made(() => proxiesSource(engine, proxies));
      case 'migration': {
        const { name } = topic.value;
        engine.world.require(name);
        return made(() => new MigrationSource(engine, name), [name]);
      }
      case 'series': {
        const { migration, group, since } = topic.value;
        // What stays on legacy is watched like any other.
        const record = engine.world.require(migration);
        if (group !== '') requireGroup(record, group);
        const parts = { engine, book, recorder, migration, group };
        return made(() => new SeriesSource(parts), [migration, group], since && timestampMs(since));
      }
      case 'mismatches': {
        const { migration, modernDeployment } = topic.value;
        engine.world.require(migration);
        const source = () => mismatchesSource(engine, migration, modernDeployment);
        return made(source, [migration, modernDeployment]);
      }
      case 'questions': {
        const { migration } = topic.value;
        engine.world.require(migration);
        return made(() => questionsSource(engine, migration), [migration]);
      }
      case 'repairs': {
        const { migration } = topic.value;
        engine.world.require(migration);
        return made(() => repairsSource(engine, migration), [migration]);
      }
      case 'log': {
        const { migration, since } = topic.value;
        if (migration !== '') engine.world.require(migration);
        return made(
          () => new LogSource(engine, { story, journal }, migration),
          [migration],
          since && timestampMs(since),
        );
      }
      case undefined:
        throw new DomainError('invalid', 'a topic without anything to watch');
    }
  }
}

function fieldOf(topic: Topic['topic']['case']): number {
  return WatchResponseSchema.fields.find((field) => field.localName === topic)?.number ?? 0;
}
