/** Just enough protobuf for the synthetic proxies. */

export function field(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...varint(bytes.length)]), bytes]);
}

export function text(number: number, value: string): Buffer {
  return field(number, Buffer.from(value));
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
  return bytes;
}

export interface ScannedResponse {
  readonly version: string;
  readonly nonce: string;
  readonly typeUrl: string;
  readonly resources: number;
}

/** DiscoveryResponse and DeltaDiscoveryResponse alike: version 1, resources 2, type_url 4, nonce 5. Resources are counted and passed over. */
export function scanResponse(bytes: Buffer): ScannedResponse {
  const found = { version: '', nonce: '', typeUrl: '', resources: 0 };
  let at = 0;
  const readVarint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at] ?? 0;
      at += 1;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = readVarint();
    if ((tag & 7) === 0) {
      readVarint();
      continue;
    }
    const length = readVarint();
    const end = at + length;
    const number = tag >>> 3;
    if (number === 2) found.resources += 1;
    else if (number === 1) found.version = bytes.toString('latin1', at, end);
    else if (number === 4) found.typeUrl = bytes.toString('latin1', at, end);
    else if (number === 5) found.nonce = bytes.toString('latin1', at, end);
    at = end;
  }
  return found;
}
