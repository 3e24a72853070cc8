/** What a pool of node-postgres has, as far as it matters here. */
interface Pool {
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'connect', listener: (connection: Connection) => void): unknown;
}
interface Connection {
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/**
 * Keeps a lost database connection from ending the process, as an error without a listener does. One that breaks while it is idle is told to
 * `onIdle` and replaced by the pool; one that is lost in the moment in which the pool has handed it out has no other listener yet, and the
 * next query on it fails.
 */
export function outliveLostConnections(pool: Pool, onIdle: (error: Error) => void = () => {}): void {
  pool.on('error', onIdle);
  pool.on('connect', (connection) => connection.on('error', () => {}));
}
