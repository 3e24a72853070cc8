import type { RawStreams } from '@chronos/rpc-server/serve.ts';
import { CLOSE_CODES } from '../../core/xds/close-code.ts';
import { nonceField } from '../../core/xds/encode.ts';
import { DISCOVERY_METHODS, DISCOVERY_SERVICES } from '../../core/xds/services.ts';
import type { DiscoveryStream, StreamHandlers } from './discovery-stream.ts';
import { GrpcStream, type GrpcStreamEvents, grpcStatus, isGrpc } from './grpc-stream.ts';
import { keepAlive } from './keepalive.ts';

export interface RawStreamsOptions {
  readonly discovery: (stream: DiscoveryStream) => StreamHandlers;
  /** Other streaming methods whose messages are read as bytes and that are answered once, by an empty message; by path. */
  readonly collectors: ReadonlyMap<string, () => (message: Uint8Array) => void>;
}

const MESSAGE_BYTES_MAX = 4 * 1024 * 1024;
const nothing = new Uint8Array();

/** The methods whose messages are bytes to the transport: those of the discovery services, and collectors. All else is left to the RPC handlers. */
export function rawStreams(options: RawStreamsOptions): RawStreams {
  return {
    services: DISCOVERY_SERVICES.map(([service]) => service),
    take(stream, headers) {
      const path = headers[':path'] ?? '';
      if (!isGrpc(headers)) return false;
      const method = DISCOVERY_METHODS.get(path);
      const collector = options.collectors.get(path);
      if (method === undefined && collector === undefined) return false;
      if (stream.session !== undefined) keepAlive(stream.session);
      new GrpcStream(stream, headers, MESSAGE_BYTES_MAX, (grpc) => {
        if (method !== undefined) return discovery(grpc, options.discovery(discoveryStream(grpc, method)));
        return collecting(grpc, collector?.() ?? (() => undefined));
      });
      return true;
    },
  };
}

function discoveryStream(grpc: GrpcStream, method: DiscoveryStream['method']): DiscoveryStream {
  return {
    method,
    // The fields of a message may come in any order: the nonce first leaves the shared body untouched.
    send: (body, nonce) => grpc.send(nonceField(nonce), body),
    get bufferedBytes() {
      return grpc.bufferedBytes;
    },
    close: (code, reason) => grpc.close(CLOSE_CODES[code], reason),
  };
}

function discovery(grpc: GrpcStream, handlers: StreamHandlers): GrpcStreamEvents {
  return {
    message: (bytes) => handlers.message(bytes),
    drained: () => handlers.drained(),
    halfClosed: () => grpc.close(grpcStatus.ok, 'the proxy ended the stream'),
    gone: (reason) => handlers.gone(reason),
  };
}

function collecting(grpc: GrpcStream, message: (bytes: Uint8Array) => void): GrpcStreamEvents {
  return {
    message,
    drained: () => undefined,
    halfClosed() {
      grpc.send(nothing, nothing);
      grpc.close(grpcStatus.ok);
    },
    gone: () => undefined,
  };
}
