import { timestampFromMs, timestampMs } from '@bufbuild/protobuf/wkt';
import { LogLevel } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { RuntimeService } from '@chronos/proto/chronos/v1/runtime_service_pb.js';
import { createRouterTransport } from '@connectrpc/connect';
import { expect, jest, test } from '@jest/globals';
import { Story } from '../../core/mission-control/story.ts';
import { followPartLogs } from './part-logs.ts';

test('what the runtime tells stands in the story; after an interruption it is asked for what came since', async () => {
  jest.useFakeTimers();
  const story = new Story();
  const ending = new AbortController();
  const asked: (number | undefined)[] = [];
  const again = Promise.withResolvers<void>();
  const transport = createRouterTransport((router) =>
    router.service(RuntimeService, {
      async *watchLogs({ since }) {
        asked.push(since && timestampMs(since));
        if (asked.length === 2) {
          again.resolve();
          return;
        }
        const at = timestampFromMs(5_000);
        yield {
          lines: [{ at, level: LogLevel.WARNING, part: 'capture', text: 'slow', requestId: 'r' }],
          skipped: 7n,
        };
        throw new Error('the runtime is away');
      },
    }),
  );
  const following = followPartLogs(transport, story, ending.signal);
  while (asked.length < 2) await jest.advanceTimersByTimeAsync(500);
  await again.promise;
  ending.abort();
  await following;
  jest.useRealTimers();
  expect(asked).toEqual([undefined, 5_000]);
  expect(story.since(0, '')).toMatchObject([
    { atMs: 5_000, level: 'warning', part: 'capture', text: 'slow', requestId: 'r' },
    { part: 'runtime', text: expect.stringMatching(/^7 lines/) },
  ]);
});
