import type { XdsRequest } from './request.ts';
import type { StreamAction, StreamState } from './stream-state.ts';

export const TYPES_PER_STREAM_MAX = 32;
export const NAMES_PER_TYPE_MAX = 100_000;

/** Why a request ends its stream (A4); undefined when it does not. */
export function refuse(state: StreamState, request: XdsRequest): StreamAction | undefined {
  const { typeUrl } = request;
  const invalid = (reason: string) => ({ kind: 'close', code: 'invalid-argument', reason }) as const;
  const exhausted = (reason: string) => ({ kind: 'close', code: 'resource-exhausted', reason }) as const;
  if (typeUrl === '') return invalid('type_url is required on an aggregated stream');
  if (state.only !== undefined && typeUrl !== state.only) {
    return invalid(`this stream serves ${state.only}, the request asks for ${typeUrl}`);
  }
  if (request.locators === true) return invalid('resource locators are not offered: subscribe by name');
  if (!state.types.has(typeUrl) && state.types.size >= TYPES_PER_STREAM_MAX) {
    return exhausted(`more than ${TYPES_PER_STREAM_MAX} resource types on one stream`);
  }
  const subscribed = state.types.get(typeUrl)?.subscription.names.size ?? 0;
  const named = request.variant === 'sotw' ? request.names.length : subscribed + request.subscribe.length;
  return named > NAMES_PER_TYPE_MAX
    ? exhausted(`more than ${NAMES_PER_TYPE_MAX} names of ${typeUrl} on one stream`)
    : undefined;
}
