import type { MessageInitShape } from '@bufbuild/protobuf';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import type { Http2ProtocolOptionsSchema } from '@chronos/envoy/api/envoy/config/core/v3/protocol_pb.js';
import { UpstreamCodecSchema } from '@chronos/envoy/api/envoy/extensions/filters/http/upstream_codec/v3/upstream_codec_pb.js';
import { HttpProtocolOptionsSchema } from '@chronos/envoy/api/envoy/extensions/upstreams/http/v3/http_protocol_options_pb.js';
import type { UpstreamProtocol } from '../ir.ts';
import { packed, plugin } from './messages.ts';

type HttpProtocolOptions = MessageInitShape<typeof HttpProtocolOptionsSchema>;
type Plugin = ReturnType<typeof plugin>;

/**
 * A connection that was idle this long is not used again. Servers close idle connections on their own (Node after 5 s, some after 2 s); a request
 * that meets such a closing fails, and a write must not be sent twice. Reconnecting costs less than a millisecond, once a second at most.
 */
const idleMsMax = 1_000;
/** HTTP/2 announces that a connection ends, so no request is lost on it. */
const http2IdleMsMax = 300_000;

export interface UpstreamOptions {
  readonly protocol: UpstreamProtocol;
  /** Run for each attempt, in order. */
  readonly filters?: readonly Plugin[];
  readonly mirror?: HttpProtocolOptions['requestMirrorPolicies'];
  readonly streamMsMax?: number;
  /** For protocol `http2`. */
  readonly http2?: MessageInitShape<typeof Http2ProtocolOptionsSchema>;
}

/** The typed extension options of a cluster that speaks HTTP. */
export function httpOptions({
  protocol,
  filters = [],
  mirror = [],
  streamMsMax,
  http2 = {},
}: UpstreamOptions) {
  const options: HttpProtocolOptions = {
    upstreamProtocolOptions: protocolOptions(protocol, http2),
    commonHttpProtocolOptions: {
      idleTimeout: durationFromMs(protocol === 'http2' ? http2IdleMsMax : idleMsMax),
      ...(streamMsMax === undefined ? {} : { maxStreamDuration: durationFromMs(streamMsMax) }),
    },
    httpFilters:
      filters.length === 0
        ? []
        : [...filters, plugin('envoy.filters.http.upstream_codec', UpstreamCodecSchema, {})],
    requestMirrorPolicies: mirror,
  };
  return {
    'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': packed(HttpProtocolOptionsSchema, options),
  };
}

function protocolOptions(
  protocol: UpstreamProtocol,
  http2: MessageInitShape<typeof Http2ProtocolOptionsSchema>,
): NonNullable<HttpProtocolOptions['upstreamProtocolOptions']> {
  switch (protocol) {
    case 'http1':
      return {
        case: 'explicitHttpConfig',
        value: { protocolConfig: { case: 'httpProtocolOptions', value: {} } },
      };
    case 'http2':
      return {
        case: 'explicitHttpConfig',
        value: { protocolConfig: { case: 'http2ProtocolOptions', value: http2 } },
      };
    case 'same-as-client':
      return {
        case: 'useDownstreamProtocolConfig',
        value: { httpProtocolOptions: {}, http2ProtocolOptions: {} },
      };
  }
}
