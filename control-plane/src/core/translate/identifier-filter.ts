import { durationFromMs } from '@bufbuild/protobuf/wkt';
import { ExternalProcessorSchema } from '@chronos/envoy/api/envoy/extensions/filters/http/ext_proc/v3/ext_proc_pb.js';
import {
  ProcessingMode_BodySendMode,
  ProcessingMode_HeaderSendMode,
} from '@chronos/envoy/api/envoy/extensions/filters/http/ext_proc/v3/processing_mode_pb.js';
import type { IdentifiersIr, UniverseName } from '../ir.ts';
import { plugin } from './messages.ts';
import { IDENTIFIERS_CLUSTER } from './names.ts';

/** Beyond the wait for a pair: the database, and a machine that is busy. */
const answerMsMax = 2_000;

/**
 * Translates identifiers on a request's way to `target`; Envoy waits for each answer. Never allowed to fail: a copy that is not translated would
 * only be answered 404, and count as a mismatch. The answer is not looked at.
 */
export function identifierFilter(migration: string, target: UniverseName, { waitMs }: IdentifiersIr) {
  return plugin('envoy.filters.http.ext_proc', ExternalProcessorSchema, {
    grpcService: {
      targetSpecifier: { case: 'envoyGrpc', value: { clusterName: IDENTIFIERS_CLUSTER } },
      initialMetadata: [
        { key: 'x-chronos-role', value: 'shadow' },
        { key: 'x-chronos-migration', value: migration },
        { key: 'x-chronos-target', value: target },
      ],
      timeout: durationFromMs(0),
    },
    failureModeAllow: false,
    messageTimeout: durationFromMs(waitMs + answerMsMax),
    // It says for each request whether its body is needed at all.
    allowModeOverride: true,
    // Without these the path may not be set, and content-length neither.
    mutationRules: { allowAllRouting: true, allowEnvoy: true },
    processingMode: {
      requestHeaderMode: ProcessingMode_HeaderSendMode.SEND,
      responseHeaderMode: ProcessingMode_HeaderSendMode.SKIP,
      // A body longer than Envoy's buffer comes in part, so that it can be said why its copy is dropped.
      requestBodyMode: ProcessingMode_BodySendMode.BUFFERED_PARTIAL,
      responseBodyMode: ProcessingMode_BodySendMode.NONE,
      requestTrailerMode: ProcessingMode_HeaderSendMode.SKIP,
      responseTrailerMode: ProcessingMode_HeaderSendMode.SKIP,
    },
  });
}
