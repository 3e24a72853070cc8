/** How a request ended. `refused` is the bank's good right (no money, a blocked account) and counts as success. */
export type Outcome =
  | { readonly kind: 'ok' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** Codes by which the bank refuses what it understood. Any other error is a failure: this traffic asks for nothing forbidden. */
const REFUSALS: ReadonlySet<string> = new Set(['failed_precondition']);

/** gRPC's numbers as Connect's names. */
const GRPC_CODES: readonly string[] = [
  'ok',
  'canceled',
  'unknown',
  'invalid_argument',
  'deadline_exceeded',
  'not_found',
  'already_exists',
  'permission_denied',
  'resource_exhausted',
  'failed_precondition',
  'aborted',
  'out_of_range',
  'unimplemented',
  'internal',
  'unavailable',
  'data_loss',
  'unauthenticated',
];

/** @param code the error's code as Connect names it; `ok` if there was none */
export function outcomeOf(code: string): Outcome {
  if (code === 'ok') return { kind: 'ok' };
  return REFUSALS.has(code) ? { kind: 'refused', code } : { kind: 'failed', reason: code };
}

/** Name of a gRPC status number as sent in the trailer `grpc-status`. */
export function grpcCodeName(status: string): string {
  return GRPC_CODES[Number(status)] ?? `grpc-status ${status}`;
}
