import type { CompareRules } from './compare.ts';
import { compareHeaders } from './compare-headers.ts';
import { diffValues } from './diff.ts';
import type { Findings } from './findings.ts';
import { compareGrpcStatus, GRPC_STATUS_FIELDS, statusSource } from './grpc-status.ts';
import type { HeaderMap } from './header-map.ts';
import { isGrpc, trailing } from './metadata.ts';
import { enterField } from './path-rules.ts';
import type { StreamEnd } from './read-body.ts';
import type { Response } from './response.ts';
import type { Value } from './value.ts';

/** One answer and what stands at its end. */
export interface Ended {
  readonly response: Response;
  readonly end: StreamEnd | undefined;
}

/** Adds to `out` how trailers and gRPC statuses differ, wherever the protocol puts them. */
export function compareEnds(
  legacy: Ended,
  modern: Ended,
  { paths: { root }, headers }: Pick<CompareRules, 'paths' | 'headers'>,
  isMapped: boolean,
  out: Findings,
): void {
  const a = trailersOf(legacy);
  const b = trailersOf(modern);
  compareHeaders(a, b, { root: 'trailer', declared: headers, except: GRPC_STATUS_FIELDS }, root, out);
  if (isGrpc(legacy.response) || isGrpc(modern.response))
    compareGrpcStatus(statusOf(legacy, a, isMapped), statusOf(modern, b, isMapped), root, out);
  const trailer = enterField(root, 'trailer');
  diffValues(connectEnd(legacy), connectEnd(modern), { step: 'trailer' }, trailer, out);
}

const OK: HeaderMap = new Map([['grpc-status', ['0']]]);

/** Across formats an answer that is no gRPC at all says by HTTP what gRPC says by its status. */
function statusOf(answer: Ended, trailers: HeaderMap, isMapped: boolean): HeaderMap {
  if (isMapped && !isGrpc(answer.response) && answer.response.status === 200) return OK;
  return statusSource(answer.response.headers, trailers);
}

function trailersOf({ response, end }: Ended): HeaderMap {
  if (end?.kind !== 'trailers') return trailing(response);
  const trailers = new Map([...response.trailers].map(([name, values]) => [name, [...values]]));
  for (const line of end.text.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const values = trailers.get(name);
    if (values) values.push(line.slice(colon + 1).trim());
    else trailers.set(name, [line.slice(colon + 1).trim()]);
  }
  return trailers;
}

function connectEnd({ end }: Ended): Value | undefined {
  return end?.kind === 'connect' ? end.value : undefined;
}
