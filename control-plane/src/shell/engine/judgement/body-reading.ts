import { type Methods, readDescriptors } from '@chronos/arbiter/core/compare/descriptors.ts';
import type { BodyReading } from '@chronos/arbiter/core/verdict/request-facts.ts';
import { codecs } from '@chronos/arbiter/shell/codecs.ts';
import type { MigrationRecord } from '../../../core/model.ts';

/** Read once for each set of descriptors; records share theirs as long as they are the same. */
const known = new WeakMap<readonly Uint8Array[], Methods>();

/** How bodies of a migration's exchanges are read: as the arbiters do. */
export function bodyReading({ descriptorSets }: Pick<MigrationRecord, 'descriptorSets'>): BodyReading {
  const methods = known.get(descriptorSets) ?? readDescriptors(descriptorSets).methods;
  known.set(descriptorSets, methods);
  return { methods, codecs };
}
