import { durationFromMs } from '@bufbuild/protobuf/wkt';
import { deferredCloseMs } from '@chronos/capture/core/deferred-close.ts';
import { ExternalProcessorSchema } from '@chronos/envoy/api/envoy/extensions/filters/http/ext_proc/v3/ext_proc_pb.js';
import {
  ProcessingMode_BodySendMode,
  ProcessingMode_HeaderSendMode,
} from '@chronos/envoy/api/envoy/extensions/filters/http/ext_proc/v3/processing_mode_pb.js';
import { plugin } from './messages.ts';
import { CAPTURE_CLUSTER, METADATA, TCP_CAPTURE_CLUSTER } from './names.ts';

/**
 * What capture is told of a request beside the message itself. These are CEL expressions, each its own key. `xds.node` as a whole must never be
 * asked for: Envoy 1.39.3 ends with a segmentation fault on the first request.
 */
const attributes = [
  'xds.node.id',
  `xds.upstream_host_metadata.filter_metadata.${METADATA}.universe`,
  `xds.upstream_host_metadata.filter_metadata.${METADATA}.deployment`,
  'upstream.request_attempt_count',
  'request.time',
];

/**
 * Shows every attempt to services/capture, off the response path: Envoy sends and never waits. Allowed to fail, since a dead collector would
 * turn into 500s otherwise, even in observability mode. Bodies are streamed, because buffered ones are not sent in that mode.
 */
export function captureFilter(role: 'authority' | 'shadow' | 'second', transport: 'http' | 'tcp' = 'http') {
  return plugin('envoy.filters.http.ext_proc', ExternalProcessorSchema, {
    grpcService: {
      targetSpecifier: {
        case: 'envoyGrpc',
        value: { clusterName: transport === 'tcp' ? TCP_CAPTURE_CLUSTER : CAPTURE_CLUSTER },
      },
      initialMetadata: [
        { key: 'x-chronos-role', value: role },
        ...(transport === 'tcp' ? [{ key: 'x-chronos-transport', value: transport }] : []),
      ],
      // Zero: no deadline. The exchange it follows has its own.
      timeout: durationFromMs(0),
    },
    observabilityMode: true,
    failureModeAllow: true,
    deferredCloseTimeout: durationFromMs(deferredCloseMs),
    requestAttributes: attributes,
    processingMode: {
      requestHeaderMode: ProcessingMode_HeaderSendMode.SEND,
      responseHeaderMode: ProcessingMode_HeaderSendMode.SEND,
      requestBodyMode: ProcessingMode_BodySendMode.STREAMED,
      responseBodyMode: ProcessingMode_BodySendMode.STREAMED,
      requestTrailerMode: ProcessingMode_HeaderSendMode.SEND,
      responseTrailerMode: ProcessingMode_HeaderSendMode.SEND,
    },
  });
}
