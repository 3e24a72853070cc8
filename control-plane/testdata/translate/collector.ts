/** What Envoy reports to: capture streams and metrics on one gRPC port, kept in memory. */
import { EventEmitter, once } from 'node:events';
import { fromBinary } from '@bufbuild/protobuf';
import {
  type ProcessingRequest,
  ProcessingRequestSchema,
} from '@chronos/envoy/api/envoy/service/ext_proc/v3/external_processor_pb.js';
import { StreamMetricsMessageSchema } from '@chronos/proto/envoymetrics/v1/metrics_pb.js';
import { type ServerDuplexStream, Server, ServerCredentials, type ServiceDefinition } from '@grpc/grpc-js';

/** One attempt, or one copy, as capture sees it. */
export interface CapturedStream {
  readonly role: string;
  readonly messages: ProcessingRequest[];
  ended: boolean;
}

export interface Collector {
  readonly address: { readonly host: string; readonly port: number };
  readonly streams: readonly CapturedStream[];
  /** The latest value of each label set of `chronos.requests`, labels as `group=all,mode=…`. */
  readonly requests: ReadonlyMap<string, number>;
  /** Resolves once it holds; looks anew at every report. Fails after 20 s. */
  until(holds: () => boolean): Promise<void>;
  close(): void;
}

const waitMsMax = 20_000;

export async function startCollector(): Promise<Collector> {
  const streams: CapturedStream[] = [];
  const requests = new Map<string, number>();
  const reported = new EventEmitter();
  const server = new Server();
  server.addService(bidirectional('/envoy.service.ext_proc.v3.ExternalProcessor/Process'), {
    call: (call: ServerDuplexStream<Buffer, Buffer>) => {
      const stream: CapturedStream = {
        role: String(call.metadata.get('x-chronos-role')[0]),
        messages: [],
        ended: false,
      };
      streams.push(stream);
      follow(call, (bytes) => stream.messages.push(fromBinary(ProcessingRequestSchema, bytes)));
      call.on('end', () => {
        stream.ended = true;
        reported.emit('report');
      });
    },
  });
  server.addService(bidirectional('/envoy.service.metrics.v3.MetricsService/StreamMetrics'), {
    call: (call: ServerDuplexStream<Buffer, Buffer>) =>
      follow(call, (bytes) => {
        for (const family of fromBinary(StreamMetricsMessageSchema, bytes).envoyMetrics) {
          if (family.name !== 'chronos.requests') continue;
          for (const { label, counter } of family.metric) {
            const labels = label.map(({ name, value }) => `${name}=${value}`).join(',');
            requests.set(labels, counter?.value ?? Number.NaN);
          }
        }
      }),
  });
  function follow(call: ServerDuplexStream<Buffer, Buffer>, take: (bytes: Buffer) => void): void {
    call.on('data', (bytes: Buffer) => {
      take(bytes);
      reported.emit('report');
    });
    call.on('end', () => call.end());
    call.on('error', () => undefined);
  }
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return {
    address: { host: '127.0.0.1', port },
    streams,
    requests,
    async until(holds) {
      const signal = AbortSignal.timeout(waitMsMax);
      while (!holds()) await once(reported, 'report', { signal });
    },
    close: () => server.forceShutdown(),
  };
}

/** A service of one method, whose messages stay bytes. */
function bidirectional(path: string): ServiceDefinition {
  const same = (bytes: Buffer) => bytes;
  return {
    call: {
      path,
      requestStream: true,
      responseStream: true,
      requestSerialize: same,
      requestDeserialize: same,
      responseSerialize: same,
      responseDeserialize: same,
    },
  };
}
