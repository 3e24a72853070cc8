import type { Progress, ToolchainPart } from './toolchain-cache.ts';
import { versions } from './versions.ts';

const titles: Record<ToolchainPart, string> = {
  envoy: `Envoy ${versions.envoy}`,
  grpcio: `gRPC for Python ${versions.grpcio}`,
  java: 'Java runtime',
  kafka: `Kafka ${versions.kafka}`,
  'kafka-archive': 'Kafka, made quick to start',
  postgres: 'Postgres',
  'postgres-template': 'Postgres, first cluster',
  zipkin: `Zipkin ${versions.zipkin}`,
};

/** One line of progress for a person: `✓ Envoy 1.39.3                    4.3 s`. */
export function progressLine({ part, state, seconds }: Progress): string {
  const mark = state === 'downloading' ? '…' : '✓';
  const time = state === 'downloading' ? '' : `${seconds.toFixed(1)} s`;
  return `${mark} ${titles[part].padEnd(28)} ${time.padStart(8)}`.trimEnd();
}
