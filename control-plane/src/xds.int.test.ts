import { spawn } from 'node:child_process';
import { on, once } from 'node:events';
import { createInterface } from 'node:readline';
import { fromBinary } from '@bufbuild/protobuf';
import { ClusterLoadAssignmentSchema } from '@chronos/envoy/api/envoy/config/endpoint/v3/endpoint_pb.js';
import { expect, test } from '@jest/globals';
import { deltaClient } from './shell/xds/testing/ads-client.ts';
import { ENDPOINT_TYPE } from './xds.ts';

type Client = ReturnType<typeof deltaClient>;

/** Reads the one resource of the next response, and ACKs it: the port of the endpoint. */
async function endpointPort(client: Client): Promise<number | undefined> {
  const { resources, nonce } = await client.next();
  client.send({ typeUrl: ENDPOINT_TYPE, responseNonce: nonce });
  const { endpoints } = fromBinary(ClusterLoadAssignmentSchema, resources[0]!.resource!.value);
  const endpoint = endpoints[0]?.lbEndpoints[0]?.hostIdentifier;
  const address = endpoint?.case === 'endpoint' ? endpoint.value.address?.address : undefined;
  const specifier = address?.case === 'socketAddress' ? address.value.portSpecifier : undefined;
  return specifier?.case === 'portValue' ? specifier.value : undefined;
}

test("the README's quick start serves a client, moves its endpoint, and ends", async () => {
  const program = new URL('../examples/xds-server.ts', import.meta.url).pathname;
  const server = spawn(process.execPath, [program, '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '--disable-warning=ExperimentalWarning' },
  });
  const lines = on(createInterface(server.stdout), 'line', {
    signal: AbortSignal.timeout(50_000),
  });
  const printed = async (wanted: (line: Record<string, unknown>) => boolean) => {
    while (true) {
      const { value } = await lines.next();
      const line = JSON.parse(String(value?.[0])) as Record<string, unknown>;
      if (wanted(line)) return line;
    }
  };
  try {
    const { port } = await printed(({ kind }) => kind === 'listening');
    const client = deltaClient(Number(port));
    client.send({
      node: { id: 'n1', cluster: 'edge' },
      typeUrl: ENDPOINT_TYPE,
      resourceNamesSubscribe: ['backend'],
    });
    expect(await endpointPort(client)).toBe(8080);
    expect(await printed(({ kind }) => kind === 'ack')).toMatchObject({ nodeId: 'n1' });
    server.kill('SIGUSR1');
    expect(await endpointPort(client)).toBe(8081);
    expect(await printed((line) => 'acked' in line)).toMatchObject({ acked: ['n1'], pending: [] });
    await client.close();
    server.kill('SIGTERM');
    expect(await once(server, 'exit')).toEqual([0, null]);
  } finally {
    server.kill('SIGKILL');
  }
}, 60_000);
