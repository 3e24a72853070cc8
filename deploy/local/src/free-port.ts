import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { errnoOf, LocalError } from './errors.ts';

const loopback = '127.0.0.1';

/**
 * Ports are drawn from below the ephemeral range (from 32768 on Linux). One that the kernel picks itself (bind to 0) is in that range, where
 * any outgoing connection may take it before the part that it was meant for binds it.
 */
const firstPort = 15_000;
const lastPort = 32_000;
const triesMax = 1_000;

/** What this process has handed out already: not given twice, as its owner may not have bound it yet. */
const handedOut = new Set<number>();

/** Never handed out: ports that people chose, and that are free until the part they chose them for binds them. */
export function keepPorts(ports: readonly number[]): void {
  for (const port of ports) handedOut.add(port);
}

/** `count` distinct ports that nothing on loopback uses now. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  for (let tries = 0; ports.length < count; tries += 1) {
    if (tries === triesMax) {
      throw new LocalError(
        `no ${count} free ports between ${firstPort} and ${lastPort}`,
        'end programs that listen there',
      );
    }
    const port = randomInt(firstPort, lastPort);
    if (handedOut.has(port)) continue;
    handedOut.add(port);
    if (await isPortFree(port)) ports.push(port);
    else handedOut.delete(port);
  }
  return ports;
}

/** One port that nothing on loopback uses now. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  return port!;
}

/** True if a server could bind the port now, on loopback unless a host is given; throws for an address that this machine does not have. */
export function isPortFree(port: number, host: string = loopback): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      if (errnoOf(error) === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
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
