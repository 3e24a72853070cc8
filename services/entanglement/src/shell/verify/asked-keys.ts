import { ownKey } from '../../core/identifiers/matched-rows.ts';
import type { Partners } from '../../core/identifiers/partners.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import type { Key } from '../../core/verify/statements.ts';
import { keyText } from './side.ts';

/** Keys as they were asked for, by what the universe calls the rows (`keyText`). */
export function askedByOwn(
  entity: CompiledEntity,
  universe: Universe,
  keys: readonly Key[],
  partners: Partners,
): Map<string, string> {
  return new Map(
    keys.flatMap((key): [string, string][] => {
      const own = ownKey(entity, universe, key, partners);
      return own === undefined ? [] : [[keyText(own), keyText(key)]];
    }),
  );
}
