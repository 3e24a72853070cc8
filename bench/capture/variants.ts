import { extProc, type Json } from '@chronos/capture/testing/data-plane.ts';

export interface Variant {
  readonly name: string;
  readonly about: string;
  /** Absent: the load goes to the service itself. */
  readonly envoy?: {
    readonly mirror: boolean;
    readonly filters: (role: 'authority' | 'shadow') => readonly Json[];
    readonly accessLog?: readonly Json[];
  };
  readonly collector?: 'collector.ts' | 'log-collector.ts';
  readonly collectorArgs?: readonly string[];
  /** Captures a request should give; to count what was lost. */
  readonly capturesPerRequest?: number;
}

export const none = (): readonly Json[] => [];

/** The same filter with the least it can say: no attributes (a formatter in the metadata tells the host), no trailers (so no gRPC status). */
function leanExtProc(role: 'authority' | 'shadow'): Json {
  return extProc(role, {
    request_attributes: [],
    grpc_service: {
      envoy_grpc: { cluster_name: 'capture' },
      timeout: '0s',
      initial_metadata: [
        { key: 'x-chronos-role', value: role },
        { key: 'x-chronos-universe', value: '%UPSTREAM_METADATA(chronos:universe)%' },
        { key: 'x-chronos-deployment', value: '%UPSTREAM_METADATA(chronos:deployment)%' },
      ],
    },
    processing_mode: {
      request_header_mode: 'SEND',
      response_header_mode: 'SEND',
      request_body_mode: 'STREAMED',
      response_body_mode: 'STREAMED',
      request_trailer_mode: 'SKIP',
      response_trailer_mode: 'SKIP',
    },
  });
}

const bodyIntoMetadata = `
local function keep(handle, key)
  local parts, bytes = {}, 0
  for chunk in handle:bodyChunks() do
    local length = chunk:length()
    if bytes + length <= 65536 then parts[#parts + 1] = chunk:getBytes(0, length) end
    bytes = bytes + length
  end
  handle:streamInfo():dynamicMetadata():set('chronos', key, table.concat(parts))
end
function envoy_on_request(handle) keep(handle, 'request') end
function envoy_on_response(handle) keep(handle, 'response') end
`;

const lua: Json = {
  name: 'envoy.filters.http.lua',
  typed_config: {
    '@type': 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua',
    default_source_code: { inline_string: bodyIntoMetadata },
  },
};

const grpcLog: Json = {
  name: 'envoy.access_loggers.http_grpc',
  typed_config: {
    '@type': 'type.googleapis.com/envoy.extensions.access_loggers.grpc.v3.HttpGrpcAccessLogConfig',
    common_config: {
      log_name: 'capture',
      transport_api_version: 'V3',
      grpc_service: { envoy_grpc: { cluster_name: 'capture' } },
    },
    additional_request_headers_to_log: ['x-chronos-request-id', 'content-type'],
    additional_response_headers_to_log: ['content-type'],
  },
};

export const baseline = 'mirror';

export const variants: readonly Variant[] = [
  { name: 'direct', about: 'no proxy' },
  { name: 'envoy', about: 'plain Envoy', envoy: { mirror: false, filters: none } },
  { name: baseline, about: 'Envoy, each request copied', envoy: { mirror: true, filters: none } },
  {
    name: 'mirror + B',
    about: 'ext_proc on both sides, everything: attributes, bodies, trailers',
    envoy: { mirror: true, filters: (role) => [extProc(role)] },
    collector: 'collector.ts',
    capturesPerRequest: 2,
  },
  {
    name: 'mirror + B masked',
    about: 'the same, secrets masked (the product)',
    envoy: { mirror: true, filters: (role) => [extProc(role)] },
    collector: 'collector.ts',
    collectorArgs: ['mask'],
    capturesPerRequest: 2,
  },
  {
    name: 'mirror + B lean',
    about: 'ext_proc on both sides without attributes and trailers',
    envoy: { mirror: true, filters: (role) => [leanExtProc(role)] },
    collector: 'collector.ts',
    capturesPerRequest: 2,
  },
  {
    name: 'mirror + C2',
    about: 'Lua and the gRPC access log; the ANSWERING SIDE ONLY (a copy has no access log)',
    envoy: { mirror: true, filters: (role) => (role === 'authority' ? [lua] : []), accessLog: [grpcLog] },
    collector: 'log-collector.ts',
  },
];
