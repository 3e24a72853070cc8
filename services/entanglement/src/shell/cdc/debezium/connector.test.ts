import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { connectorConfig, removeConnectors } from './connector.ts';

test('deploy/debezium/connector.json is what Chronos sends', () => {
  const config = connectorConfig({
    name: 'SLOT.GENERATION',
    databaseUrl: 'postgres://USER:PASSWORD@HOST:5432/DATABASE',
    slot: 'SLOT',
    publication: 'PUBLICATION',
    topic: 'chronos.cdc.SLOT.GENERATION',
    tagPrefix: 'chronos',
  });
  const file = new URL('../../../../../../deploy/debezium/connector.json', import.meta.url);
  const expected: unknown = JSON.parse(readFileSync(file, 'utf8'));
  expect({ name: 'SLOT.GENERATION', config: { ...config, 'database.hostname': 'HOST' } }).toEqual(expected);
});

test("the database URL's demands on TLS are Debezium's too, its IPv6 address without brackets", () => {
  const config = connectorConfig({
    name: 'n',
    databaseUrl:
      'postgres://u:p@[2001:db8::1]:5433/bank?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem&connect_timeout=3',
    slot: 's',
    publication: 'p',
    topic: 't',
    tagPrefix: 'chronos',
  });
  expect(config).toMatchObject({
    'database.hostname': '2001:db8::1',
    'database.port': '5433',
    'database.sslmode': 'verify-full',
    'database.sslrootcert': '/etc/ca.pem',
  });
});

test('a user and password in the URL of Kafka Connect log in, and stand in no error', async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.authorization);
    response.statusCode = 500;
    response.end('{"message":"no"}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const refused = await removeConnectors(`http://admin:S3%20CRET@127.0.0.1:${port}`, 's').catch(String);
  server.close();
  await once(server, 'close');
  const unreached = await removeConnectors(`http://admin:S3%20CRET@127.0.0.1:${port}`, 's').catch(
    (error: Error) => `${error} ${error.cause}`,
  );
  expect(asked).toEqual([`Basic ${Buffer.from('admin:S3 CRET').toString('base64')}`]);
  expect(refused).toContain('Kafka Connect answers 500');
  expect(`${refused} ${unreached}`).not.toMatch(/CRET/);
});
