import { create, toBinary } from '@bufbuild/protobuf';
import {
  DeltaDiscoveryRequestSchema,
  DiscoveryRequestSchema,
} from '@chronos/envoy/api/envoy/service/discovery/v3/discovery_pb.js';
import type { XdsRequest } from '../request.ts';

/** A request as it goes over the wire; `node` as on the first of a stream. */
export function encodeRequest(
  request: XdsRequest,
  node?: { readonly id: string; readonly cluster: string },
): Uint8Array {
  const { typeUrl, nonce: responseNonce, error } = request;
  const common = {
    typeUrl,
    responseNonce,
    ...(node === undefined ? {} : { node }),
    ...(error === undefined ? {} : { errorDetail: { code: 3, message: error } }),
  };
  if (request.variant === 'sotw') {
    return toBinary(
      DiscoveryRequestSchema,
      create(DiscoveryRequestSchema, {
        ...common,
        versionInfo: request.version,
        resourceNames: [...request.names],
      }),
    );
  }
  return toBinary(
    DeltaDiscoveryRequestSchema,
    create(DeltaDiscoveryRequestSchema, {
      ...common,
      resourceNamesSubscribe: [...request.subscribe],
      resourceNamesUnsubscribe: [...request.unsubscribe],
      initialResourceVersions: Object.fromEntries(request.initialVersions),
    }),
  );
}
