import { type Methods, readDescriptors } from '@chronos/arbiter/core/compare/descriptors.ts';
import type { JudgingRules } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { type FixedRecord, Recognise } from '@chronos/proto/chronos/v1/migration_pb.js';
import { toBinaryText } from './binary.ts';
import type { KeyedHash } from './mask.ts';
import { type Cursor, sensitiveTree } from './paths.ts';
import { type TokenPlaces, tokenPlaces } from './token-places.ts';

/** To be raised when the same rules mask something else than before, so that captures of two versions are never compared. */
const MASKING = 3;

/** What is secret in a migration's requests and answers, ready for use. */
export interface MaskRules {
  /** Of the migration's message: newer rules have a higher one. */
  readonly revision: bigint;
  /** What is masked and by which key: masks made under different ones cannot be compared. */
  readonly version: string;
  readonly hash: KeyedHash;
  readonly request: Cursor;
  readonly response: Cursor;
  /** What is secret besides, by route. */
  readonly tokens: readonly TokenPlaces[];
  readonly recognise: boolean;
  readonly methods: Methods;
  /** Kinds of lines of fixed-width text that format mappings declare. */
  readonly records: readonly FixedRecord[];
  /** Claims of bearer tokens that segments are told by. */
  readonly claims: ReadonlySet<string>;
}

export function compileMaskRules(
  { spec, descriptorSets, revision }: JudgingRules,
  hash: KeyedHash,
): MaskRules {
  const fields = spec?.sensitive?.fields ?? [];
  const recognise = spec?.sensitive?.recognise !== Recognise.OFF;
  const described = descriptorSets.map((set) => hash(toBinaryText(set)));
  const records = (spec?.formats ?? []).flatMap(({ legacy, modern }) => [
    ...(legacy?.records ?? []),
    ...(modern?.records ?? []),
  ]);
  const tokens = tokenPlaces(spec?.identifiers);
  const masking = ['masking', MASKING, fields, recognise, described, records];
  const declared = tokens.map(({ text }) => text);
  return {
    revision,
    version: hash(JSON.stringify(declared.length === 0 ? masking : [...masking, declared])).slice(0, 16),
    hash,
    request: sensitiveTree(fields, 'request'),
    response: sensitiveTree(fields, 'response'),
    tokens,
    recognise,
    methods: readDescriptors(descriptorSets).methods,
    records,
    claims: new Set(
      (spec?.segments ?? []).flatMap(({ source }) => (source.case === 'jwtClaim' ? [source.value] : [])),
    ),
  };
}
