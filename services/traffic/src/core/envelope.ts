const HEADER_BYTES = 5;
/** Connect marks the last message of a stream, which carries its error, with this flag. */
const END_OF_STREAM = 0b10;

export interface Envelope {
  readonly last: boolean;
  readonly data: Uint8Array;
}

/** A message as gRPC and Connect streams frame it: flags, length (four bytes, big end first), data. */
export function enveloped(data: Uint8Array): Uint8Array {
  const framed = new Uint8Array(HEADER_BYTES + data.length);
  new DataView(framed.buffer).setUint32(1, data.length);
  framed.set(data, HEADER_BYTES);
  return framed;
}

/** The messages of a whole body. @throws RangeError if it ends within one. */
export function envelopes(body: Uint8Array): Envelope[] {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const found: Envelope[] = [];
  for (let at = 0; at < body.length; ) {
    if (at + HEADER_BYTES > body.length) throw new RangeError('the body ends within a message header');
    const end = at + HEADER_BYTES + view.getUint32(at + 1);
    if (end > body.length) throw new RangeError('the body ends within a message');
    found.push({
      last: (view.getUint8(at) & END_OF_STREAM) !== 0,
      data: body.subarray(at + HEADER_BYTES, end),
    });
    at = end;
  }
  return found;
}
