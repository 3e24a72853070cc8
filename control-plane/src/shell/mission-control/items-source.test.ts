import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { WatchProxiesResponseSchema } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { type Proxy as ProxyMessage, ProxySchema } from '@chronos/proto/chronos/v1/proxy_service_pb.js';
import { expect, test } from '@jest/globals';
import { itemsSource } from './items-source.ts';

/** A list that the test answers or lets fail, and a clock that only the test moves. */
function scene() {
  let nowMs = 1_000_000;
  let begun = Promise.withResolvers<PromiseWithResolvers<ReadonlyMap<string, ProxyMessage>>>();
  let told = Promise.withResolvers<void>();
  const source = itemsSource({
    schema: WatchProxiesResponseSchema,
    item: ProxySchema,
    intervalMs: 1,
    nowMs: () => nowMs,
    list() {
      const look = Promise.withResolvers<ReadonlyMap<string, ProxyMessage>>();
      begun.resolve(look);
      return look.promise;
    },
    message: (_, observedAt) => ({ observedAt }),
    failed: () => told.resolve(),
  });
  const stop = source.start(() => told.resolve());
  /** A look ends, `lateMs` after it began; what is told then. */
  const ends = async (how: 'read' | 'failed', lateMs: number) => {
    const look = await begun.promise;
    [begun, told] = [Promise.withResolvers(), Promise.withResolvers()];
    nowMs += lateMs;
    if (how === 'failed') look.reject(new Error('no database'));
    else look.resolve(new Map());
    await told.promise;
    return source.message({ version: source.version }).observedAt;
  };
  return { ends, stop };
}

test('a list is as old as the beginning of its last look that succeeded', async () => {
  const { ends, stop } = scene();
  expect(await ends('read', 300)).toEqual(timestampFromMs(1_000_000));
  expect(await ends('failed', 5_000)).toEqual(timestampFromMs(1_000_000));
  stop();
});
