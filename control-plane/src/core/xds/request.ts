import { fromBinary } from '@bufbuild/protobuf';
import type { Node } from '@chronos/envoy/api/envoy/config/core/v3/base_pb.js';
import {
  type DeltaDiscoveryRequest,
  DeltaDiscoveryRequestSchema,
  type DiscoveryRequest,
  DiscoveryRequestSchema,
} from '@chronos/envoy/api/envoy/service/discovery/v3/discovery_pb.js';

/** What both protocol variants say in a request, apart from the names. */
interface CommonRequest {
  readonly typeUrl: string;
  /** Nonce of the response that this request answers; empty when it answers none. */
  readonly nonce: string;
  /** Present: the response was rejected (section "ACK and NACK semantics summary"). */
  readonly error?: string;
  /** The request names resources by locator (xdstp), which is not offered. */
  readonly locators?: boolean;
}

export interface SotwRequest extends CommonRequest {
  readonly variant: 'sotw';
  readonly version: string;
  /** All names subscribed to from now on. */
  readonly names: readonly string[];
}

export interface DeltaRequest extends CommonRequest {
  readonly variant: 'delta';
  readonly subscribe: readonly string[];
  readonly unsubscribe: readonly string[];
  /** Name → version of what the client holds from an earlier stream. */
  readonly initialVersions: ReadonlyMap<string, string>;
}

export type XdsRequest = SotwRequest | DeltaRequest;

/** A request as it came, and the node that it carries. */
export interface Received {
  readonly request: XdsRequest;
  readonly node: Node | undefined;
}

/** Decodes one message of a stream. @throws Error when the bytes are no such message. */
export function readRequest(variant: 'sotw' | 'delta', bytes: Uint8Array): Received {
  if (variant === 'sotw') {
    const message = fromBinary(DiscoveryRequestSchema, bytes);
    return { request: sotwRequest(message), node: message.node };
  }
  const message = fromBinary(DeltaDiscoveryRequestSchema, bytes);
  return { request: deltaRequest(message), node: message.node };
}

/** An error without a text is still a NACK. */
function errorOf(message: DiscoveryRequest | DeltaDiscoveryRequest): { error?: string } {
  const detail = message.errorDetail;
  return detail === undefined ? {} : { error: detail.message || `rejected with code ${detail.code}` };
}

function sotwRequest(message: DiscoveryRequest): SotwRequest {
  return {
    variant: 'sotw',
    typeUrl: message.typeUrl,
    nonce: message.responseNonce,
    version: message.versionInfo,
    names: message.resourceNames,
    locators: message.resourceLocators.length > 0,
    ...errorOf(message),
  };
}

function deltaRequest(message: DeltaDiscoveryRequest): DeltaRequest {
  return {
    variant: 'delta',
    typeUrl: message.typeUrl,
    nonce: message.responseNonce,
    subscribe: message.resourceNamesSubscribe,
    unsubscribe: message.resourceNamesUnsubscribe,
    initialVersions: new Map(Object.entries(message.initialResourceVersions)),
    locators: message.resourceLocatorsSubscribe.length + message.resourceLocatorsUnsubscribe.length > 0,
    ...errorOf(message),
  };
}
