/** Both universes behind a real Envoy, with one group of routes. */
import { freePort } from '@chronos/local/free-port.ts';
import type { DataPlane, GroupIr, MigrationIr } from '../../src/core/ir.ts';
import { startProxy, type TestProxy } from './proxy.ts';
import { startUniverse, type Universe } from './universe.ts';

export const probeSecret = 'a-secret-for-the-tests';

export interface Scene {
  readonly url: string;
  readonly legacy: Universe;
  readonly modern: Universe;
  readonly proxy: TestProxy;
  /** What the proxy runs at a weight. */
  plane(modernWeightBp: number): DataPlane;
  /** Sends a share of the customers to modern; returns when the proxy does. */
  setWeight(modernWeightBp: number): Promise<void>;
  /** Asks through the proxy. */
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  send(path: string, init: RequestInit): Promise<Answer>;
  dispose(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  /** Who answered; the proxy itself: what it says. */
  readonly text: string;
  readonly headers: Headers;
}

export interface SceneOptions {
  readonly migration?: Partial<MigrationIr>;
  readonly group?: Partial<GroupIr>;
  readonly plane?: Partial<DataPlane>;
  /** host:port of a metrics service. */
  readonly metricsAddress?: string;
}

export async function startScene(options: SceneOptions = {}): Promise<Scene> {
  const { migration = {}, group = {}, plane = {}, metricsAddress } = options;
  const legacy = await startUniverse('legacy');
  const modern = await startUniverse('modern');
  const port = await freePort();
  const at = (universe: Universe, deployment: string) => ({
    address: { host: '127.0.0.1', port: universe.port },
    deployment,
  });
  const ir = (modernWeightBp: number): DataPlane => ({
    // Nobody listens there: a dead collector is part of every scene that does not bring one.
    capture: { host: '127.0.0.1', port: 1 },
    otlp: null,
    ...plane,
    migrations: [
      {
        name: 'shop',
        listen: { host: '127.0.0.1', port },
        customer: { kind: 'header', name: 'x-customer' },
        traceSampling: 0,
        probeSecret,
        legacy: { protocol: 'http1', endpoints: [at(legacy, 'old@1')] },
        modern: { protocol: 'http1', endpoints: [at(modern, 'new@1')] },
        copyDeadlineMs: 1_000,
        tcp: [],
        ...migration,
        groups: [
          {
            name: 'all',
            mode: 'mirrored',
            modernWeightBp,
            matches: [{ path: { kind: 'prefix', value: '/' }, methods: [], safe: false }],
            timeoutMs: 10_000,
            timeoutCoversStreams: false,
            // Long enough that a busy machine is not taken for a failing universe.
            perTryTimeoutMs: 5_000,
            ...group,
          },
        ],
      },
    ],
  });
  const proxy = await startProxy(ir(0), metricsAddress);
  const url = `http://127.0.0.1:${port}`;
  const send = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(15_000), ...init });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  return {
    url,
    legacy,
    modern,
    proxy,
    plane: ir,
    send,
    get: (path, headers = {}) => send(path, { headers }),
    async setWeight(modernWeightBp) {
      const loads = async () =>
        (await proxy.envoy.admin.stats('^runtime.load_success$')).get('runtime.load_success') ?? 0;
      const before = await loads();
      await proxy.apply(ir(modernWeightBp));
      while ((await loads()) === before) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    async dispose() {
      await proxy.dispose();
      await legacy.close();
      await modern.close();
    },
  };
}
