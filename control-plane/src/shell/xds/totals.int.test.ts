import { bootstrap } from '@chronos/envoy/bootstrap.ts';
import { startEnvoy } from '@chronos/envoy/process.ts';
import { freePort } from '@chronos/local/free-port.ts';
import { sharedToolchain, temporaryDir } from '@chronos/local/testing.ts';
import { expect, test } from '@jest/globals';
import { goldenCases } from '../../../testdata/translate/cases.ts';
import { Totals } from '../../core/totals.ts';
import { translate } from '../../core/translate/translate.ts';
import { snapshotOf } from './digest.ts';
import { createXdsServer } from './server.ts';

test('a real proxy reports each mirrored request once, and a restart of it loses none', async () => {
  const { envoy: binary } = await sharedToolchain();
  const dir = await temporaryDir('totals');
  const [listenPort, adminPort] = [await freePort(), await freePort()];
  const totals = new Totals();
  let changed: () => void = () => undefined;
  const server = await createXdsServer({
    listen: '127.0.0.1:0',
    onTotals: (report) => {
      totals.add(report);
      changed();
    },
  });
  const reaches = (count: bigint) =>
    new Promise<void>((resolve) => {
      changed = () => totals.total('bank/accounts') >= count && resolve();
      changed();
    });
  const canary = goldenCases().find(({ name }) => name === 'canary')?.ir;
  const migrations = (canary?.migrations ?? []).map((of) => ({
    ...of,
    listen: { ...of.listen, port: listenPort },
  }));
  server.setSnapshot({ group: 'g' }, snapshotOf(translate({ ...canary!, migrations })));
  const xdsAddress = `127.0.0.1:${server.port}`;
  const start = () =>
    startEnvoy({
      binary,
      dir: dir.path,
      adminPort,
      bootstrap: bootstrap({ nodeId: 'e1', cluster: 'g', xdsAddress, adminPort }),
      concurrency: 1,
    });
  const request = async (times: number) => {
    // Nobody listens behind the proxy: it answers 503, and still each request of a client counts once.
    for (let n = 0; n < times; n += 1) await fetch(`http://127.0.0.1:${listenPort}/accounts`);
  };
  let envoy = await start();
  try {
    await request(5);
    await reaches(5n);
    await envoy.stop();
    envoy = await start();
    await request(3);
    await reaches(8n);
    expect(totals.total('bank/accounts')).toBe(8n);
  } finally {
    await envoy.stop();
    await server.close();
    await dir.dispose();
  }
}, 60_000);
