import { create, toBinary } from '@bufbuild/protobuf';
import { MIGRATIONS, TOPICS } from '@chronos/arbiter/shell/topics.ts';
import type { Bus } from '@chronos/bus/bus.ts';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';

/** Tells captures what is secret in a migration, as the control plane does. */
export async function publishRules(
  bus: Bus,
  migration: string,
  fields: readonly string[] = [],
): Promise<void> {
  await bus.ensureTopics(TOPICS.filter(({ topic }) => topic === MIGRATIONS));
  const rules = create(JudgingRulesSchema, {
    spec: { name: migration, sensitive: { fields: [...fields] } },
    revision: 1n,
  });
  const producer = await bus.producer();
  await producer.send(MIGRATIONS, [{ key: migration, value: toBinary(JudgingRulesSchema, rules) }]);
  await producer.close();
}
