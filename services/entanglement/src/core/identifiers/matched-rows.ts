/** Rows of entities whose ids are matched through pairs: from a universe's own ids to the common ones and back. */
import type { Universe } from '../mapping/catalog.ts';
import {
  type CompiledEntity,
  type CompiledField,
  UnwritableValueError,
  type Values,
} from '../mapping/entity.ts';
import { type IdWant, type Partners, unmarked } from './partners.ts';

type Key = readonly string[];

/** Fields of an entity that are matched through pairs; empty of most. */
export function matchedFields(entity: CompiledEntity): readonly CompiledField[] {
  return entity.fields.filter(({ matched }) => matched);
}

export function hasMatchedKey(entity: CompiledEntity): boolean {
  return entity.keyFields.some((name) => entity.field(name)?.matched === true);
}

/** Ids in rows of a universe, as it has them. */
export function wantsOfRows(entity: CompiledEntity, universe: Universe, rows: readonly Values[]): IdWant[] {
  return matchedFields(entity).flatMap(({ name, identifiers: bijection }) =>
    rows.flatMap((row) => {
      const id = row.get(name);
      return typeof id === 'string' ? [{ bijection, universe, id }] : [];
    }),
  );
}

/** Ids in rows that carry common names. */
export function wantsOfCommon(entity: CompiledEntity, rows: readonly Values[]): IdWant[] {
  return wantsOfRows(entity, 'legacy', rows).map(commonWant);
}

/** Ids in common keys. */
export function wantsOfKeys(entity: CompiledEntity, keys: readonly Key[]): IdWant[] {
  return entity.keyFields.flatMap((name, at) => {
    const field = entity.field(name);
    if (field?.matched !== true) return [];
    return keys.map((key) =>
      commonWant({ bijection: field.identifiers, universe: 'legacy', id: key[at] ?? '' }),
    );
  });
}

function commonWant(want: IdWant): IdWant {
  const modern = unmarked(want.id);
  return modern === undefined ? want : { ...want, universe: 'modern', id: modern };
}

/** A universe's row under common names. */
export function toCommon(
  entity: CompiledEntity,
  universe: Universe,
  values: Values,
  partners: Partners,
): Values {
  const fields = matchedFields(entity);
  if (fields.length === 0) return values;
  const common = new Map(values);
  for (const { name, identifiers } of fields) {
    const own = values.get(name);
    if (typeof own === 'string') common.set(name, partners.common(identifiers, universe, own));
  }
  return common;
}

/** Common key → the universe's own; undefined: it has none that is known. */
export function ownKey(
  entity: CompiledEntity,
  universe: Universe,
  key: Key,
  partners: Partners,
): Key | undefined {
  const own: string[] = [];
  for (const [at, name] of entity.keyFields.entries()) {
    const field = entity.field(name);
    const part = key[at] ?? '';
    const text = field?.matched === true ? partners.own(field.identifiers, universe, part) : part;
    if (text === undefined) return undefined;
    own.push(text);
  }
  return own;
}

/** Fields whose id the universe has to make up for this new row: its own id, of which no pair is known. */
export function fieldsToMake(
  entity: CompiledEntity,
  universe: Universe,
  values: Values,
  partners: Partners,
): CompiledField[] {
  return matchedFields(entity).filter((field) => {
    const common = values.get(field.name);
    if (!makesIt(entity, field) || typeof common !== 'string') return false;
    return partners.own(field.identifiers, universe, common) === undefined;
  });
}

/** The row's own id; a reference is made up by the row that it names. */
function makesIt({ keyFields }: CompiledEntity, { name, generated }: CompiledField): boolean {
  return generated || (keyFields.length === 1 && keyFields[0] === name);
}

/** Whether a repair writes the field of a row that is there: its own id stays what it is. */
export function isRewritten(entity: CompiledEntity, field: CompiledField): boolean {
  if (field.identifiers === '') return true;
  return field.matched && !makesIt(entity, field) && !entity.keyFields.includes(field.name);
}

/** The row under the names that it has by now: what only modern had a name for may have got one of legacy's since it was read. */
export function namedNow(
  entity: CompiledEntity,
  universe: Universe,
  values: Values,
  partners: Partners,
): Values {
  return toCommon(entity, universe, toOwn(entity, universe, values, partners), partners);
}

/** A row as the universe is to write it. @throws UnwritableValueError for what is named by no id that is known there. */
export function toOwn(
  entity: CompiledEntity,
  universe: Universe,
  values: Values,
  partners: Partners,
): Values {
  const fields = matchedFields(entity);
  if (fields.length === 0) return values;
  const own = new Map(values);
  for (const { name, identifiers } of fields) {
    const common = values.get(name);
    if (typeof common !== 'string') continue;
    const text = partners.own(identifiers, universe, common);
    if (text === undefined)
      throw new UnwritableValueError(
        `${entity.name}.${name}: ${universe} has no id that is known for ${common} (pairs of ${identifiers})`,
      );
    own.set(name, text);
  }
  return own;
}
