import { fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  type ServerReflectionRequest,
  ServerReflectionRequestSchema,
  ServerReflectionResponseSchema,
  ServerReflection as V1,
} from '@chronos/proto/grpc/reflection/v1/reflection_pb.js';
import {
  ServerReflectionRequestSchema as AlphaRequestSchema,
  ServerReflectionResponseSchema as AlphaResponseSchema,
  ServerReflection as V1Alpha,
} from '@chronos/proto/grpc/reflection/v1alpha/reflection_pb.js';
import type { ConnectRouter } from '@connectrpc/connect';
import type { DescriptorIndex } from '../core/descriptor-index.ts';
import { ReflectionSession } from '../core/reflection.ts';

/**
 * Serves grpc.reflection v1 and v1alpha (older clients ask only for that). Their messages have the same numbers and types, so v1alpha is
 * read and written through its bytes: one implementation.
 */
export function reflectionRoutes(
  router: ConnectRouter,
  index: DescriptorIndex,
  services: () => readonly string[],
): void {
  router.service(V1, {
    async *serverReflectionInfo(requests: AsyncIterable<ServerReflectionRequest>) {
      const session = new ReflectionSession(index, services());
      for await (const request of requests) yield session.answer(request);
    },
  });
  router.service(V1Alpha, {
    async *serverReflectionInfo(requests) {
      const session = new ReflectionSession(index, services());
      for await (const request of requests) {
        const asked = fromBinary(ServerReflectionRequestSchema, toBinary(AlphaRequestSchema, request));
        yield fromBinary(
          AlphaResponseSchema,
          toBinary(ServerReflectionResponseSchema, session.answer(asked)),
        );
      }
    },
  });
}
