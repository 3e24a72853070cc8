import { create, type DescMethod, fromBinary, type Message } from '@bufbuild/protobuf';
import { reflect } from '@bufbuild/protobuf/reflect';
import { MigrationService } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import {
  MissionControlService,
  type Topic,
  TopicSchema,
  WatchRequestSchema,
} from '@chronos/proto/chronos/v1/mission_control_service_pb.js';

/** A method that streams what feeds have. */
export interface WatchMethod {
  readonly method: DescMethod;
  /** Messages come as fields of WatchResponse. */
  readonly wrapped: boolean;
  /** Reads a request. @throws Error for bytes that are none. */
  readonly read: (bytes: Uint8Array) => { readonly request: Message; readonly topics: readonly Topic[] };
}

const { method } = MissionControlService;

/** By the path they are called at. */
export const watchMethods: ReadonlyMap<string, WatchMethod> = new Map(
  [
    severalTopics(),
    oneTopic('overview', method.watchOverview),
    oneTopic('series', method.watchSeries),
    oneTopic('proxies', method.watchProxies),
    oneTopic('mismatches', method.watchMismatches),
    oneTopic('questions', method.watchQuestions),
    oneTopic('repairs', method.watchRepairs),
    oneTopic('log', method.watchLog),
    oneTopic('migration', MigrationService.method.watchMigration),
  ].map((watch) => [`/${watch.method.parent.typeName}/${watch.method.name}`, watch]),
);

function severalTopics(): WatchMethod {
  return {
    method: method.watch,
    wrapped: true,
    read(bytes) {
      const request = fromBinary(WatchRequestSchema, bytes);
      return { request, topics: request.topics };
    },
  };
}

export type TopicName = Exclude<Topic['topic']['case'], undefined>;

function oneTopic(name: TopicName, watch: DescMethod): WatchMethod {
  return {
    method: watch,
    wrapped: false,
    read(bytes) {
      const request = fromBinary(watch.input, bytes);
      return { request, topics: [topicOf(name, request)] };
    },
  };
}

/** The request of a method with one topic is that topic: both fields have one message type. */
export function topicOf(name: TopicName, request: Message): Topic {
  const topic = create(TopicSchema);
  const field = TopicSchema.field[name];
  if (field.message === undefined) throw new Error(`${field.name} is no message`);
  reflect(TopicSchema, topic).set(field, reflect(field.message, request));
  return topic;
}
