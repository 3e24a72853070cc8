import { readFile } from 'node:fs/promises';
import { freePorts } from '@chronos/local/free-port.ts';
import { expect, jest, test } from '@jest/globals';
import { goldenCases } from '../../../testdata/translate/cases.ts';
import { startProxy } from '../../../testdata/translate/proxy.ts';
import type { DataPlane } from '../ir.ts';

// Real processes on a machine that may be busy with others.
jest.setTimeout(30_000);

/** The same data plane on ports that are free now. */
async function onFreePorts(ir: DataPlane): Promise<DataPlane> {
  const ports = await freePorts(ir.migrations.length);
  return {
    ...ir,
    migrations: ir.migrations.map((migration, index) => ({
      ...migration,
      listen: { host: '127.0.0.1', port: ports[index]! },
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
    expect(stats.get('listener_manager.total_listeners_active')).toBe(ir.migrations.length);
  } finally {
    await proxy.dispose();
  }
});
