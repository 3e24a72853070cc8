import { freePorts, isPortFree } from '@chronos/local/free-port.ts';
import type { TcpRoute } from '@chronos/proto/chronos/v1/migration_pb.js';
import { CliError, exitCodes } from '../core/exit-codes.ts';

const listeners = [
  'api',
  'xds',
  'database',
  'legacyDatabase',
  'modernDatabase',
  'kafka',
  'kafkaController',
  'capture',
  'captureMetrics',
  'identifiers',
  'identifiersMetrics',
  'arbiterMetrics',
  'entanglement',
  'connect',
  'envoyAdmin',
  'prometheus',
  'zipkin',
  'tracesHttp',
  'tracesGrpc',
] as const;

export type Ports = Readonly<Record<(typeof listeners)[number], number>>;

/** Ports for all parts: the API's as asked for, any free ones for what only Chronos itself talks to. */
export async function planPorts(apiPort: number): Promise<Ports> {
  const free = await freePorts(listeners.length);
  const ports = Object.fromEntries(listeners.map((name, i) => [name, free[i]])) as Ports;
  return apiPort === 0 ? ports : { ...ports, api: apiPort };
}

/** Fails, before anything is started, when one of the ports that people chose is taken. */
export async function checkChosenPorts(
  apiPort: number,
  { listen, tcp }: { readonly listen: string; readonly tcp: readonly Pick<TcpRoute, 'name' | 'listen'>[] },
): Promise<void> {
  if (apiPort !== 0 && !(await isPortFree(apiPort)))
    throw new CliError(
      exitCodes.failed,
      `port ${apiPort}, which the API needs, is in use\n  → end what uses it (ss -ltnp "sport = :${apiPort}"), or choose another: --api PORT (0: any free one)`,
    );
  await checkListen(apiPort, listen, `listen: ${listen}`, '--listen 127.0.0.1:PORT');
  for (const route of tcp) {
    const place = `tcp ${route.name}, listen: ${route.listen}`;
    await checkListen(apiPort, route.listen, place, 'listen in the migration file');
  }
}

/** `place` says where the address stands, `elsewhere` how to choose another. */
async function checkListen(apiPort: number, listen: string, place: string, elsewhere: string): Promise<void> {
  const port = portOf(listen);
  if (port === apiPort)
    throw new CliError(
      exitCodes.usage,
      `port ${port} is asked for twice: by the API and by the Time Rift (${place})\n  → choose another for one of them: --api PORT (0: any free one) or ${elsewhere}`,
    );
  if (!(await canListen(listen, elsewhere)))
    throw new CliError(
      exitCodes.failed,
      `port ${port}, on which the Time Rift shall take requests (${place}), is in use\n  → end what uses it (ss -ltnp "sport = :${port}"), or choose another: ${elsewhere}`,
    );
}

/** Not every failure means that the port is taken: the address may not be this machine's, or the port a privileged one. */
async function canListen(listen: string, elsewhere: string): Promise<boolean> {
  try {
    return await isPortFree(portOf(listen), hostOf(listen));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(
      exitCodes.failed,
      `the Time Rift cannot listen on ${listen}: ${reason}\n  → choose an address of this machine and a port from 1024 on: ${elsewhere}`,
      { cause },
    );
  }
}

export function portOf(address: string): number {
  return Number(address.slice(address.lastIndexOf(':') + 1));
}

export function hostOf(address: string): string {
  return address.slice(0, address.lastIndexOf(':')).replace(/^\[|\]$/g, '');
}
