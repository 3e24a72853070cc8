import type {
  DeltaDiscoveryRequest,
  DiscoveryRequest,
} from '@chronos/envoy/api/envoy/service/discovery/v3/discovery_pb.js';

/** What both protocol variants say in a request, apart from the names. */
interface CommonRequest {
  readonly typeUrl: string;
  /** Nonce of the response that this request answers; empty when it answers none. */
  readonly nonce: string;
  /** Present: the response was rejected (section "ACK and NACK semantics summary"). */
  readonly error?: string;
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

/** An error without a text is still a NACK. */
function errorOf(message: DiscoveryRequest | DeltaDiscoveryRequest): { error?: string } {
  const detail = message.errorDetail;
  return detail === undefined ? {} : { error: detail.message || `rejected with code ${detail.code}` };
}

export function sotwRequest(message: DiscoveryRequest): SotwRequest {
  return {
    variant: 'sotw',
    typeUrl: message.typeUrl,
    nonce: message.responseNonce,
    version: message.versionInfo,
    names: message.resourceNames,
    ...errorOf(message),
  };
}

export function deltaRequest(message: DeltaDiscoveryRequest): DeltaRequest {
  return {
    variant: 'delta',
    typeUrl: message.typeUrl,
    nonce: message.responseNonce,
    subscribe: message.resourceNamesSubscribe,
    unsubscribe: message.resourceNamesUnsubscribe,
    initialVersions: new Map(Object.entries(message.initialResourceVersions)),
    ...errorOf(message),
  };
}
