import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import type {
  ApprovedDivergenceSchema,
  FormatMappingSchema,
  SegmentSchema,
} from '@chronos/proto/chronos/v1/migration_pb.js';
import { type Difference, Kind, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { type Comparison, compareExchanges } from '../core/compare/compare.ts';
import { decimalsEqual } from '../core/compare/decimal.ts';
import { NumberText } from '../core/compare/value.ts';
import { asked, harmless, type Judge, stands } from '../core/judge/ruling.ts';
import { compileRules, rulesOf } from '../core/verdict/rules.ts';
import { codecs } from '../shell/codecs.ts';
import { type Answer, type ExchangeParts, exchange } from './exchanges.ts';

export interface RuleParts {
  readonly ignore?: string[];
  readonly unordered?: string[];
  readonly headers?: string[];
  readonly descriptors?: Uint8Array[];
  readonly path?: string;
  readonly approved?: MessageInitShape<typeof ApprovedDivergenceSchema>[];
  readonly formats?: MessageInitShape<typeof FormatMappingSchema>[];
  readonly segments?: MessageInitShape<typeof SegmentSchema>[];
  readonly request?: Pick<ExchangeParts, 'method' | 'requestHeaders' | 'requestBody'>;
}

/** Knows what is declared and equal decimals, nothing else: tests of the comparison see what it finds, whatever the judge can prove. */
const strict: Judge = ({ declared, legacy, modern, explanation }) => {
  if (declared !== undefined) return harmless(declared, explanation);
  const equal =
    legacy instanceof NumberText && modern instanceof NumberText && decimalsEqual(legacy.text, modern.text);
  return equal ? harmless('decimal-equal', explanation) : asked('unproven', Severity.MAJOR, explanation);
};

/** Two answers compared by rules as a migration file would give them. */
export function compareAnswers(
  legacy: Answer,
  modern: Answer,
  rules: RuleParts = {},
  judge: Judge = strict,
): Comparison {
  const { ignore = [], unordered = [], headers = [], descriptors = [], path, request } = rules;
  const { approved = [], formats = [], segments = [] } = rules;
  const message = create(JudgingRulesSchema, {
    spec: { name: 'm', compare: { ignore, unordered, headers }, approved, formats, segments },
    descriptorSets: descriptors,
  });
  return compareExchanges(
    exchange({ ...legacy, ...request, universe: 'legacy', ...(path && { path }) }),
    exchange({ ...modern, ...request, universe: 'modern', role: 'shadow', ...(path && { path }) }),
    rulesOf(compileRules(message), 'g'),
    codecs,
    judge,
  );
}

/** `identical`, or `equivalent`, `mismatch` with each difference as `pointer kind rule`, or `lost` with the reason. */
export function summary(comparison: Comparison): string {
  if (comparison.kind === Kind.LOST) return `lost ${comparison.reason}`;
  const list = comparison.differences.map((difference) =>
    stands(difference) ? difference.pointer : `${difference.pointer} (${difference.rule})`,
  );
  return [Kind[comparison.kind]?.toLowerCase(), ...list].join(' | ');
}

export function differencesOf(legacy: Answer, modern: Answer): readonly Difference[] {
  const comparison = compareAnswers(legacy, modern);
  return comparison.kind === Kind.LOST ? [] : comparison.differences;
}
