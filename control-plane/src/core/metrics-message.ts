import { fromBinary } from '@bufbuild/protobuf';
import { BinaryReader } from '@bufbuild/protobuf/wire';
import {
  IdentifierSchema,
  type MetricFamily,
  MetricFamilySchema,
} from '@chronos/proto/envoymetrics/v1/metrics_pb.js';

/** The counter of downstream requests that every proxy keeps, by migration, group, mode and answering universe. */
const REQUESTS = 'chronos.requests';
/** Requests whose both sides are compared; only these count for coverage. */
const MIRRORED = 'mirrored';

/** What one message of Envoy's metrics sink says of requests. */
export interface RequestCounters {
  /** Only the first message of a stream names the node. */
  readonly nodeId?: string;
  /** `<migration>/<group>` → mirrored requests since the proxy's process began. */
  readonly counters: ReadonlyMap<string, bigint>;
}

/**
 * Reads an envoy.service.metrics.v3.StreamMetricsMessage. A proxy sends all its statistics once a second; families other than the counter
 * of requests are passed over by their name, undecoded.
 * @throws Error when the bytes are no such message.
 */
export function readRequestCounters(bytes: Uint8Array): RequestCounters {
  const reader = new BinaryReader(bytes);
  const counters = new Map<string, bigint>();
  let nodeId: string | undefined;
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (field === 1) nodeId = fromBinary(IdentifierSchema, reader.bytes()).node?.id;
    else if (field === 2) addFamily(counters, reader.bytes());
    else reader.skip(wireType, field);
  }
  return nodeId === undefined ? { counters } : { nodeId, counters };
}

function addFamily(counters: Map<string, bigint>, bytes: Uint8Array): void {
  if (familyName(bytes) !== REQUESTS) return;
  const family: MetricFamily = fromBinary(MetricFamilySchema, bytes);
  for (const metric of family.metric) {
    const labels = new Map(metric.label.map((label) => [label.name, label.value]));
    const migration = labels.get('migration') ?? '';
    const group = labels.get('group') ?? '';
    // Requests without a route, and probes, belong to no group.
    if (labels.get('mode') !== MIRRORED || migration === '' || group === '') continue;
    const key = `${migration}/${group}`;
    counters.set(key, (counters.get(key) ?? 0n) + BigInt(Math.round(metric.counter?.value ?? 0)));
  }
}

/** The name without decoding the rest: it is field 1, which serializers write first; anything else is decoded whole. */
function familyName(bytes: Uint8Array): string {
  const reader = new BinaryReader(bytes);
  if (reader.len === 0) return '';
  const [field] = reader.tag();
  return field === 1 ? reader.string() : fromBinary(MetricFamilySchema, bytes).name;
}
