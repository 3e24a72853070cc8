import { create, toBinary } from '@bufbuild/protobuf';
import { TOPICS } from '@chronos/arbiter/shell/topics.ts';
import type { Bus, BusProducer } from '@chronos/bus/bus.ts';
import { type JudgingRules, JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import type { MigrationRecord } from '../../core/model.ts';
import { withDefaults } from '../../core/orchestrator/policy.ts';
import { groupRulesVersion } from './rules-version.ts';

export const rulesTopic = 'migrations';
export const verdictsTopic = 'verdicts';

/** Tells arbiters by what to judge. */
export interface RulesPublisher {
  /** Never rejects: what could not be sent now is sent again until it could. */
  publish(record: MigrationRecord): Promise<void>;
  /** Sends what is still owed; to be called now and then. */
  retry(): Promise<void>;
  close(): Promise<void>;
}

/** As capture and arbiters make them: whoever comes first decides how large a record may be, and two bodies of 1 MiB must fit. */
export async function ensureTopics(bus: Bus): Promise<void> {
  await bus.ensureTopics(TOPICS);
}

/** Publishes to the compacted topic, newest rules of a migration only. */
export function busRulesPublisher(bus: Bus, log: (line: string) => void): RulesPublisher {
  const owed = new Map<string, MigrationRecord>();
  let producer: Promise<BusProducer> | undefined;
  let sending: Promise<void> = Promise.resolve();

  const sendOwed = async () => {
    for (const [name, record] of [...owed]) {
      producer ??= bus.producer();
      try {
        await (await producer).send(rulesTopic, [{ key: name, value: rulesOf(record) }]);
        if (owed.get(name) === record) owed.delete(name);
      } catch (error) {
        producer = undefined;
        log(`judging rules of ${name} are not published yet, trying again: ${String(error)}`);
        return;
      }
    }
  };
  const flush = () => {
    sending = sending.then(sendOwed);
    return sending;
  };
  return {
    publish(record) {
      owed.set(record.spec.name, record);
      return flush();
    },
    retry: () => (owed.size === 0 ? Promise.resolve() : flush()),
    async close() {
      await sending;
      await (await producer?.catch(() => undefined))?.close();
    },
  };
}

function rulesOf(record: MigrationRecord): Uint8Array {
  return toBinary(JudgingRulesSchema, judgingRules(record));
}

/** By what a migration is judged, as arbiters and captures get it. */
export function judgingRules(record: MigrationRecord): JudgingRules {
  return create(JudgingRulesSchema, {
    spec: withDefaults(record.spec),
    descriptorSets: [...record.descriptorSets],
    revision: record.revision,
    rulesVersion: record.rulesVersion,
    fieldRules: [...record.fieldRules],
    groupRulesVersions: Object.fromEntries(
      record.fieldRules.map(({ group }) => [group, groupRulesVersion(record, group)]),
    ),
    rulesRevision: record.rulesRevision,
  });
}
