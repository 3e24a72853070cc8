import { hash } from 'node:crypto';
import { makeSnapshot, type ResourceSet, type Snapshot } from '../../core/snapshot.ts';

/** SHA-256, 16 hexadecimal digits of it: 64 bits keep versions readable and distinct. */
export function contentDigest(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex').slice(0, 16);
}

/** The snapshot of a resource set, versioned by SHA-256. Errors as {@link makeSnapshot}. */
export function snapshotOf(resources: ResourceSet): Snapshot {
  return makeSnapshot(resources, contentDigest);
}
