/** The story of `chronos run --json`: one event a line. `text` is the line that a person would read; the rest is for programs. */
import { type JsonObject, type JsonValue, toJson } from '@bufbuild/protobuf';
import {
  type Decision,
  DecisionSchema,
  type MigrationState,
  MigrationStateSchema,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { type MismatchGroup, MismatchGroupSchema } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import type { TrafficReport } from './traffic-report.ts';

/** What follows the time and the text: the event's name and its own fields. API messages are as the API prints them. */
export type StoryEvent = { readonly event: string; readonly [field: string]: JsonValue | undefined };

/** `at`: ISO 8601. */
export function eventLine(at: string, text: string, { event, ...fields }: StoryEvent): string {
  return `${JSON.stringify({ at, event, text, ...fields })}\n`;
}

/** Nothing but its text. */
export const noteEvent: StoryEvent = { event: 'note' };

export function decisionEvent(decision: Decision): StoryEvent {
  return { event: 'decision', decision: toJson(DecisionSchema, decision) };
}

export function stateEvent(state: MigrationState): StoryEvent {
  return { event: 'state', state: toJson(MigrationStateSchema, state) };
}

export function mismatchEvent(group: MismatchGroup): StoryEvent {
  return { event: 'mismatch', group: toJson(MismatchGroupSchema, group) };
}

/** As the report has them. */
export function clientsEvent({ requests, latency_ms }: TrafficReport): StoryEvent {
  const object = (fields: JsonObject) => ({ ...fields });
  return { event: 'clients', requests: object(requests), latency_ms: object(latency_ms) };
}

/** The last line of a run. */
export function endEvent(exitCode: number): StoryEvent {
  return { event: 'end', exit_code: exitCode };
}
