/** Why the server ends a stream, and the gRPC status that says so. */
export const CLOSE_CODES = {
  'invalid-argument': 3,
  'deadline-exceeded': 4,
  'resource-exhausted': 8,
  internal: 13,
  unavailable: 14,
} as const;

export type CloseCode = keyof typeof CLOSE_CODES;
