import { type DescMessage, isMessage, type Message, type MessageShape } from '@bufbuild/protobuf';
import {
  type MissionControlService,
  WatchLogResponseSchema,
  WatchMismatchesResponseSchema,
  WatchOverviewResponseSchema,
  WatchProxiesResponseSchema,
  WatchQuestionsResponseSchema,
  WatchRepairsResponseSchema,
  WatchSeriesResponseSchema,
} from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import type { HandlerContext, ServiceImpl } from '@connectrpc/connect';
import { messages } from '../mission-control/reader.ts';
import type { Topics } from '../mission-control/topics.ts';
import { type TopicName, topicOf } from '../mission-control/watch-methods.ts';

type Watches = Pick<
  ServiceImpl<typeof MissionControlService>,
  | 'watch'
  | 'watchOverview'
  | 'watchSeries'
  | 'watchProxies'
  | 'watchMismatches'
  | 'watchQuestions'
  | 'watchRepairs'
  | 'watchLog'
>;

/** The watches of MissionControlService for those who do not ask as browsers do (gRPC, gRPC-Web, JSON): messages of the same feeds. */
export function watches(topics: Topics, draining: AbortSignal): Watches {
  const watch = <Desc extends DescMessage>(name: TopicName, schema: Desc) =>
    async function* (request: Message, context: HandlerContext): AsyncGenerator<MessageShape<Desc>> {
      const subscription = topics.subscription(topicOf(name, request));
      const signal = AbortSignal.any([context.signal, draining]);
      for await (const { message } of messages(topics, [subscription], signal)) {
        if (isMessage(message, schema)) yield message;
      }
    };
  return {
    async *watch(request, context) {
      const subscriptions = request.topics.map((topic) => topics.subscription(topic));
      const signal = AbortSignal.any([context.signal, draining]);
      for await (const frame of messages(topics, subscriptions, signal)) yield frame.inWatchResponse();
    },
    watchOverview: watch('overview', WatchOverviewResponseSchema),
    watchSeries: watch('series', WatchSeriesResponseSchema),
    watchProxies: watch('proxies', WatchProxiesResponseSchema),
    watchMismatches: watch('mismatches', WatchMismatchesResponseSchema),
    watchQuestions: watch('questions', WatchQuestionsResponseSchema),
    watchRepairs: watch('repairs', WatchRepairsResponseSchema),
    watchLog: watch('log', WatchLogResponseSchema),
  };
}
