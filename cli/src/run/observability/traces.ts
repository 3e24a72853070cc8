import { join } from 'node:path';
import type { Part } from '@chronos/local/part.ts';
import type { Toolchain } from '@chronos/local/toolchain.ts';
import { ensureZipkinJar } from '@chronos/local/toolchain-kafka.ts';
import { repositoryRoot } from '../../shell/state-paths.ts';
import { loopback, partNames } from '../part-names.ts';
import type { Ports } from '../ports.ts';
import type { Found } from './tool.ts';

/** Zipkin keeps its spans in memory: some minutes of a busy demo. */
const spansMax = 100_000;
const zipkinJvm = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

/** Where the parts of a run send their spans, and what takes them there. */
export interface Traces {
  readonly zipkin: Found;
  readonly relay: Part;
  /** For every part that makes spans. */
  readonly env: Readonly<Record<string, string>>;
  /** host:port to which the proxy sends its spans. */
  readonly otlp: string;
  /** Where people look at one, `{trace}` for its id. */
  readonly address: string;
}

/**
 * Zipkin, installed like Kafka, and the relay before it that decides which traces are kept.
 * @throws LocalError when Zipkin is not here and cannot be fetched
 */
export async function planTraces(
  ports: Ports,
  toolchain: Pick<Toolchain, 'java' | 'cacheDir'>,
  onProgress: Parameters<typeof ensureZipkinJar>[1],
): Promise<Traces> {
  const jar = await ensureZipkinJar(toolchain.cacheDir, onProgress);
  const zipkin = `http://${loopback(ports.zipkin)}`;
  const http = loopback(ports.tracesHttp);
  const otlp = loopback(ports.tracesGrpc);
  return {
    otlp,
    address: `${zipkin}/zipkin/traces/{trace}`,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://${http}` },
    zipkin: {
      url: `${zipkin}/zipkin/`,
      part: {
        name: partNames.zipkin,
        command: toolchain.java,
        args: [
          ...zipkinJvm,
          '-jar',
          jar,
          '--armeria.ports[0].address=127.0.0.1',
          `--armeria.ports[0].port=${ports.zipkin}`,
          '--armeria.ports[0].protocols[0]=http',
        ],
        env: { MEM_MAX_SPANS: String(spansMax) },
        ports: [ports.zipkin],
        ready: async () => (await fetch(`${zipkin}/health`)).ok,
        readyWithinMs: 90_000,
        restart: true,
      },
    },
    relay: {
      name: partNames.traces,
      command: process.execPath,
      args: [join(repositoryRoot, 'observability/src/relay/main.ts')],
      cwd: repositoryRoot,
      env: { ZIPKIN_URL: zipkin, OTLP_HTTP_LISTEN: http, OTLP_GRPC_LISTEN: otlp },
      ports: [ports.tracesHttp, ports.tracesGrpc],
      ready: async () => (await fetch(`http://${http}/healthz`)).ok,
      restart: true,
    },
  };
}
