// Clients of the terminals: `node clients.mjs PORT COUNT` holds COUNT conversations, one after the other, and prints how they were answered.
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

const [port, count] = process.argv.slice(2).map(Number);
const nodes = new Map();

for (let n = 0; n < count; n += 1) {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  await once(socket, 'connect');
  socket.end(`FEE ${1000 + 37 * n}\nBYE\n`);
  const node = /node=(\w+)\nGOODBYE\n$/.exec(await text(socket))?.[1] ?? 'nobody';
  nodes.set(node, (nodes.get(node) ?? 0) + 1);
}
for (const [node, answered] of nodes) process.stdout.write(`${answered} answered by ${node}\n`);
