import { fromBinary } from '@bufbuild/protobuf';
import { BinaryReader } from '@bufbuild/protobuf/wire';
import { type Node, NodeSchema } from '@chronos/envoy/api/envoy/config/core/v3/base_pb.js';
import type { NameList, NameLists } from './name-lists.ts';
import { type Received, readRequest, type XdsRequest } from './request.ts';

const LENGTH_DELIMITED = 2;
/** A list that a stream may repeat: one of each type that clients ask for. */
const REMEMBERED_MAX = 8;
const noNames: readonly string[] = [];
const nothingHeld: ReadonlyMap<string, string> = new Map();

/** Field numbers of DiscoveryRequest and DeltaDiscoveryRequest; what is not listed is left to the full decoder. */
const fields = {
  sotw: { version: 1, node: 2, names: 3, typeUrl: 4, nonce: 5 },
  delta: { version: -1, node: 1, names: 3, typeUrl: 2, nonce: 6 },
} as const;

interface Plain {
  version: string;
  node: Node | undefined;
  names: readonly string[];
  typeUrl: string;
  nonce: string;
}

/**
 * Reads the requests of one stream. Most are ACKs, and a state-of-the-world ACK repeats every name: the list is recognised by its bytes and
 * not decoded again. Whatever is not such a plain request goes to the full decoder, so both agree on what a request says.
 */
export class RequestReader {
  readonly #variant: 'sotw' | 'delta';
  readonly #lists: NameLists;
  #remembered: NameList[] = [];

  constructor(variant: 'sotw' | 'delta', lists: NameLists) {
    this.#variant = variant;
    this.#lists = lists;
  }

  /** @throws Error when the bytes are no such message. */
  read(bytes: Uint8Array): Received {
    const plain = this.#readPlain(bytes);
    if (plain === undefined) return readRequest(this.#variant, bytes);
    return { request: this.#request(plain), node: plain.node };
  }

  /** A request of nothing but single strings, a node and one run of names; undefined for any other. */
  #readPlain(bytes: Uint8Array): Plain | undefined {
    const { version, node, names, typeUrl, nonce } = fields[this.#variant];
    const found: Plain = { version: '', node: undefined, names: noNames, typeUrl: '', nonce: '' };
    let at = 0;
    let seen = 0;
    while (at < bytes.length) {
      const tag = bytes[at] ?? 0;
      const number = tag >> 3;
      // A second field of a number, or a second run of names, would have to be merged.
      if ((tag & 7) !== LENGTH_DELIMITED || tag > 0x7f || (seen & (1 << number)) !== 0) return undefined;
      seen |= 1 << number;
      if (number === names) {
        const list = this.#list(bytes, at, tag);
        if (list === undefined) return undefined;
        found.names = list.names;
        at += list.bytes.length;
        continue;
      }
      const value = valueAt(bytes, at + 1);
      if (value === undefined) return undefined;
      at = value.byteOffset - bytes.byteOffset + value.length;
      if (number === node) {
        found.node = decodeNode(value);
        if (found.node === undefined) return undefined;
        continue;
      }
      if (!isAscii(value)) return undefined;
      const text = this.#lists.ops.latin1(value);
      if (number === version) found.version = text;
      else if (number === typeUrl) found.typeUrl = text;
      else if (number === nonce) found.nonce = text;
      else return undefined;
    }
    return found;
  }

  #request({ version, names, typeUrl, nonce }: Plain): XdsRequest {
    return this.#variant === 'sotw'
      ? { variant: 'sotw', typeUrl, nonce, version, names, locators: false }
      : {
          variant: 'delta',
          typeUrl,
          nonce,
          subscribe: names,
          unsubscribe: noNames,
          initialVersions: nothingHeld,
          locators: false,
        };
  }

  /** The run of names that begins here; undefined when it is malformed. */
  #list(bytes: Uint8Array, start: number, tag: number): NameList | undefined {
    for (const list of this.#remembered) {
      const end = start + list.bytes.length;
      if (end > bytes.length || bytes[end] === tag) continue;
      if (this.#lists.ops.same(list.bytes, bytes.subarray(start, end))) return list;
    }
    const end = endOfRun(bytes, start, tag);
    if (end === undefined) return undefined;
    const list = this.#lists.share(bytes.subarray(start, end), decodeNames);
    this.#remembered = [list, ...this.#remembered].slice(0, REMEMBERED_MAX);
    return list;
  }
}

/** The value of a length-delimited field, from its length on; undefined when it is cut off or too long to be one of ours. */
function valueAt(bytes: Uint8Array, at: number): Uint8Array | undefined {
  const low = bytes[at] ?? 0x80;
  const high = low > 0x7f ? (bytes[at + 1] ?? 0x80) : 0;
  // 16 KiB and more are left to the full decoder.
  if (high > 0x7f) return undefined;
  const start = at + (low > 0x7f ? 2 : 1);
  const end = start + (low & 0x7f) + (high << 7);
  return end > bytes.length ? undefined : bytes.subarray(start, end);
}

/** Where a run of length-delimited fields with one tag ends. */
function endOfRun(bytes: Uint8Array, start: number, tag: number): number | undefined {
  let at = start;
  while (at < bytes.length && bytes[at] === tag) {
    const value = valueAt(bytes, at + 1);
    if (value === undefined) return undefined;
    at = value.byteOffset - bytes.byteOffset + value.length;
  }
  return at;
}

/** Undefined when it is malformed: the full decoder says in what way. */
function decodeNode(bytes: Uint8Array): Node | undefined {
  try {
    return fromBinary(NodeSchema, bytes);
  } catch {
    return undefined;
  }
}

function decodeNames(bytes: Uint8Array): readonly string[] {
  const reader = new BinaryReader(bytes);
  const names: string[] = [];
  while (reader.pos < reader.len) {
    reader.tag();
    names.push(reader.string(true));
  }
  return names;
}

/** Type URLs, versions and nonces are ASCII; others are left to the full decoder. */
function isAscii(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i += 1) if ((bytes[i] ?? 0) > 0x7f) return false;
  return true;
}
