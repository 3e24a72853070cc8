import { toBinary } from '@bufbuild/protobuf';
import { AnySchema } from '@bufbuild/protobuf/wkt';
import type { Resource, Snapshot, TypeResources } from '../../snapshot.ts';
import type { Reference } from '../../snapshot-references.ts';
import { CLUSTER_TYPE, ENDPOINT_TYPE, LISTENER_TYPE, ROUTE_TYPE, RUNTIME_TYPE } from '../resource-types.ts';

/** A snapshot in shorthand: name → version, or name → [version, names it refers to]. */
export interface FakeSpec {
  readonly runtimes?: Readonly<Record<string, string>>;
  /** Each cluster takes its endpoints from the assignment of the same name. */
  readonly clusters?: Readonly<Record<string, string>>;
  readonly endpoints?: Readonly<Record<string, string>>;
  /** Listener → [version, route configurations]. */
  readonly listeners?: Readonly<Record<string, readonly [string, readonly string[]]>>;
  /** Route configuration → [version, clusters]. */
  readonly routes?: Readonly<Record<string, readonly [string, readonly string[]]>>;
}

/** A snapshot for the protocol's tests, whose resources hold their version and references as JSON instead of Envoy's messages. */
export function fakeSnapshot(spec: FakeSpec): Snapshot {
  const plain = (typeUrl: string, of: Readonly<Record<string, string>> = {}, to?: string) =>
    fakeType(
      typeUrl,
      Object.entries(of).map(([name, version]) =>
        fakeResource(typeUrl, name, version, to === undefined ? [] : [{ typeUrl: to, name }]),
      ),
    );
  const linked = (typeUrl: string, of: FakeSpec['routes'] = {}, to: string) =>
    fakeType(
      typeUrl,
      Object.entries(of).map(([name, [version, names]]) =>
        fakeResource(
          typeUrl,
          name,
          version,
          names.map((target) => ({ typeUrl: to, name: target })),
        ),
      ),
    );
  const types = [
    plain(RUNTIME_TYPE, spec.runtimes),
    plain(CLUSTER_TYPE, spec.clusters, ENDPOINT_TYPE),
    plain(ENDPOINT_TYPE, spec.endpoints),
    linked(LISTENER_TYPE, spec.listeners, ROUTE_TYPE),
    linked(ROUTE_TYPE, spec.routes, CLUSTER_TYPE),
  ];
  const version = types.map((type) => type.version).join('/');
  return { version, types: new Map(types.map((type) => [type.typeUrl, type])) };
}

/** What a fake resource says of itself. */
export interface FakeContent {
  readonly name: string;
  readonly version: string;
  readonly to: readonly string[];
}

function fakeType(typeUrl: string, resources: readonly Resource[]): TypeResources {
  const byName = new Map(resources.map((resource) => [resource.name, resource]));
  const summary = resources.map((resource) => `${resource.name}${resource.version}`).sort();
  const version = summary.join(',') || 'empty';
  return { typeUrl, version, byName, names: new Set(byName.keys()) };
}

function fakeResource(
  typeUrl: string,
  name: string,
  ownVersion: string,
  references: readonly Reference[],
): Resource {
  const to = references.map((reference) => reference.name);
  const version = [ownVersion, ...to].join('>');
  const content: FakeContent = { name, version, to };
  const value = new TextEncoder().encode(JSON.stringify(content));
  const any = toBinary(AnySchema, { $typeName: 'google.protobuf.Any', typeUrl, value });
  return { name, typeUrl, version, any, references };
}
