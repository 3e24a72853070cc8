import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Resource, TypeResources } from '../snapshot.ts';
import type { Names } from './name-sets.ts';

/**
 * Responses as bytes, written from the encoded resources: nothing is serialised again. A response is a body, shared by all streams that get
 * the same resources of the same version, and its nonce, which belongs to one stream; protobuf allows the nonce's field to stand last.
 */
const delimited = WireType.LengthDelimited;

/** The part of a DiscoveryResponse (version_info 1, resources 2, type_url 4) that streams share. */
function sotwBody(typeUrl: string, version: string, resources: readonly Resource[]): Uint8Array {
  const writer = new BinaryWriter().tag(1, delimited).string(version);
  for (const resource of resources) writer.tag(2, delimited).bytes(resource.any);
  return writer.tag(4, delimited).string(typeUrl).finish();
}

/** The part of a DeltaDiscoveryResponse (system_version_info 1, resources 2, type_url 4, removed_resources 6) that streams share. */
function deltaBody(
  typeUrl: string,
  version: string,
  resources: readonly Resource[],
  removed: readonly string[],
): Uint8Array {
  const writer = new BinaryWriter().tag(1, delimited).string(version);
  for (const resource of resources) {
    writer.tag(2, delimited).fork();
    writer.tag(1, delimited).string(resource.version);
    writer.tag(2, delimited).bytes(resource.any);
    writer.tag(3, delimited).string(resource.name).join();
  }
  writer.tag(4, delimited).string(typeUrl);
  for (const name of removed) writer.tag(6, delimited).string(name);
  return writer.finish();
}

/** What a response says. `extra`: resources that the type no longer has and that the client must not lose yet. */
export interface ResponseContent {
  readonly typeUrl: string;
  readonly type: TypeResources;
  readonly version: string;
  readonly names: Names;
  readonly removed: readonly string[];
  readonly extra: readonly Resource[];
}

/** Bodies kept for one state of one type; more distinct subscriptions than this are encoded again when asked. */
const BODIES_PER_TYPE_MAX = 256;
const bodies = new WeakMap<TypeResources, Map<string, Uint8Array>>();
const joinedNames = new WeakMap<Names, string>();

/** The body of a response; the same content gives the same bytes object. */
export function responseBody(variant: 'sotw' | 'delta', content: ResponseContent): Uint8Array {
  const { typeUrl, type, version, names, removed, extra } = content;
  let known = bodies.get(type);
  if (known === undefined) {
    known = new Map();
    bodies.set(type, known);
  }
  const extraKey = extra.map((resource) => `${resource.name}=${resource.version}`).join('\n');
  const key = [variant, typeUrl, version, joined(names), removed.join('\n'), extraKey].join('\0');
  const shared = known.get(key);
  if (shared !== undefined) return shared;
  const resources = [...pick(type, names), ...extra];
  const body =
    variant === 'sotw'
      ? sotwBody(typeUrl, version, resources)
      : deltaBody(typeUrl, version, resources, removed);
  if (known.size >= BODIES_PER_TYPE_MAX) known.clear();
  known.set(key, body);
  return body;
}

/**
 * The nonce as a field of its own (5 in both variants), to be put before or after a body: the one thing that is encoded for each stream.
 * Nonces are ASCII and shorter than 128 characters.
 */
export function nonceField(nonce: string): Uint8Array {
  const field = new Uint8Array(2 + nonce.length);
  field[0] = (5 << 3) | delimited;
  field[1] = nonce.length;
  for (let i = 0; i < nonce.length; i += 1) field[2 + i] = nonce.charCodeAt(i);
  return field;
}

/** Names are shared among streams (the diff's, the type's own): their text is built once. */
function joined(names: Names): string {
  let text = joinedNames.get(names);
  if (text === undefined) {
    text = [...names.keys()].join('\n');
    joinedNames.set(names, text);
  }
  return text;
}

function* pick(type: TypeResources, names: Names): Iterable<Resource> {
  for (const name of names.keys()) {
    const resource = type.byName.get(name);
    if (resource !== undefined) yield resource;
  }
}
