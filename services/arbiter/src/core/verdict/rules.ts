import type { JudgingRules } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import type { CompareRules as CompareRulesMessage, Segment } from '@chronos/proto/chronos/v1/migration_pb.js';
import type { CompareRules } from '../compare/compare.ts';
import { type Methods, readDescriptors } from '../compare/descriptors.ts';
import { compilePathRules } from '../compare/path-rules.ts';

/** A migration's judging rules, ready for use. */
export interface MigrationRules {
  readonly revision: bigint;
  /** Every verdict carries it. */
  readonly version: string;
  readonly joinDeadlineMs: number;
  readonly segments: readonly Segment[];
  readonly methods: Methods;
  /** By route group; the empty name holds the rules of the whole migration. */
  readonly groups: ReadonlyMap<string, CompareRules>;
  /** What could not be used, for the log. */
  readonly problems: readonly string[];
}

const JOIN_DEADLINE_MS = 10_000;

export function compileRules(message: JudgingRules): MigrationRules {
  const { spec } = message;
  const { methods, problems } = readDescriptors(message.descriptorSets);
  const all = [...problems];
  const groups = new Map<string, CompareRules>();
  const add = (group: string, ...rules: (CompareRulesMessage | undefined)[]) => {
    const paths = compilePathRules(
      rules.flatMap((r) => r?.ignore ?? []),
      rules.flatMap((r) => r?.unordered ?? []),
    );
    const headers = new Set(rules.flatMap((r) => r?.headers ?? []).map((name) => name.toLowerCase()));
    groups.set(group, { paths, headers, methods });
    all.push(...paths.problems);
  };
  add('', spec?.compare);
  for (const group of spec?.routes ?? []) add(group.name, spec?.compare, group.compare);
  const deadline = spec?.policy?.joinDeadline;
  return {
    revision: message.revision,
    version: message.rulesVersion,
    joinDeadlineMs: deadline ? Number(deadline.seconds) * 1000 + deadline.nanos / 1e6 : JOIN_DEADLINE_MS,
    segments: spec?.segments ?? [],
    methods,
    groups,
    problems: [...new Set(all)],
  };
}

/** The rules of one route group; a group that the specification does not know is judged by those of the whole migration. */
export function rulesOf(rules: MigrationRules, group: string): CompareRules {
  const found = rules.groups.get(group) ?? rules.groups.get('');
  if (!found) throw new Error('compileRules always makes the rules of the whole migration');
  return found;
}
