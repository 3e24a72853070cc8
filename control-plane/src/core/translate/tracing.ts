import type { MessageInitShape } from '@bufbuild/protobuf';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import { OpenTelemetryConfigSchema } from '@chronos/envoy/api/envoy/config/trace/v3/opentelemetry_pb.js';
import type { HttpConnectionManager_TracingSchema } from '@chronos/envoy/api/envoy/extensions/filters/network/http_connection_manager/v3/http_connection_manager_pb.js';
import { ParentBasedSamplerConfigSchema } from '@chronos/envoy/api/envoy/extensions/tracers/opentelemetry/samplers/v3/parent_based_sampler_pb.js';
import { TraceIdRatioBasedSamplerConfigSchema } from '@chronos/envoy/api/envoy/extensions/tracers/opentelemetry/samplers/v3/trace_id_ratio_based_sampler_pb.js';
import { FractionalPercent_DenominatorType } from '@chronos/envoy/api/envoy/type/v3/percent_pb.js';
import type { DataPlane, MigrationIr } from '../ir.ts';
import { extension, plugin } from './messages.ts';
import { OTLP_CLUSTER, REQUEST_ID_HEADER, ROUTE_HEADER } from './names.ts';

const exportTimeoutMs = 250;

/**
 * Tracing is always on, so that every request carries a trace context to both universes; the sampler decides what is recorded, and without a
 * collector nothing is sent. The sampler follows the client's own decision where it made one.
 */
export function tracing(
  { otlp }: DataPlane,
  { traceSampling, hidesTargets }: MigrationIr,
): MessageInitShape<typeof HttpConnectionManager_TracingSchema> {
  return {
    spawnUpstreamSpan: true,
    ...(hidesTargets ? { maxPathTagLength: 1 } : {}),
    customTags: [
      headerTag('chronos.request_id', REQUEST_ID_HEADER),
      headerTag('chronos.route', ROUTE_HEADER),
    ],
    provider: plugin('envoy.tracers.opentelemetry', OpenTelemetryConfigSchema, {
      serviceName: 'time-rift',
      ...(otlp === null
        ? {}
        : {
            grpcService: {
              targetSpecifier: { case: 'envoyGrpc', value: { clusterName: OTLP_CLUSTER } },
              timeout: durationFromMs(exportTimeoutMs),
            },
          }),
      sampler: extension(
        'envoy.tracers.opentelemetry.samplers.parent_based',
        ParentBasedSamplerConfigSchema,
        {
          wrappedSampler: extension(
            'envoy.tracers.opentelemetry.samplers.trace_id_ratio_based',
            TraceIdRatioBasedSamplerConfigSchema,
            {
              samplingPercentage: {
                numerator: Math.round(traceSampling * 1_000_000),
                denominator: FractionalPercent_DenominatorType.MILLION,
              },
            },
          ),
        },
      ),
    }),
  };
}

const headerTag = (tag: string, name: string) => ({
  tag,
  type: { case: 'requestHeader' as const, value: { name } },
});
