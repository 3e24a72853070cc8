import { setTimeout as delay } from 'node:timers/promises';
import { fromBinary } from '@bufbuild/protobuf';
import { MIGRATIONS, TOPICS } from '@chronos/arbiter/shell/topics.ts';
import type { Bus, ReceivedRecord } from '@chronos/bus/bus.ts';
import { type JudgingRules, JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';

export interface RulesFollower {
  close(): Promise<void>;
}

export interface FollowRulesOptions {
  readonly connect: () => Bus;
  readonly onRules: (migration: string, rules: JudgingRules) => void;
  /** The migration is gone. */
  readonly onGone: (migration: string) => void;
  /** All that the topic held has been read. */
  readonly onAllRead: () => void;
  readonly onTrouble: (error: unknown) => void;
}

const backoffMs = { first: 100, max: 2_000 };

/** Reads the newest rules of each migration from the compacted topic and follows it; waits for a broker as long as it takes. */
export function followRules(options: FollowRulesOptions): RulesFollower {
  const closing = new AbortController();
  const running = follow(options, closing.signal);
  return {
    async close() {
      closing.abort();
      await (await running)?.close();
    },
  };
}

async function follow(options: FollowRulesOptions, closing: AbortSignal): Promise<Bus | undefined> {
  for (let pauseMs = backoffMs.first; !closing.aborted; pauseMs = Math.min(pauseMs * 2, backoffMs.max)) {
    const bus = options.connect();
    try {
      await bus.ensureTopics(TOPICS.filter(({ topic }) => topic === MIGRATIONS));
      await bus.readAll({ topic: MIGRATIONS, onRecord: (record) => accept(record, options) });
      options.onAllRead();
      return bus;
    } catch (error) {
      options.onTrouble(error);
      await bus.close();
      await delay(pauseMs, undefined, { signal: closing }).catch(() => {});
    }
  }
  return undefined;
}

function accept({ key, value }: ReceivedRecord, { onRules, onGone, onTrouble }: FollowRulesOptions): void {
  try {
    if (value.length === 0) onGone(key);
    else onRules(key, fromBinary(JudgingRulesSchema, value));
  } catch (error) {
    onTrouble(new Error(`the rules of migration ${key} cannot be read`, { cause: error }));
  }
}
