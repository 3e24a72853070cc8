/** Heartbeats travel through the WAL: what comes back says that everything committed before it was sent has come, too. */
import { create } from '@bufbuild/protobuf';
import { type Watermark, WatermarkSchema } from '@chronos/proto/events/v1/state_update_pb.js';
import { timestampFromUs } from './assemble.ts';

export interface Heartbeat {
  /** Which run of which capture sent it: others' are passed over. */
  readonly capture: string;
  readonly sequence: number;
  /** Microseconds since 1970, read before it was written. */
  readonly atUs: bigint;
}

export function encodeHeartbeat({ capture, sequence, atUs }: Heartbeat): string {
  return `${capture} ${sequence} ${atUs}`;
}

/** Undefined when it is no heartbeat of ours. */
export function decodeHeartbeat(content: string): Heartbeat | undefined {
  const match = /^(\S{1,100}) (\d{1,15}) (\d{1,18})$/.exec(content);
  if (match === null) return undefined;
  const [, capture = '', sequence = '', atUs = ''] = match;
  return { capture, sequence: Number(sequence), atUs: BigInt(atUs) };
}

export function watermarkOf(heartbeat: Heartbeat, lsn: bigint, completeSinceUs: bigint): Watermark {
  return create(WatermarkSchema, {
    lsn,
    emittedAt: timestampFromUs(heartbeat.atUs),
    sequence: BigInt(heartbeat.sequence),
    completeSince: timestampFromUs(completeSinceUs),
  });
}

export function pausedWatermark(reason: string, atUs: bigint, sequence: number): Watermark {
  return create(WatermarkSchema, {
    paused: true,
    pauseReason: reason,
    emittedAt: timestampFromUs(atUs),
    sequence: BigInt(sequence),
  });
}
