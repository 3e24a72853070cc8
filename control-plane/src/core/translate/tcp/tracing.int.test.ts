import { expect, jest, test } from '@jest/globals';
import { otlpReceiver } from '../../../../../test/harness/otlp-receiver.ts';
import { startTcpScene } from '../../../../testdata/translate/tcp-scene.ts';

// Real processes on a machine that may be busy with others.
jest.setTimeout(60_000);

test('a connection is traced, the gate’s own requests are not', async () => {
  const collector = await otlpReceiver();
  const scene = await startTcpScene({ otlpAddress: collector.grpc });
  try {
    const client = await scene.open();
    await client.ask('WHO');
    await client.hangUp();
    const [first] = await scene.captured(2);
    const isOurs = ({ attributes }: (typeof collector.spans)[number]) =>
      attributes['chronos.request_id'] === first?.requestId;
    const giveUpAt = performance.now() + 20_000;
    while (!collector.spans.some(isOurs)) {
      if (performance.now() > giveUpAt) throw new Error('the connection’s span has not come');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    // It was asked ten times a second all the while.
    const checks = 'cluster.bank/terminals.modern.health_check.attempt';
    expect((await scene.proxy.envoy.admin.stats(`^${checks}$`)).get(checks)).toBeGreaterThan(1);
    expect(collector.spans.filter(({ attributes }) => attributes['http.url']?.includes('/gate/'))).toEqual(
      [],
    );
  } finally {
    await scene.dispose();
    collector.close();
  }
});
