import type { FieldRule, JudgingRules } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import type {
  ApprovedDivergence,
  CompareRules as CompareRulesMessage,
  FormatMapping,
  Segment,
} from '@chronos/proto/chronos/v1/migration_pb.js';
import { compileAnswered } from '../approve/answered.ts';
import { type ApprovedRule, compileApproved } from '../approve/approved-rule.ts';
import type { CompareRules } from '../compare/compare.ts';
import { type Methods, readDescriptors } from '../compare/descriptors.ts';
import { compileMapping, type Mapping } from '../compare/formats/mapping.ts';
import { compilePathRules } from '../compare/path-rules.ts';
import { compileEffects, type EffectRules } from '../effects/entities.ts';
import { compileEntangled, type EntangledRules } from '../entangled/rules.ts';
import { type CompiledRule, compileFieldRule } from '../judge/field-rule.ts';
import { NO_RULES, type RouteRules } from '../judge/judge.ts';
import { compileTcpRules, type TcpRules } from '../tcp/rules.ts';

/** A migration's judging rules, ready for use. */
export interface MigrationRules {
  readonly revision: bigint;
  /** Changes of field rules within the revision. */
  readonly rulesRevision: bigint;
  /** Every verdict carries it, unless its group has a version of its own. */
  readonly version: string;
  readonly groupVersions: Readonly<Record<string, string>>;
  readonly joinDeadlineMs: number;
  readonly segments: readonly Segment[];
  readonly methods: Methods;
  /** By route group; the empty name holds the rules of the whole migration. */
  readonly groups: ReadonlyMap<string, CompareRules>;
  /** Field rules by {@link routeKey}. */
  readonly routes: ReadonlyMap<string, RouteRules>;
  /** What is declared of the databases; undefined: they are left alone. */
  readonly effects: EffectRules | undefined;
  /** What is declared of ids that each universe makes by itself; undefined: nothing. */
  readonly entangled: EntangledRules | undefined;
  /** Of TCP groups, by name. */
  readonly tcp: ReadonlyMap<string, TcpRules>;
  /** What could not be used, for the log. */
  readonly problems: readonly string[];
}

const JOIN_DEADLINE_MS = 10_000;

export function compileRules(message: JudgingRules): MigrationRules {
  const { spec } = message;
  const { methods, problems } = readDescriptors(message.descriptorSets);
  const all = [...problems];
  const groups = new Map<string, CompareRules>();
  const segments = spec?.segments ?? [];
  const add = (group: string, ...rules: (CompareRulesMessage | undefined)[]) => {
    const approved = [
      ...approvedOf(spec?.approved ?? [], group, all),
      ...answeredOf(message.fieldRules, group, all),
    ];
    const paths = compilePathRules(
      rules.flatMap((r) => r?.ignore ?? []),
      rules.flatMap((r) => r?.unordered ?? []),
      approved,
    );
    const headers = new Set(rules.flatMap((r) => r?.headers ?? []).map((name) => name.toLowerCase()));
    const mappings = mappingsOf(spec?.formats ?? [], group);
    groups.set(group, { paths, headers, methods, approved, mappings, segments });
    all.push(...paths.problems);
  };
  add('', spec?.compare);
  for (const group of spec?.routes ?? []) add(group.name, spec?.compare, group.compare);
  const tcp = compileTcpRules(spec);
  all.push(...tcp.problems);
  const deadline = spec?.policy?.joinDeadline;
  return {
    revision: message.revision,
    rulesRevision: message.rulesRevision,
    version: message.rulesVersion,
    groupVersions: message.groupRulesVersions,
    joinDeadlineMs: deadline ? Number(deadline.seconds) * 1000 + deadline.nanos / 1e6 : JOIN_DEADLINE_MS,
    segments,
    methods,
    groups,
    routes: byRoute(message),
    effects: compileEffects(spec?.entanglement, spec?.identifiers),
    entangled: compileEntangled(spec?.identifiers),
    tcp: tcp.groups,
    problems: [...new Set(all)],
  };
}

/** The approved corrections of a group. One that cannot be read is left out: what it would have approved then stands. */
function approvedOf(
  messages: readonly ApprovedDivergence[],
  group: string,
  problems: string[],
): ApprovedRule[] {
  return messages
    .filter((message) => message.group === '' || message.group === group)
    .flatMap((message) => {
      const compiled = compileApproved(message);
      if (compiled.ok) return [compiled.rule];
      problems.push(...compiled.problems.map((p) => `approved ${message.name}: ${p.field}: ${p.message}`));
      return [];
    });
}

/** The corrections that people approved by their answers. */
function answeredOf(rules: readonly FieldRule[], group: string, problems: string[]): ApprovedRule[] {
  return rules
    .filter((rule) => rule.group === group)
    .flatMap((rule) => {
      const compiled = compileAnswered(rule);
      if (compiled === undefined || compiled.ok) return compiled === undefined ? [] : [compiled.rule];
      problems.push(...compiled.problems.map((p) => `rule ${rule.id}: ${p.field}: ${p.message}`));
      return [];
    });
}

function mappingsOf(messages: readonly FormatMapping[], group: string): Mapping[] {
  return messages
    .filter((message) => message.group === '' || message.group === group)
    .flatMap((message) => compileMapping(message) ?? []);
}

/** The rules of one route group; a group that the specification does not know is judged by those of the whole migration. */
export function rulesOf(rules: MigrationRules, group: string): CompareRules {
  const found = rules.groups.get(group) ?? rules.groups.get('');
  if (!found) throw new Error('compileRules always makes the rules of the whole migration');
  return found;
}

/** The field rules of one route. */
export function routeRulesOf(rules: MigrationRules, group: string, route: string): RouteRules {
  return rules.routes.get(routeKey(group, route)) ?? NO_RULES;
}

/** Version of what decides verdicts of this group. */
export function versionOf(rules: MigrationRules, group: string): string {
  return Object.hasOwn(rules.groupVersions, group) ? (rules.groupVersions[group] ?? '') : rules.version;
}

function byRoute({ fieldRules }: JudgingRules): Map<string, RouteRules> {
  const routes = new Map<string, { readonly byField: Map<string, CompiledRule[]> }>();
  for (const rule of fieldRules) {
    const key = routeKey(rule.group, rule.route);
    const { byField } = routes.get(key) ?? { byField: new Map<string, CompiledRule[]>() };
    routes.set(key, { byField });
    byField.set(rule.field, [...(byField.get(rule.field) ?? []), compileFieldRule(rule)]);
  }
  return routes;
}

function routeKey(group: string, route: string): string {
  return `${group}\n${route}`;
}
