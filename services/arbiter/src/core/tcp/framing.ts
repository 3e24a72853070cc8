import type { Framing, LengthPrefix } from '@chronos/proto/chronos/v1/migration_pb.js';
import { earlyReplies } from './postgres.ts';

/** A piece of a stream that is compared as a whole. */
export interface Frame {
  /** Where it begins in the stream. */
  readonly offset: number;
  /** Without what only separates frames: the line's LF, the length. */
  readonly content: Uint8Array;
}

export interface Frames {
  readonly frames: readonly Frame[];
  /** What stands behind the last whole frame: the stream ends within it, or goes on in another way. Empty: nothing. */
  readonly rest: Frame;
  /** Why the rest is not framed; absent when it is only the beginning of a frame. */
  readonly broken?: string;
}

/** Cuts one universe's answer. Total: what is not framed as declared is the rest, and says why. `request`: what the client sent. */
export type Cut = (answer: Uint8Array, request: Uint8Array) => Frames;

const FRAME_BYTES_MAX = 1 << 20;

/** The declared framing as a function; without one the stream is one piece. */
export function cutterOf(framing: Framing | undefined): Cut {
  switch (framing?.kind.case) {
    case 'newline':
      return lines;
    case 'lengthPrefix': {
      const { value } = framing.kind;
      return (answer) => prefixed(answer, 0, value);
    }
    case 'postgres':
      return postgres;
    case undefined:
      return (answer) => ({ frames: [], rest: { offset: 0, content: answer } });
  }
}

function lines(answer: Uint8Array): Frames {
  const frames: Frame[] = [];
  let at = 0;
  for (let end = answer.indexOf(LF); end >= 0; end = answer.indexOf(LF, at)) {
    frames.push({ offset: at, content: answer.subarray(at, end) });
    at = end + 1;
  }
  return { frames, rest: restOf(answer, at) };
}

const LF = 0x0a;

type Prefix = Pick<LengthPrefix, 'bytes' | 'littleEndian' | 'includesLength' | 'offset' | 'maxFrame'>;

function prefixed(answer: Uint8Array, from: number, prefix: Prefix): Frames {
  const view = new DataView(answer.buffer, answer.byteOffset, answer.byteLength);
  const head = prefix.offset + prefix.bytes;
  const bytesMax = prefix.maxFrame || FRAME_BYTES_MAX;
  const frames: Frame[] = [];
  let at = from;
  while (answer.length - at >= head) {
    const said = lengthAt(view, at + prefix.offset, prefix);
    const payload = said - (prefix.includesLength ? prefix.bytes : 0);
    if (payload < 0 || head + payload > bytesMax) {
      const broken = `At byte ${at} stands the length ${said}, which no frame has.`;
      return { frames, rest: restOf(answer, at), broken };
    }
    if (head + payload > answer.length - at) break;
    frames.push({ offset: at, content: withoutLength(answer.subarray(at, at + head + payload), prefix) });
    at += head + payload;
  }
  return { frames, rest: restOf(answer, at) };
}

/** Lengths above 2^53 lose precision, and are longer than any frame all the same. */
function lengthAt(view: DataView, at: number, { bytes, littleEndian }: Prefix): number {
  switch (bytes) {
    case 1:
      return view.getUint8(at);
    case 2:
      return view.getUint16(at, littleEndian);
    case 4:
      return view.getUint32(at, littleEndian);
    default:
      return Number(view.getBigUint64(at, littleEndian));
  }
}

function withoutLength(frame: Uint8Array, { offset, bytes }: Prefix): Uint8Array {
  if (offset === 0) return frame.subarray(bytes);
  const content = new Uint8Array(frame.length - bytes);
  content.set(frame.subarray(0, offset));
  content.set(frame.subarray(offset + bytes), offset);
  return content;
}

/** A type of one byte, a length that counts itself (PostgreSQL, "Message Formats"), behind the single bytes that answer an SSLRequest. */
function postgres(answer: Uint8Array, request: Uint8Array): Frames {
  const replies = earlyReplies(answer, request);
  const early = Array.from({ length: replies.count }, (_, at) => ({
    offset: at,
    content: answer.subarray(at, at + 1),
  }));
  if (replies.encrypted) {
    const broken = 'The connection goes on encrypted.';
    return { frames: early, rest: restOf(answer, replies.count), broken };
  }
  const { frames, ...end } = prefixed(answer, replies.count, POSTGRES);
  return { ...end, frames: [...early, ...frames] };
}

const POSTGRES: Prefix = { offset: 1, bytes: 4, littleEndian: false, includesLength: true, maxFrame: 0 };

function restOf(answer: Uint8Array, offset: number): Frame {
  return { offset, content: answer.subarray(offset) };
}
