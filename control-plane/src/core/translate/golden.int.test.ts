import { readFile } from 'node:fs/promises';
import { freePorts } from '@chronos/local/free-port.ts';
import { expect, jest, test } from '@jest/globals';
import { goldenCases } from '../../../testdata/translate/cases.ts';
import { startProxy } from '../../../testdata/translate/proxy.ts';
import type { DataPlane } from '../ir.ts';
import { translate } from './translate.ts';

// Real processes on a machine that may be busy with others.
jest.setTimeout(30_000);

/** Ports that clients can come by. */
const listenerCount = (ir: DataPlane) => ir.migrations.flatMap(({ tcp }) => [0, ...tcp]).length;

/** The same data plane on ports that are free now. */
async function onFreePorts(ir: DataPlane): Promise<DataPlane> {
  const ports = await freePorts(listenerCount(ir));
  const listen = () => ({ host: '127.0.0.1', port: ports.pop()! });
  return {
    ...ir,
    migrations: ir.migrations.map((migration) => ({
      ...migration,
      listen: listen(),
      tcp: migration.tcp.map((group) => ({ ...group, listen: listen() })),
    })),
  };
}

test.each(goldenCases())('a real Envoy takes all of $name', async ({ ir }) => {
  const proxy = await startProxy(await onFreePorts(ir));
  try {
    const stats = await proxy.envoy.admin.stats('update_rejected|listener_create_failure|listeners_active');
    const rejected = [...stats].filter(([name, value]) => name.endsWith('rejected') && value > 0);
    const complaints = rejected.length === 0 ? '' : await readFile(proxy.envoy.logPath, 'utf8');
    expect({ rejected, complaints }).toEqual({ rejected: [], complaints: '' });
    expect(stats.get('listener_manager.listener_create_failure')).toBe(0);
    const internal = translate(ir).listeners.length - listenerCount(ir);
    expect(stats.get('listener_manager.total_listeners_active')).toBe(listenerCount(ir) + internal);
  } finally {
    await proxy.dispose();
  }
});
