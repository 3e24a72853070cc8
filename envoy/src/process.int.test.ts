import { freePort } from '@chronos/local/free-port.ts';
import { temporaryDir } from '@chronos/local/testing.ts';
import { ensureEnvoy } from '@chronos/local/toolchain.ts';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { bootstrap } from './bootstrap.ts';
import { startEnvoy } from './process.ts';
import { fileXds } from './testing/file-xds.ts';

// Real processes on a machine that may be busy with others.
jest.setTimeout(30_000);

const nothing = { clusters: [], endpoints: [], listeners: [], routes: [] };
const runtime = {
  name: 'chronos',
  typeUrl: 'type.googleapis.com/envoy.service.runtime.v3.Runtime',
  json: { name: 'chronos', layer: { 'chronos.a': 7 } },
};

let dir: Awaited<ReturnType<typeof temporaryDir>>;
beforeEach(async () => {
  dir = await temporaryDir('envoy');
});
afterEach(() => dir.dispose());

async function base() {
  const adminPort = await freePort();
  // Nobody is there: a proxy must live without its control plane.
  const config = bootstrap({ nodeId: 'n', cluster: 'c', xdsAddress: '127.0.0.1:1', adminPort });
  return { binary: await ensureEnvoy(), dir: dir.path, adminPort, bootstrap: config, concurrency: 1 };
}

test('a proxy starts, tells what it runs, and ends when asked', async () => {
  const options = await base();
  const xds = await fileXds(dir.path, options.bootstrap, { ...nothing, runtimes: [runtime] });
  const envoy = await startEnvoy({ ...options, bootstrap: xds.bootstrap });
  try {
    expect(await envoy.admin.ready()).toBe(true);
    expect((await envoy.admin.stats('^server.(live|concurrency)$')).get('server.concurrency')).toBe(1);
    const node = expect.objectContaining({ id: 'n', cluster: 'c' });
    expect(await envoy.admin.configDump()).toMatchObject({
      configs: expect.arrayContaining([
        expect.objectContaining({ bootstrap: expect.objectContaining({ node }) }),
      ]),
    });
  } finally {
    await envoy.stop();
  }
  await expect(envoy.admin.ready()).rejects.toThrow();
  expect(() => process.kill(envoy.pid, 0)).toThrow('ESRCH');
});

test('the bootstrap holds nothing that Envoy does not know', async () => {
  const options = await base();
  // Without a control plane it never gets ready, but it must live until the deadline.
  await expect(startEnvoy({ ...options, readyWithinMs: 1_500 })).rejects.toThrow('not ready within 1.5 s');
});

test('a proxy that cannot start says why', async () => {
  const options = await base();
  const broken = { ...options.bootstrap, no_such_field: true };
  await expect(startEnvoy({ ...options, bootstrap: broken })).rejects.toThrow(
    /ended before[\s\S]*no_such_field/,
  );
});

test('a binary that is not there is an error', async () => {
  await expect(startEnvoy({ ...(await base()), binary: '/nowhere/envoy' })).rejects.toThrow('ENOENT');
});
