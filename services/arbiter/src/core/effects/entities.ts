import { durationMs } from '@bufbuild/protobuf/wkt';
import type { Entanglement, Entity, TableSide } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import {
  IdentifierKind,
  type Identifiers,
  UnknownIdentifier,
} from '@chronos/proto/chronos/v1/identifiers_pb.js';
import type { UniverseName } from './transaction.ts';

/** An entity as the comparison needs to know it. */
export interface EntityRules {
  readonly name: string;
  readonly key: readonly string[];
  /** Fields whose values must agree, in the order of their declaration. */
  readonly compared: readonly string[];
  /** A part of the key is handed out by each database itself: rows find each other by pairs, or by what they hold. */
  readonly ownKeys: boolean;
  /** Fields whose values belong together by pairs of identifiers: parts of the key, and what names another row. */
  readonly matched: ReadonlyMap<string, MatchedBy>;
  /** A part of the key is matched. */
  readonly matchedKey: boolean;
  /**
   * Fields by universe that stand in the entity's own table, of which every row counts: what a change leaves there stays until the next change that is
   * told. Another table's columns change by themselves, and a row that a filter lets go comes back unnoticed.
   */
  readonly lasting: Readonly<Record<UniverseName, ReadonlySet<string>>>;
}

export interface MatchedBy {
  readonly bijection: string;
  /** What has no partner is the same in both universes: it is from before the migration. */
  readonly unknownIsSame: boolean;
}

/** What a migration declares of its databases. */
export interface EffectRules {
  readonly entities: ReadonlyMap<string, EntityRules>;
  /** Work after the answer that still belongs to the request. */
  readonly effectsWithinMs: number;
  readonly clockSkewMs: number;
}

const CLOCK_SKEW_MS = 50;

/** undefined: the migration leaves databases alone. */
export function compileEffects(
  declared: Entanglement | undefined,
  identifiers?: Identifiers,
): EffectRules | undefined {
  if (declared === undefined || declared.entities.length === 0) return undefined;
  const { effectsWithin, clockSkewMax } = declared;
  return {
    entities: new Map(declared.entities.map((entity) => [entity.name, compileEntity(entity, identifiers)])),
    effectsWithinMs: effectsWithin === undefined ? 0 : durationMs(effectsWithin),
    clockSkewMs: clockSkewMax === undefined ? CLOCK_SKEW_MS : durationMs(clockSkewMax),
  };
}

function compileEntity(entity: Entity, identifiers: Identifiers | undefined): EntityRules {
  const { name, key, fields } = entity;
  // Ids of a universe's own making are held together one to one by whoever pairs them, not by their values.
  const own = new Set(fields.filter((f) => f.generated || f.identifiers !== '').map((f) => f.name));
  const compared = fields.filter((f) => !f.ignore && !own.has(f.name)).map((f) => f.name);
  const pairs = fields.flatMap((field): [string, MatchedBy][] => {
    // Of what is masked, nobody here could tell the partner.
    const by = identifiers?.bijections.find((each) => each.name === field.identifiers);
    if (by === undefined || field.ignore || field.sensitive || by.kind === IdentifierKind.TOKEN) return [];
    return [[field.name, { bijection: by.name, unknownIsSame: by.unknown === UnknownIdentifier.SAME }]];
  });
  const matched = new Map(pairs);
  const matchedKey = key.some((part) => matched.has(part));
  const lasting = { legacy: lastingIn('legacy', entity), modern: lastingIn('modern', entity) };
  return { name, key, compared, ownKeys: key.some((part) => own.has(part)), matched, matchedKey, lasting };
}

function lastingIn(universe: UniverseName, { fields, legacy, modern }: Entity): ReadonlySet<string> {
  const side: TableSide | undefined = universe === 'legacy' ? legacy : modern;
  if (side === undefined || side.where.length > 0) return new Set();
  const isLookedUp = (column: string) => side.lookups.some(({ name }) => column.startsWith(`${name}.`));
  return new Set(fields.filter((field) => !isLookedUp(field[universe])).map(({ name }) => name));
}
