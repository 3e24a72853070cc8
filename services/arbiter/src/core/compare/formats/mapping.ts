import { type BodyFormat, type FormatMapping, Unmapped } from '@chronos/proto/chronos/v1/migration_pb.js';
import { parseFieldPath, type Step } from '../field-path.ts';
import { compilePathRules, type RuleTree } from '../path-rules.ts';
import { type Conversion, conversionOf } from './convert.ts';

/** One field on both sides. */
export interface MappedField {
  readonly legacy: readonly Step[];
  readonly modern: readonly Step[];
  readonly how: Conversion;
}

/** A declared mapping, ready for use. */
export interface Mapping {
  /** Route label; empty: all. */
  readonly route: string;
  readonly legacy: BodyFormat;
  readonly modern: BodyFormat;
  readonly fields: readonly MappedField[];
  /** What is mapped, as paths that are marked: to find what is not. */
  readonly mappedLegacy: RuleTree;
  readonly mappedModern: RuleTree;
  readonly reportsUnmapped: boolean;
}

/** Paths that cannot be read are left out; their fields then are unmapped, which shows. */
export function compileMapping(message: FormatMapping): Mapping | undefined {
  const { legacy, modern } = message;
  if (!legacy || !modern) return undefined;
  const fields = message.map.flatMap((field): MappedField[] => {
    const from = parseFieldPath(field.legacy);
    const to = parseFieldPath(field.modern);
    return from.ok && to.ok ? [{ legacy: from.steps, modern: to.steps, how: conversionOf(field) }] : [];
  });
  return {
    route: message.route,
    legacy,
    modern,
    fields,
    mappedLegacy: compilePathRules(
      message.map.map((field) => field.legacy),
      [],
    ),
    mappedModern: compilePathRules(
      message.map.map((field) => field.modern),
      [],
    ),
    reportsUnmapped: message.unmapped !== Unmapped.IGNORE,
  };
}
