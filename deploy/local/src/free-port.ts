import { createServer } from 'node:net';
import { errnoOf, LocalError } from './errors.ts';

const loopback = '127.0.0.1';

/** Asks the kernel for `count` distinct ports that are free on loopback now. Another program may still take one before its part binds it. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  try {
    return await Promise.all(servers.map((server) => listen(server, 0)));
  } finally {
    await Promise.all(servers.map(close));
  }
}

/** One free port on loopback. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  return port!;
}

/** True if a server could bind the port on loopback now. */
export async function isPortFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await listen(server, port);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EADDRINUSE') return false;
    throw error;
  } finally {
    await close(server);
  }
}

/** Throws an error that names the first taken port and the part which needs it. */
export async function checkPortsFree(part: string, ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    if (await isPortFree(port)) continue;
    throw new LocalError(
      `port ${port}, which ${part} needs, is in use by another program`,
      `end that program (find it with: ss -ltnp "sport = :${port}"), or choose another port for ${part}`,
    );
  }
}

type Server = ReturnType<typeof createServer>;

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: loopback, exclusive: true }, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('a TCP server without a port'));
      else resolve(address.port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}
