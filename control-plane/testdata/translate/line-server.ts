/** A bank's line terminal: what a TCP universe is in the tests. It answers line by line, and misbehaves when it is told to. */
import { EventEmitter, once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { UniverseName } from '../../src/core/ir.ts';

export interface LineConnection {
  /** All that the client has said. */
  received: string;
  bytes: number;
  closed: boolean;
  readonly socket: Socket;
}

export interface LineServer {
  readonly port: number;
  /** Every connection so far, oldest first. */
  readonly connections: readonly LineConnection[];
  /** `deaf`: reads nothing. `hang`: reads, never answers, never closes. */
  behaviour: 'normal' | 'deaf' | 'hang';
  /** Resolves once it holds; looks anew whenever something happens to a connection. Fails after 15 s. */
  until(holds: () => boolean): Promise<void>;
  close(): Promise<void>;
}

const waitMsMax = 15_000;
/** Of what a client says this much is kept. */
const keptMax = 10_000;

/** How the terminal answers a line; undefined: by closing. */
export type Answers = (line: string) => string | undefined;

/**
 * `greeting`: said before the client says anything. Default answers: `WHO` the universe's name, `BAL n` n cents as an amount, `QUIT` goodbye;
 * modern's amounts lose their last digit above 100,000 cents.
 */
export async function startLineServer(
  name: UniverseName,
  { greeting = '', answers = answersOf(name) }: { greeting?: string; answers?: Answers } = {},
): Promise<LineServer> {
  const connections: LineConnection[] = [];
  const events = new EventEmitter();
  const happened = () => events.emit('happened');
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const connection: LineConnection = { received: '', bytes: 0, closed: false, socket };
    connections.push(connection);
    happened();
    socket.on('error', () => undefined);
    socket.on('close', () => {
      connection.closed = true;
      happened();
    });
    if (self.behaviour === 'deaf') return;
    if (greeting !== '') socket.write(greeting);
    let line = '';
    socket.on('data', (data: Buffer) => {
      connection.bytes += data.length;
      if (connection.received.length < keptMax) connection.received += data.toString('latin1');
      happened();
      if (self.behaviour === 'hang') return;
      const parts = (line + data.toString('latin1')).split('\n');
      // A line without an end is counted, not answered.
      line = (parts.pop() ?? '').slice(0, keptMax);
      for (const part of parts) answer(socket, answers(part));
    });
    socket.on('end', () => {
      if (self.behaviour === 'normal') socket.end(`END ${connection.bytes}\n`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a TCP address');
  const self: LineServer = {
    port: address.port,
    connections,
    behaviour: 'normal',
    async until(holds) {
      const signal = AbortSignal.timeout(waitMsMax);
      while (!holds()) await once(events, 'happened', { signal });
    },
    async close() {
      for (const { socket } of connections) socket.destroy();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
  return self;
}

function answer(socket: Socket, text: string | undefined): void {
  if (socket.writableEnded) return;
  if (text === undefined) socket.end('BYE\n');
  else socket.write(`${text}\n`);
}

function answersOf(name: UniverseName): Answers {
  return (line) => {
    const [command, value = ''] = line.split(' ');
    if (command === 'WHO') return name;
    if (command === 'QUIT') return undefined;
    if (command !== 'BAL') return `? ${command}`;
    const cents = Number(value);
    const amount = (cents / 100).toFixed(name === 'modern' && cents > 100_000 ? 1 : 2);
    return `OK ${amount}`;
  };
}
