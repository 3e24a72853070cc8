// A service for the tests of `chronos run`: build v1 is wrong about interest.
import { createServer } from 'node:http';

const build = process.argv[2];
const server = createServer((request, response) => {
  const isWrong = build === 'v1' && request.url.startsWith('/interest');
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ path: request.url, value: isWrong ? '1.24' : '1.23', key: process.env.TOKEN_KEY?.length }));
});
server.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
});
