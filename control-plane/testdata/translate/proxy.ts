/** A real Envoy that runs what the translation makes of a data plane. */
import { join } from 'node:path';
import { bootstrap } from '@chronos/envoy/bootstrap.ts';
import { type EnvoyProcess, startEnvoy } from '@chronos/envoy/process.ts';
import { fileXds, type JsonResource } from '@chronos/envoy/testing/file-xds.ts';
import { freePort } from '@chronos/local/free-port.ts';
import { temporaryDir } from '@chronos/local/testing.ts';
import { ensureEnvoy } from '@chronos/local/toolchain.ts';
import type { DataPlane } from '../../src/core/ir.ts';
import { resourceJson } from '../../src/core/translate/json.ts';
import type { NamedResource } from '../../src/core/translate/resource.ts';
import { translate } from '../../src/core/translate/translate.ts';

export interface TestProxy {
  readonly envoy: EnvoyProcess;
  /** Moves the proxy to another data plane. */
  apply(ir: DataPlane): Promise<void>;
  dispose(): Promise<void>;
}

/** Starts Envoy and waits until it serves. Metrics go to `metricsAddress`; by default nobody is there. */
export async function startProxy(ir: DataPlane, metricsAddress = '127.0.0.1:1'): Promise<TestProxy> {
  const [dir, binary, adminPort] = await Promise.all([temporaryDir('envoy'), ensureEnvoy(), freePort()]);
  const base = bootstrap({ nodeId: 'test', cluster: 'test', xdsAddress: metricsAddress, adminPort });
  try {
    const files = await fileXds(join(dir.path, 'xds'), base, resources(ir));
    const envoy = await startEnvoy({
      binary,
      dir: dir.path,
      bootstrap: files.bootstrap,
      adminPort,
      concurrency: 1,
    });
    return {
      envoy,
      apply: (next) => files.write(resources(next)),
      dispose: () => envoy.stop().finally(dir.dispose),
    };
  } catch (error) {
    await dir.dispose();
    throw error;
  }
}

function resources(ir: DataPlane) {
  const { clusters, endpoints, listeners, routes, runtimes } = translate(ir);
  return {
    clusters: json(clusters),
    endpoints: json(endpoints),
    listeners: json(listeners),
    routes: json(routes),
    runtimes: json(runtimes),
  };
}

const json = (named: readonly NamedResource[]): JsonResource[] =>
  named.map(({ name, typeUrl, message }) => ({ name, typeUrl, json: resourceJson(message) }));
