import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, type Server } from 'node:net';
import { type ListenAddress, parseListenAddress } from '../core/listen-address.ts';

/** All clients that come back at once after a restart: what the queue does not hold tries again after a second. The system may hold fewer. */
const BACKLOG = 4_096;

/**
 * Binds the server and returns where it listens, with the port the system chose if 0 was asked for. A unix socket that nobody answers
 * (its process was killed) is taken over; one that is answered is in use.
 *
 * @throws the system's error (EADDRINUSE, EACCES, …), which names the address.
 */
export async function bind(server: Server, listen: string): Promise<ListenAddress> {
  const wanted = parseListenAddress(listen);
  if (wanted.kind === 'tcp') {
    server.listen({ host: wanted.host, port: wanted.port, backlog: BACKLOG });
    await once(server, 'listening');
    const bound = server.address();
    if (bound === null || typeof bound === 'string') throw new Error(`${listen} did not bind to a TCP port`);
    return { kind: 'tcp', host: wanted.host, port: bound.port };
  }
  try {
    server.listen({ path: wanted.path });
    await once(server, 'listening');
  } catch (error) {
    if (!(await isAbandoned(wanted.path, error))) throw error;
    rmSync(wanted.path, { force: true });
    server.listen({ path: wanted.path });
    await once(server, 'listening');
  }
  return wanted;
}

async function isAbandoned(path: string, error: unknown): Promise<boolean> {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return false;
  const socket = connect({ path });
  try {
    await once(socket, 'connect');
    return false;
  } catch (refusal) {
    return (refusal as NodeJS.ErrnoException).code === 'ECONNREFUSED';
  } finally {
    socket.destroy();
  }
}
