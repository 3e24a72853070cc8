import { durationFromMs } from '@bufbuild/protobuf/wkt';
import { ExternalProcessorSchema } from '@chronos/envoy/api/envoy/extensions/filters/http/ext_proc/v3/ext_proc_pb.js';
import {
  ProcessingMode_BodySendMode,
  ProcessingMode_HeaderSendMode,
} from '@chronos/envoy/api/envoy/extensions/filters/http/ext_proc/v3/processing_mode_pb.js';
import type { IdentifiersIr, UniverseName } from '../ir.ts';
import { type Init, plugin } from './messages.ts';
import { IDENTIFIERS_CLUSTER } from './names.ts';

/** Beyond the wait for a pair: the database, and a machine that is busy. */
const answerMsMax = 2_000;

/**
 * Translates identifiers on a copy's way to `target`; Envoy waits for each answer. Never allowed to fail: a copy that is not translated would
 * only be answered 404, and count as a mismatch. What comes back is not looked at.
 */
export function identifierFilter(migration: string, target: UniverseName, { waitMs }: IdentifiersIr) {
  return filter('shadow', migration, target, {
    failureModeAllow: false,
    // Its turn, and then the pair.
    messageTimeout: durationFromMs(2 * waitMs + answerMsMax),
  });
}

/** Of local replies only the translator's failure on the answering way has this status; no client ever sees it. */
export const NOT_ASKED_STATUS = 511;

/** The translator's word that the other universe is to answer: what the request names is not known here yet. A status that ejects nobody. */
export const NOT_HERE_STATUS = 421;

/** A client waits: a translator that is silent for longer is given up. */
const answeringMsMax = 500;
/** Beyond what the translator may ask for: a machine that is busy. */
const longerMsMax = 1_000;

/**
 * The same on the way to a universe that answers. If it fails, modern is not asked (legacy answers what the client sent), and legacy gets what
 * the client sent.
 */
export function answeringFilter(migration: string, target: UniverseName, { waitMs }: IdentifiersIr) {
  return filter('answering', migration, target, {
    failureModeAllow: target === 'legacy',
    messageTimeout: durationFromMs(answeringMsMax),
    // It says so itself where it waits for a copy that is on its way.
    maxMessageTimeout: durationFromMs(2 * waitMs + longerMsMax),
    statusOnError: { code: NOT_ASKED_STATUS },
  });
}

type Failing = Pick<
  Init<typeof ExternalProcessorSchema>,
  'failureModeAllow' | 'messageTimeout' | 'maxMessageTimeout' | 'statusOnError'
>;

function filter(role: 'shadow' | 'answering', migration: string, target: UniverseName, failing: Failing) {
  return plugin('envoy.filters.http.ext_proc', ExternalProcessorSchema, {
    grpcService: {
      targetSpecifier: { case: 'envoyGrpc', value: { clusterName: IDENTIFIERS_CLUSTER } },
      initialMetadata: [
        { key: 'x-chronos-role', value: role },
        { key: 'x-chronos-migration', value: migration },
        { key: 'x-chronos-target', value: target },
      ],
      timeout: durationFromMs(0),
    },
    ...failing,
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
