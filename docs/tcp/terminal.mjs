// A bank's line terminal: `FEE <cents>` is answered by the fee, `BYE` by goodbye. Both universes are this program; modern rounds down where
// legacy rounds half up, until it is corrected.
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';

const [universe, fixed] = process.argv.slice(2);
const halfUp = universe === 'legacy' || fixed === 'fixed';

/** 1.5 % of the amount, in whole cents. */
function fee(cents) {
  return halfUp ? Math.floor((cents * 15 + 500) / 1000) : Math.floor((cents * 15) / 1000);
}

function answer(line) {
  const [command, amount] = line.trim().split(' ');
  if (command === 'BYE') return 'GOODBYE';
  if (command !== 'FEE' || !/^[0-9]{1,12}$/.test(amount ?? '')) return 'ERROR';
  return `FEE ${fee(Number(amount))} node=${universe}`;
}

// For Chronos alone: the build is ready.
createHttpServer((_, response) => response.end('ok\n')).listen(Number(process.env.PORT), '127.0.0.1');

createServer((socket) => {
  socket.on('error', () => socket.destroy());
  let begun = '';
  socket.on('data', (data) => {
    const lines = (begun + data).split('\n');
    begun = lines.pop().slice(0, 1000);
    for (const line of lines) socket.write(`${answer(line)}\n`);
  });
}).listen(Number(process.env.PORT_LINE), '127.0.0.1');
