import type { KafkaMessage } from 'kafkajs';
import type { ReceivedRecord } from './bus.ts';

const empty = new Uint8Array();

/** The client's message as ours. Absent keys and values (tombstones) become empty ones. */
export function received(partition: number, message: KafkaMessage): ReceivedRecord {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers ?? {})) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) headers[name] = first.toString();
  }
  return {
    key: message.key?.toString() ?? '',
    value: message.value ?? empty,
    headers,
    partition,
    offset: BigInt(message.offset),
    timestampMs: Number(message.timestamp),
  };
}
