import { type Evidence, newEvidence } from './evidence.ts';

/** Evidence as it is stored: all but the latency window. JSON leaves out what is undefined. */
export function evidenceToJson(evidence: Evidence): string {
  const { legacyLatency: _unstored, ...stored } = evidence;
  return JSON.stringify(stored);
}

/** Reads what {@link evidenceToJson} wrote; fields that an older version did not write start empty. */
export function evidenceFromJson(json: string): Evidence {
  const stored = JSON.parse(json) as Omit<Evidence, 'legacyLatency'>;
  const empty = newEvidence(stored.epoch);
  const watch = { ...empty.watch, ...stored.watch };
  const legacyFailures = { ...empty.watch.legacyFailures, ...watch.legacyFailures };
  return { ...empty, ...stored, watch: { ...watch, legacyFailures } };
}
