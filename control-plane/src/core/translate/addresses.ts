import type { MessageInitShape } from '@bufbuild/protobuf';
import type { AddressSchema } from '@chronos/envoy/api/envoy/config/core/v3/address_pb.js';
import type { SocketAddress } from '../ir.ts';

type AddressInit = MessageInitShape<typeof AddressSchema>;

/** An address as Envoy writes it. */
export function socketAddress({ host, port }: SocketAddress): AddressInit {
  return {
    address: {
      case: 'socketAddress',
      value: { address: host, portSpecifier: { case: 'portValue', value: port } },
    },
  };
}

/** Whether the host is an IP address. Endpoint discovery carries nothing else; a name needs a cluster that resolves it. */
export function isIpAddress(host: string): boolean {
  return host.includes(':') || /^\d{1,3}(\.\d{1,3}){3}$/.test(host);
}
