import type { Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { SeriesBook } from '../../core/mission-control/series-book.ts';
import type { Story } from '../../core/mission-control/story.ts';
import type { Engine } from '../engine/engine.ts';
import type { ProxyStatus } from '../xds/proxy-status.ts';
import type { Access } from './access.ts';
import { JournalTeller } from './journal-teller.ts';
import { PageFiles } from './page-files.ts';
import { Replays } from './replay.ts';
import { SeriesRecorder } from './series-recorder.ts';
import { Topics } from './topics.ts';

/** The back end of the page: what it watches, and the page itself. */
export interface MissionControl {
  readonly access: Access;
  readonly topics: Topics;
  readonly replays: Replays;
  readonly files: PageFiles;
  readonly startedAtMs: number;
  /** Where people look at a trace, `{trace}` for its id; undefined: nobody has said. */
  readonly traceAddress: string | undefined;
  /** Takes fresh verdicts into the figures. */
  verdicts(fresh: readonly Verdict[]): void;
  /** Keeps the figures, second by second, until the signal. */
  run(signal: AbortSignal): Promise<void>;
}

export function missionControl(
  engine: Engine,
  options: {
    readonly proxies: () => readonly ProxyStatus[];
    readonly story: Story;
    /** Folder of the built page. */
    readonly pageDir: string;
    readonly access: Access;
    /** Capture's; undefined: nothing is replayed. */
    readonly maskingKey: string | undefined;
    /** Of service accounts, by name. */
    readonly replaySecrets: ReadonlyMap<string, string>;
    readonly traceAddress: string | undefined;
  },
): MissionControl {
  const { proxies, story } = options;
  const book = new SeriesBook();
  const recorder = new SeriesRecorder(engine, book);
  const journal = new JournalTeller(engine.database, story, engine.nowMs);
  return {
    access: options.access,
    topics: new Topics({ engine, proxies, book, recorder, story, journal }),
    replays: new Replays(engine, options.maskingKey, options.replaySecrets),
    files: new PageFiles(options.pageDir, engine.nowMs),
    startedAtMs: engine.nowMs(),
    traceAddress: options.traceAddress,
    verdicts: (fresh) => recorder.verdicts(fresh),
    run: (signal) => recorder.run(signal),
  };
}
