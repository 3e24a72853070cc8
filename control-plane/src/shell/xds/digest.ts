import { hash } from 'node:crypto';
import { makeSnapshot, type ResourceSet, type Snapshot } from '../../core/snapshot.ts';

/** SHA-256, 16 hexadecimal digits of it: 64 bits keep versions readable and distinct. */
export function contentDigest(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex').slice(0, 16);
}

const nothing: ResourceSet = { clusters: [], endpoints: [], listeners: [], routes: [], runtimes: [] };

/**
 * The snapshot of a resource set, versioned by SHA-256; a type that is left out has no resources. A message that is handed over again, in the
 * next snapshot, is not encoded again.
 * @throws Error when two resources of a type share a name, or a message is not of the type of its list.
 */
export function snapshotOf(resources: Partial<ResourceSet>): Snapshot {
  return makeSnapshot({ ...nothing, ...resources }, contentDigest);
}
