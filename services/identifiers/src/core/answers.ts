import { create } from '@bufbuild/protobuf';
import { durationFromMs } from '@bufbuild/protobuf/wkt';
import { headerBytes } from '@chronos/capture/core/identifiers/header-values.ts';
import { HeaderValueOption_HeaderAppendAction } from '@chronos/envoy/api/envoy/config/core/v3/base_pb.js';
import {
  ProcessingMode_BodySendMode,
  ProcessingMode_HeaderSendMode,
} from '@chronos/envoy/api/envoy/extensions/filters/http/ext_proc/v3/processing_mode_pb.js';
import {
  type ProcessingResponse,
  ProcessingResponseSchema,
} from '@chronos/envoy/api/envoy/service/ext_proc/v3/external_processor_pb.js';
import type { TranslatedBody } from './translate-body.ts';

/** What is still to be seen of a request after its head. */
export interface Wishes {
  readonly body: boolean;
  /** That it was answered. */
  readonly answer: boolean;
  /** Its trailers, if there are any. */
  readonly trailers?: boolean;
}

/** What Envoy is told about a request's head: which headers change, and what else it shall send. */
export function headAnswer(
  changed: ReadonlyMap<string, string>,
  { body, answer, trailers = false }: Wishes,
): ProcessingResponse {
  return create(ProcessingResponseSchema, {
    response: {
      case: 'requestHeaders',
      value: changed.size === 0 ? {} : { response: { headerMutation: { setHeaders: setAll(changed) } } },
    },
    modeOverride: {
      requestHeaderMode: ProcessingMode_HeaderSendMode.SEND,
      requestBodyMode: body ? ProcessingMode_BodySendMode.BUFFERED_PARTIAL : ProcessingMode_BodySendMode.NONE,
      requestTrailerMode: trailers ? ProcessingMode_HeaderSendMode.SEND : ProcessingMode_HeaderSendMode.SKIP,
      responseHeaderMode: answer ? ProcessingMode_HeaderSendMode.SEND : ProcessingMode_HeaderSendMode.SKIP,
    },
  });
}

/** Nothing is to be done with this request. */
export function asItCame(): ProcessingResponse {
  return headAnswer(new Map(), { body: false, answer: false });
}

/** About its body (undefined: it stays), and what of the head was left open. A length that is not the new body's would lose the copy. */
export function bodyAnswer(
  translated: TranslatedBody | undefined,
  head: ReadonlyMap<string, string> = new Map(),
): ProcessingResponse {
  const changed = new Map(head);
  if (translated !== undefined) changed.set('content-length', String(translated.bytes.length));
  return create(ProcessingResponseSchema, {
    response: {
      case: 'requestBody',
      value:
        changed.size === 0
          ? {}
          : {
              response: {
                headerMutation: {
                  setHeaders: setAll(changed),
                  removeHeaders: translated?.isDecompressed === true ? ['content-encoding'] : [],
                },
                ...(translated && { bodyMutation: { mutation: { case: 'body', value: translated.bytes } } }),
              },
            },
    },
  });
}

/** About its trailers, which go on as they are. */
export function trailersSeen(): ProcessingResponse {
  return create(ProcessingResponseSchema, { response: { case: 'requestTrailers', value: {} } });
}

/** Envoy is to wait longer for what is said of this message. */
export function moreTime(ms: number): ProcessingResponse {
  return create(ProcessingResponseSchema, { overrideMessageTimeout: durationFromMs(ms) });
}

/** About the answer, which goes on as it is. */
export function answerSeen(): ProcessingResponse {
  return create(ProcessingResponseSchema, { response: { case: 'responseHeaders', value: {} } });
}

/** The request goes no further; nobody waits for this answer. */
export function dropped(reason: string): ProcessingResponse {
  return create(ProcessingResponseSchema, {
    response: { case: 'immediateResponse', value: { status: { code: 503 }, details: `chronos_${reason}` } },
  });
}

/** The request is to be answered by the other universe: by this status the proxy knows (control-plane's `NOT_HERE_STATUS`); no client sees it. */
export function notHere(): ProcessingResponse {
  return create(ProcessingResponseSchema, {
    response: { case: 'immediateResponse', value: { status: { code: 421 }, details: 'chronos_not_here' } },
  });
}

function setAll(headers: ReadonlyMap<string, string>) {
  return [...headers].map(([key, text]) => ({
    header: { key, rawValue: headerBytes(text) },
    appendAction: HeaderValueOption_HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD,
  }));
}
