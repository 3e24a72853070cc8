import type { ProxyService } from '@chronos/proto/chronos/v1/proxy_service_pb.js';
import type { ServiceImpl } from '@connectrpc/connect';
import type { ProxyStatus } from '../xds/proxy-status.ts';
import { pageOf } from './pages.ts';
import { proxyMessage } from './proxy-message.ts';

/** ProxyService over what the xDS server knows of its streams. */
export function proxyService(proxies: () => readonly ProxyStatus[]): ServiceImpl<typeof ProxyService> {
  return {
    listProxies(request) {
      const { items, nextPageToken } = pageOf('proxies', proxies(), request);
      return { proxies: items.map(proxyMessage), nextPageToken };
    },
  };
}
