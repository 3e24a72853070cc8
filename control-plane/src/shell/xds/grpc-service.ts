import type { DescMethod, DescService, Message } from '@bufbuild/protobuf';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js';

/**
 * A grpc-js service of a generated one. `rawResponses`: handlers write encoded bytes, which go out as they are.
 */
export function grpcService(
  service: DescService,
  options: { readonly rawResponses?: boolean } = {},
): ServiceDefinition {
  return Object.fromEntries(
    service.methods.map((method) => [method.name, methodDefinition(method, options.rawResponses === true)]),
  );
}

function methodDefinition(method: DescMethod, rawResponses: boolean): MethodDefinition<Message, unknown> {
  const { methodKind } = method;
  return {
    path: `/${method.parent.typeName}/${method.name}`,
    requestStream: methodKind === 'client_streaming' || methodKind === 'bidi_streaming',
    responseStream: methodKind === 'server_streaming' || methodKind === 'bidi_streaming',
    requestSerialize: (message) => Buffer.from(toBinary(method.input, message)),
    requestDeserialize: (bytes) => fromBinary(method.input, bytes),
    responseSerialize: (response) => Buffer.from(rawResponses ? bytesOf(response) : encode(method, response)),
    responseDeserialize: (bytes) => fromBinary(method.output, bytes),
  };
}

function bytesOf(response: unknown): Buffer {
  if (Buffer.isBuffer(response)) return response;
  throw new TypeError('a raw response is a Buffer');
}

function encode(method: DescMethod, response: unknown): Uint8Array {
  return toBinary(method.output, response as Message);
}
