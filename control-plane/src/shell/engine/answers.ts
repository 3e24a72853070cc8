import { connect } from 'node:net';

const patienceMs = 10_000;
const attemptMs = 2_000;
const againMs = 100;

/**
 * Resolves once a connection to `host:port` succeeds. Who deploys an address vouches for the service behind it; this keeps a slip of the
 * pen from taking the clients down.
 * @throws Error when nobody has taken a connection for 10 s.
 */
export async function answers(address: string, withinMs = patienceMs): Promise<void> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const refused = await attempt(address);
    if (refused === undefined) return;
    if (performance.now() + againMs >= deadline) {
      throw new Error(`nobody answers at ${address}: ${refused.message}`, { cause: refused });
    }
    await new Promise((resolve) => setTimeout(resolve, againMs));
  }
}

function attempt(address: string): Promise<Error | undefined> {
  const colon = address.lastIndexOf(':');
  const host = address.slice(0, colon).replace(/^\[(.*)\]$/, '$1');
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(address.slice(colon + 1)), timeout: attemptMs });
    const end = (error?: Error) => {
      socket.destroy();
      resolve(error);
    };
    socket.on('connect', () => end());
    socket.on('timeout', () => end(new Error(`no connection within ${attemptMs / 1000} s`)));
    socket.on('error', end);
  });
}
