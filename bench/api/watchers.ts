// Browsers that watch, in a process of their own: streams as a page holds them, read and thrown away.
// node watchers.ts URL COUNT CONTENT_TYPE TOPICS_IN_BASE64: prints a line once all get messages; SIGUSR2: what was counted.

import { request } from 'node:http';

const [url = '', count = '0', contentType = '', message = ''] = process.argv.slice(2);
const address = new URL('/chronos.v1.MissionControlService/Watch', url);
const body = Buffer.from(message, 'base64');
let messages = 0;
let bytes = 0;
let ended = 0;

function watch(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const asked = request(address, {
    method: 'POST',
    headers: { 'content-type': contentType, 'content-length': String(body.length) },
    agent: false,
  });
  asked.on('response', (response) => {
    // Messages begin with five bytes that give their length; only those are looked at.
    let left = 0;
    let prefix = Buffer.alloc(0);
    response.on('data', (part: Buffer) => {
      bytes += part.length;
      let at = 0;
      while (at < part.length) {
        if (left > 0) {
          const taken = Math.min(left, part.length - at);
          left -= taken;
          at += taken;
          continue;
        }
        const needed = 5 - prefix.length;
        prefix = Buffer.concat([prefix, part.subarray(at, at + needed)]);
        at += needed;
        if (prefix.length < 5) return;
        left = prefix.readUInt32BE(1);
        prefix = Buffer.alloc(0);
        messages += 1;
        resolve();
      }
    });
    response.on('close', () => {
      ended += 1;
    });
  });
  asked.on('error', (error) => {
    process.stderr.write(`a watcher: ${error.message}\n`);
    process.exit(1);
  });
  asked.end(body);
  return promise;
}

process.on('SIGUSR2', () => process.stdout.write(`counted ${JSON.stringify({ messages, bytes, ended })}\n`));
await Promise.all(Array.from({ length: Number(count) }, watch));
process.stdout.write('watching 0\n');
