import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { DescFile, DescService } from '@bufbuild/protobuf';
import { file_grpc_health_v1_health } from '@chronos/proto/grpc/health/v1/health_pb.js';
import { file_grpc_reflection_v1_reflection } from '@chronos/proto/grpc/reflection/v1/reflection_pb.js';
import { file_grpc_reflection_v1alpha_reflection } from '@chronos/proto/grpc/reflection/v1alpha/reflection_pb.js';
import { Code, ConnectError, type ConnectRouter, type Interceptor } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { DescriptorIndex } from './core/descriptor-index.ts';
import { formatListenAddress } from './core/listen-address.ts';
import type { Handler, HttpRequest, HttpResponse } from './shell/handler.ts';
import { HealthState } from './shell/health-service.ts';
import { OnePort } from './shell/one-port.ts';
import { reflectionRoutes } from './shell/reflection-service.ts';

const REQUEST_BYTES_MAX = 4 * 1024 * 1024;
const CONNECTIONS_MAX = 4_096;

export interface ServeOptions {
  /** `host:port` (port 0: any free one) or `unix:/path`. */
  readonly listen: string;
  /**
   * Registers the services. `draining` is aborted as soon as {@link RpcServer.close} is called: streams without an end of their own (a
   * watch) should end then, or they hold up the close for its whole grace.
   */
  readonly routes: (router: ConnectRouter, draining: AbortSignal) => void;
  /** Protobuf files that reflection shows; what they import comes along. */
  readonly files: readonly DescFile[];
  /** Asked first for each request that comes as one (not by {@link raw}): whether it took it. For what must be refused, or served, ahead of all RPCs. */
  readonly first?: (request: HttpRequest, response: HttpResponse) => boolean;
  /** Plain HTTP beside the RPCs (`/metrics`, `/healthz`): returns whether it took the request. What nobody takes is answered 404. */
  readonly http?: (request: HttpRequest, response: HttpResponse) => boolean;
  readonly interceptors?: readonly Interceptor[];
  /** Largest request message in bytes after decompression; default 4 MiB. A larger one is answered `resource_exhausted`. */
  readonly maxRequestBytes?: number;
  /** Services that another implementation serves on the same port. */
  readonly raw?: RawStreams;
  /** Connections at once; default 4,096. */
  readonly connectionsMax?: number;
}

/** Methods served on bare HTTP/2 streams, for those who need a message's bytes (one encoded answer for many clients, say). */
export interface RawStreams {
  /** What reflection and health shall know; their files come along. */
  readonly services: readonly DescService[];
  /** Takes the stream, or leaves it to the RPC handlers by returning false. */
  take(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): boolean;
}

export interface RpcServer {
  /** Where it listens, as clients write it: `127.0.0.1:8080`, `unix:/path`. */
  readonly address: string;
  /** TCP port; 0 for a unix socket. */
  readonly port: number;
  /** What grpc.health.v1 tells; true from the start. */
  setServing(serving: boolean): void;
  /**
   * Ends the server: health says NOT_SERVING, no new connections, GOAWAY or `connection: close` to clients, requests under way finish
   * within `graceMs`; then handlers are cancelled (clients see `unavailable`) and connections closed. Idempotent, never rejects.
   */
  close(options: { readonly graceMs: number }): Promise<void>;
}

/**
 * Serves RPCs by gRPC, gRPC-Web and Connect (protobuf and JSON; HTTP/1.1 and HTTP/2 with prior knowledge) on one port without TLS, with
 * grpc.health.v1 and grpc.reflection.v1 and v1alpha. Browsers of other origins are not let in: no CORS headers are sent.
 *
 * @throws RangeError for a malformed address, and the system's error (EADDRINUSE …) when it cannot be bound.
 */
export async function serve(options: ServeOptions): Promise<RpcServer> {
  const health = new HealthState();
  const draining = new AbortController();
  const cancel = new AbortController();
  const index = new DescriptorIndex([
    ...options.files,
    ...(options.raw?.services.map((service) => service.file) ?? []),
    file_grpc_health_v1_health,
    file_grpc_reflection_v1_reflection,
    file_grpc_reflection_v1alpha_reflection,
  ]);
  const served = new Set<string>(options.raw?.services.map((service) => service.typeName));
  const rpcs = connectNodeAdapter({
    routes: (router) => {
      options.routes(router, draining.signal);
      const services = () => [...served].sort();
      health.routes(router, services, draining.signal);
      reflectionRoutes(router, index, services);
      for (const { service } of router.handlers) served.add(service.typeName);
    },
    fallback: (request, response) => {
      if (options.http?.(request, response) !== true) notFound(response);
    },
    interceptors: [...(options.interceptors ?? [])],
    readMaxBytes: options.maxRequestBytes ?? REQUEST_BYTES_MAX,
    shutdownSignal: cancel.signal,
  });
  const handler: Handler = (request, response) => {
    if (options.first?.(request, response) !== true) rpcs(request, response);
  };
  const port = await OnePort.listen(options.listen, {
    handler,
    takeStream: options.raw?.take,
    connectionsMax: options.connectionsMax ?? CONNECTIONS_MAX,
  });
  let closing: Promise<void> | undefined;
  return {
    address: formatListenAddress(port.address),
    port: port.address.kind === 'tcp' ? port.address.port : 0,
    setServing: (serving) => health.set(serving),
    close({ graceMs }) {
      closing ??= (async () => {
        health.set(false);
        draining.abort();
        await port.close(graceMs, () =>
          cancel.abort(new ConnectError('server is stopping', Code.Unavailable)),
        );
      })();
      return closing;
    },
  };
}

function notFound(response: HttpResponse): void {
  const body = JSON.stringify({ code: 'not_found', message: 'no such path here' });
  response.statusCode = 404;
  response.setHeader('content-type', 'application/json');
  response.end(body);
}
