/** Names of the parts: their log files are called so, and tests kill them by these. */
export const partNames = {
  database: 'database',
  legacyDatabase: 'legacy-database',
  modernDatabase: 'modern-database',
  kafka: 'kafka',
  controlPlane: 'control-plane',
  capture: 'capture',
  identifiers: 'identifiers',
  arbiter: 'arbiter',
  entanglement: 'entanglement',
  connect: 'connect',
  timeRift: 'time-rift',
  traffic: 'traffic',
  prometheus: 'prometheus',
  zipkin: 'zipkin',
  traces: 'traces',
} as const;

/** Nothing embedded listens anywhere else. */
export function loopback(port: number): string {
  return `127.0.0.1:${port}`;
}
