import type { Proxy as ConnectedProxy } from '@chronos/proto/chronos/v1/proxy_service_pb.js';
import { printable } from '../text/cells.ts';
import type { Palette } from '../text/palette.ts';
import { table } from '../text/table.ts';

/** Who runs what: one line a proxy and resource type, with Envoy's reason where it refused one. */
export function proxyLines(proxies: readonly ConnectedProxy[], colors: Palette): string[] {
  const rows = proxies.flatMap((proxy) => {
    const resources = proxy.resources.length === 0 ? [undefined] : proxy.resources;
    return resources.map((resource) => [
      printable(proxy.nodeId),
      proxy.connected ? colors.good('connected') : colors.bad('gone'),
      printable(proxy.userAgentVersion),
      resource?.type ?? '-',
      resource?.versionAcked || '-',
      stateOf(resource, colors),
    ]);
  });
  return table(
    ['NODE', 'STATE', 'ENVOY', 'TYPE', 'ACKED', ''].map((title) => ({ title })),
    rows,
  );
}

function stateOf(resource: ConnectedProxy['resources'][number] | undefined, colors: Palette): string {
  if (resource === undefined) return '';
  if (resource.error !== '')
    return colors.bad(`refused ${resource.versionRejected}: ${printable(resource.error)}`);
  return resource.versionWanted === resource.versionAcked
    ? ''
    : colors.warn(`waits for its ACK of ${resource.versionWanted}`);
}
