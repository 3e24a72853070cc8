// A gRPC client of xds:///bank: for each line on standard input a call, for each call a line: what was answered.
import { createInterface } from 'node:readline';
import { Client, credentials, Metadata } from '@grpc/grpc-js';
import { register } from '@grpc/grpc-js-xds';

register();
const client = new Client('xds:///bank', credentials.createInsecure());
const same = (bytes: Buffer) => bytes;

for await (const _ of createInterface(process.stdin)) {
  const answer = await new Promise<string>((resolve) => {
    client.makeUnaryRequest(
      '/test.Backend/Name',
      same,
      same,
      Buffer.alloc(0),
      new Metadata({ waitForReady: true }),
      { deadline: Date.now() + 20_000 },
      (error, bytes) => resolve(error === null ? String(bytes) : `failed: ${error.message}`),
    );
  });
  console.log(answer);
}
client.close();
