import { createRegistry, type Message, toBinary } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { ClusterSchema } from '@chronos/envoy/api/envoy/config/cluster/v3/cluster_pb.js';
import { ClusterLoadAssignmentSchema } from '@chronos/envoy/api/envoy/config/endpoint/v3/endpoint_pb.js';
import { ListenerSchema } from '@chronos/envoy/api/envoy/config/listener/v3/listener_pb.js';
import { RouteConfigurationSchema } from '@chronos/envoy/api/envoy/config/route/v3/route_pb.js';
import { SecretSchema } from '@chronos/envoy/api/envoy/extensions/transport_sockets/tls/v3/secret_pb.js';
import { RuntimeSchema } from '@chronos/envoy/api/envoy/service/runtime/v3/rtds_pb.js';
import { type Reference, referencesOf } from './snapshot-references.ts';
import {
  CLUSTER_TYPE,
  ENDPOINT_TYPE,
  LISTENER_TYPE,
  ROUTE_TYPE,
  RUNTIME_TYPE,
  SECRET_TYPE,
  shortTypeName,
} from './xds/resource-types.ts';

/** One resource as the translation hands it over. The message is encoded once: nobody may modify it afterwards. */
export interface NamedMessage {
  readonly name: string;
  readonly message: Message;
}

/** Everything that one group of proxies runs. */
export interface ResourceSet {
  readonly clusters: readonly NamedMessage[];
  readonly endpoints: readonly NamedMessage[];
  readonly listeners: readonly NamedMessage[];
  readonly routes: readonly NamedMessage[];
  readonly runtimes: readonly NamedMessage[];
  /** Chronos itself makes none. */
  readonly secrets?: readonly NamedMessage[];
}

/** One resource, encoded once for all streams. */
export interface Resource {
  readonly name: string;
  readonly typeUrl: string;
  /** Digest of the content: equal content has an equal version, also after a restart of the control plane. */
  readonly version: string;
  /** A whole encoded google.protobuf.Any. */
  readonly any: Uint8Array;
  /** The other resources that this one names. */
  readonly references: readonly Reference[];
}

/** All resources of one type. */
export interface TypeResources {
  readonly typeUrl: string;
  readonly version: string;
  readonly byName: ReadonlyMap<string, Resource>;
  /** The keys of `byName`; one object, so that streams share it and what is derived from it. */
  readonly names: ReadonlySet<string>;
}

/** What a group of proxies shall run: whole, immutable, versioned by its content. */
export interface Snapshot {
  readonly version: string;
  readonly types: ReadonlyMap<string, TypeResources>;
}

/** A short digest of bytes, same bytes same text. Comes in from the shell: hashing is native there. */
export type Digest = (bytes: Uint8Array) => string;

const registry = createRegistry(
  ClusterSchema,
  ClusterLoadAssignmentSchema,
  ListenerSchema,
  RouteConfigurationSchema,
  RuntimeSchema,
  SecretSchema,
);

/**
 * Encodes and versions a resource set.
 * @throws Error when two resources of a type share a name, or a message is not of the type of its list.
 */
export function makeSnapshot(resources: ResourceSet, digest: Digest): Snapshot {
  const types = new Map<string, TypeResources>();
  const kinds: readonly (readonly [string, readonly NamedMessage[]])[] = [
    [CLUSTER_TYPE, resources.clusters],
    [ENDPOINT_TYPE, resources.endpoints],
    [LISTENER_TYPE, resources.listeners],
    [ROUTE_TYPE, resources.routes],
    [RUNTIME_TYPE, resources.runtimes],
    [SECRET_TYPE, resources.secrets ?? []],
  ];
  for (const [typeUrl, named] of kinds) types.set(typeUrl, makeType(typeUrl, named, digest));
  const summary = [...types.values()].map((type) => `${type.typeUrl}=${type.version}`).join('\n');
  return { version: digest(utf8.encode(summary)), types };
}

/** The next snapshot with the objects of the previous one for every type that did not change: streams then pass over it by identity. */
export function carryOver(previous: Snapshot | undefined, next: Snapshot): Snapshot {
  if (previous === undefined) return next;
  const types = [...next.types.values()].map((type) => {
    const before = previous.types.get(type.typeUrl);
    return before?.version === type.version ? before : type;
  });
  return { version: next.version, types: new Map(types.map((type) => [type.typeUrl, type])) };
}

/** Every reference that leads nowhere, in words; empty when the snapshot is consistent. `elsewhere`: clusters of the bootstrap. */
export function consistent(snapshot: Snapshot, elsewhere: ReadonlySet<string> = new Set()): string[] {
  const problems: string[] = [];
  for (const type of snapshot.types.values()) {
    for (const resource of type.byName.values()) {
      for (const { typeUrl, name } of resource.references) {
        if (snapshot.types.get(typeUrl)?.byName.has(name)) continue;
        if (typeUrl === CLUSTER_TYPE && elsewhere.has(name)) continue;
        problems.push(
          `${shortTypeName(type.typeUrl)} "${resource.name}" names ${shortTypeName(typeUrl)} "${name}", which does not exist`,
        );
      }
    }
  }
  return problems;
}

const utf8 = new TextEncoder();

function makeType(typeUrl: string, named: readonly NamedMessage[], digest: Digest): TypeResources {
  const byName = new Map<string, Resource>();
  for (const { name, message } of named) {
    if (byName.has(name)) throw new Error(`two ${shortTypeName(typeUrl)} resources are named "${name}"`);
    byName.set(name, resourceOf(typeUrl, name, message, digest));
  }
  // Sorted: the order in which a translation happens to list its resources is no change.
  const summary = [...byName.values()].map((resource) => `${resource.name}=${resource.version}`).sort();
  const version = digest(utf8.encode(summary.join('\n')));
  return { typeUrl, version, byName, names: new Set(byName.keys()) };
}

/** A message that is handed over again, in another snapshot, costs nothing: a change of one among many encodes one. */
const made = new WeakMap<Message, { readonly digest: Digest; readonly resource: Resource }>();

function resourceOf(typeUrl: string, name: string, message: Message, digest: Digest): Resource {
  const known = made.get(message);
  const { resource } = known ?? {};
  if (resource?.name === name && resource.typeUrl === typeUrl && known?.digest === digest) return resource;
  const fresh = makeResource(typeUrl, name, message, digest);
  made.set(message, { digest, resource: fresh });
  return fresh;
}

function makeResource(typeUrl: string, name: string, message: Message, digest: Digest): Resource {
  const schema = registry.getMessage(message.$typeName);
  if (schema === undefined || !typeUrl.endsWith(`/${message.$typeName}`)) {
    throw new Error(`${shortTypeName(typeUrl)} "${name}" is a ${message.$typeName}`);
  }
  const any = new BinaryWriter()
    .tag(1, WireType.LengthDelimited)
    .string(typeUrl)
    .tag(2, WireType.LengthDelimited)
    .bytes(toBinary(schema, message))
    .finish();
  return { name, typeUrl, version: digest(any), any, references: referencesOf(message) };
}
