import { fromBinary, type MessageInitShape } from '@bufbuild/protobuf';
import { AnySchema, timestampFromMs } from '@bufbuild/protobuf/wkt';
import { ClientResourceStatus } from '@chronos/envoy/api/envoy/admin/v3/config_dump_shared_pb.js';
import {
  type ClientConfig_GenericXdsConfigSchema,
  type ClientStatusRequest,
  type ClientStatusResponseSchema,
  ConfigStatus,
} from '@chronos/envoy/api/envoy/service/status/v3/csds_pb.js';
import { Code, ConnectError } from '@connectrpc/connect';
import type { Resource, Snapshot } from '../../core/snapshot.ts';
import { type ResourceStatus, resourceStatuses } from '../../core/xds/resource-status.ts';
import { stringMatcher } from '../../core/xds/string-matcher.ts';
import type { TypeState } from '../../core/xds/type-state.ts';
import type { ProxyNode } from './connection.ts';

/** One open stream. */
export interface ClientView {
  readonly node: ProxyNode;
  readonly types: Iterable<TypeState>;
  /** What was published for it last. */
  readonly wanted: Snapshot | undefined;
}

type Config = MessageInitShape<typeof ClientConfig_GenericXdsConfigSchema>;

/** An answer is made in one piece, and no proxy is served meanwhile. */
const ENTRIES_MAX = 100_000;
const CONTENT_BYTES_MAX = 32 * 1024 * 1024;

/**
 * Who runs what, in the words of the client status discovery service: one configuration a connected proxy, with all its streams, one entry a
 * resource. `version_info` is the version of the resource's own content.
 * @throws ConnectError for a matcher that is not offered, and when the answer would be too large
 */
export function clientStatus(
  { nodeMatchers, excludeResourceContents }: ClientStatusRequest,
  clients: Iterable<ClientView>,
): MessageInitShape<typeof ClientStatusResponseSchema> {
  const matches = nodeMatcher(nodeMatchers);
  const configs = new Map<string, { node: { id: string; cluster: string }; genericXdsConfigs: Config[] }>();
  let entries = 0;
  let bytes = 0;
  const content = (resource: Resource | undefined) => {
    if (resource === undefined || excludeResourceContents) return undefined;
    bytes += resource.any.length;
    return fromBinary(AnySchema, resource.any);
  };
  for (const { node, types, wanted } of clients) {
    if (!matches(node.id)) continue;
    const key = `${node.group}\0${node.id}`;
    const config = configs.get(key) ?? { node: { id: node.id, cluster: node.group }, genericXdsConfigs: [] };
    configs.set(key, config);
    for (const type of types) {
      for (const status of resourceStatuses(type, wanted?.types.get(type.typeUrl))) {
        config.genericXdsConfigs.push(genericConfig(status, content));
        entries += 1;
        if (entries > ENTRIES_MAX || bytes > CONTENT_BYTES_MAX) throw tooLarge();
      }
    }
  }
  return { config: [...configs.values()] };
}

/** A node matches when any of the matchers does; without matchers all do. */
function nodeMatcher(matchers: ClientStatusRequest['nodeMatchers']): (nodeId: string) => boolean {
  if (matchers.length === 0) return () => true;
  try {
    const any = matchers.map(({ nodeId, nodeMetadatas }) => {
      if (nodeMetadatas.length > 0) throw new Error('node_metadatas are not kept; match by node_id');
      return nodeId === undefined ? () => true : stringMatcher(nodeId);
    });
    return (nodeId) => any.some((matches) => matches(nodeId));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConnectError(`node_matchers: ${reason}`, Code.InvalidArgument);
  }
}

function tooLarge(): ConnectError {
  const limits = `${ENTRIES_MAX} resources or ${CONTENT_BYTES_MAX / 1024 / 1024} MiB of their contents`;
  const remedy = 'narrow it by node_matchers, or set exclude_resource_contents';
  return new ConnectError(`the answer would hold more than ${limits}: ${remedy}`, Code.ResourceExhausted);
}

const clientStatuses = {
  requested: ClientResourceStatus.REQUESTED,
  absent: ClientResourceStatus.DOES_NOT_EXIST,
  accepted: ClientResourceStatus.ACKED,
  rejected: ClientResourceStatus.NACKED,
} as const;

const configStatuses = {
  synced: ConfigStatus.SYNCED,
  unsent: ConfigStatus.NOT_SENT,
  unanswered: ConfigStatus.STALE,
  rejected: ConfigStatus.ERROR,
} as const;

function genericConfig(
  status: ResourceStatus,
  content: (resource: Resource | undefined) => Config['xdsConfig'],
): Config {
  const { typeUrl, name, accepted, acceptedAtMs, rejection, rejected } = status;
  return {
    typeUrl,
    name,
    versionInfo: accepted?.version ?? '',
    xdsConfig: content(accepted),
    lastUpdated:
      accepted === undefined || acceptedAtMs === undefined ? undefined : timestampFromMs(acceptedAtMs),
    configStatus: configStatuses[status.sync],
    clientStatus: clientStatuses[status.standing],
    errorState:
      rejection === undefined
        ? undefined
        : {
            details: rejection.error,
            versionInfo: rejected?.version ?? '',
            lastUpdateAttempt: timestampFromMs(rejection.atMs),
            failedConfiguration: content(rejected),
          },
  };
}
