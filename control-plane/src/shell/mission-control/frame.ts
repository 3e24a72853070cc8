import { type DescMessage, fromBinary, type MessageShape, toBinary } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import {
  type WatchResponse,
  WatchResponseSchema,
} from '@chronos/proto/chronos/v1/mission_control_service_pb.js';

const prefixBytes = 5;

/** One message of a stream, encoded when it is first sent and then shared by all who get it. */
export class Frame<Desc extends DescMessage = DescMessage> {
  readonly message: MessageShape<Desc>;
  readonly #schema: Desc;
  readonly #field: number;
  #bare: Uint8Array | undefined;
  #wrapped: Uint8Array | undefined;

  /** @param field number of the message's field in WatchResponse */
  constructor(schema: Desc, message: MessageShape<Desc>, field: number) {
    this.#schema = schema;
    this.message = message;
    this.#field = field;
  }

  /** The message itself, in an envelope. */
  bare(): Uint8Array {
    this.#bare ??= envelope(0, toBinary(this.#schema, this.message));
    return this.#bare;
  }

  /** The message as WatchResponse has it, in an envelope. */
  wrapped(): Uint8Array {
    this.#wrapped ??= envelope(
      0,
      new BinaryWriter()
        .tag(this.#field, WireType.LengthDelimited)
        .bytes(toBinary(this.#schema, this.message))
        .finish(),
    );
    return this.#wrapped;
  }

  /** Decoded again: for the few readers that encode their own. */
  inWatchResponse(): WatchResponse {
    return fromBinary(WatchResponseSchema, this.wrapped().subarray(prefixBytes));
  }
}

/** An enveloped message of a Connect stream: flags, length in four bytes, message (connectrpc.com/docs/protocol, Streaming RPCs). */
export function envelope(flags: number, message: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(prefixBytes + message.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, flags);
  view.setUint32(1, message.length);
  bytes.set(message, prefixBytes);
  return bytes;
}

/** The one message that a client's request body holds; undefined where it holds anything else, or a compressed message. */
export function onlyEnvelope(body: Uint8Array): Uint8Array | undefined {
  if (body.length < prefixBytes || body[0] !== 0) return undefined;
  const length = new DataView(body.buffer, body.byteOffset).getUint32(1);
  return body.length === prefixBytes + length ? body.subarray(prefixBytes) : undefined;
}
