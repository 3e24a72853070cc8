import { expect, test } from '@jest/globals';
import { type BootstrapOptions, bootstrap } from './bootstrap.ts';

const options: BootstrapOptions = {
  nodeId: 'node-1',
  cluster: 'time-rift',
  xdsAddress: '127.0.0.1:7001',
  adminPort: 9901,
};

test('names the proxy, and keeps its admin interface on loopback', () => {
  expect(bootstrap(options)).toMatchObject({
    node: { id: 'node-1', cluster: 'time-rift' },
    admin: { address: { socket_address: { address: '127.0.0.1', port_value: 9901 } } },
  });
});

test.each([
  ['127.0.0.1:7001', 'STATIC', '127.0.0.1'],
  ['[::1]:7001', 'STATIC', '::1'],
  ['control-plane:7001', 'STRICT_DNS', 'control-plane'],
  ['10.example.com:7001', 'STRICT_DNS', '10.example.com'],
])('the control plane at %s is a cluster of type %s', (xdsAddress, type, address) => {
  const endpoint = { address: { socket_address: { address, port_value: 7001 } } };
  expect(bootstrap({ ...options, xdsAddress })).toMatchObject({
    static_resources: {
      clusters: [{ type, load_assignment: { endpoints: [{ lb_endpoints: [{ endpoint }] }] } }],
    },
  });
});

test.each(['7001', 'http://host:7001', 'host:', 'a:b:1'])(
  '"%s" is no address of a control plane',
  (xdsAddress) => {
    expect(() => bootstrap({ ...options, xdsAddress })).toThrow(RangeError);
  },
);
