import { rolloutText } from '@chronos/cli/core/render/proxies.ts';
import { timeOfDay } from '@chronos/cli/core/text/numbers.ts';
import type { Proxy as ProxyMessage, ProxyResource } from '@chronos/proto/chronos/v1/proxy_service_pb.js';
import { useTopic } from '../../api/live.ts';
import { proxiesTopic } from '../../api/topics.ts';
import { Badge } from '../../ui/badge.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState } from '../../ui/state.tsx';
import { Table } from '../../ui/table.tsx';

type Row = {
  readonly proxy: ProxyMessage;
  readonly resource: ProxyResource | undefined;
  readonly first: boolean;
};

/** Who runs which configuration, and whether it took the newest. */
export function Proxies() {
  const proxies = useTopic(proxiesTopic);
  const all = [...(proxies?.values() ?? [])].sort((a, b) => a.nodeId.localeCompare(b.nodeId));
  const connected = all.filter((proxy) => proxy.connected).length;
  return (
    <Panel title="Proxies" aside={proxies === undefined ? '' : `${connected} connected`} flush>
      {proxies !== undefined && all.length === 0 ? (
        <EmptyState title="No proxy is connected">
          Clients reach nobody through Chronos until one is.
        </EmptyState>
      ) : (
        <Table
          label="Proxies"
          rows={all.flatMap(rowsOf)}
          rowKey={({ proxy, resource }) => `${proxy.nodeId} ${resource?.type ?? ''}`}
          columns={[
            { head: 'Proxy', cell: nodeCell },
            { head: 'Configuration', cell: ({ resource }) => resource?.type ?? '' },
            { head: 'Runs', cell: ({ resource }) => <code>{resource?.versionAcked || '–'}</code> },
            { head: 'State', cell: ({ resource }) => resource && <Acked resource={resource} /> },
            { head: 'Since', right: true, cell: ({ resource }) => timeOfDay(resource?.ackedAt) },
          ]}
        />
      )}
    </Panel>
  );
}

function rowsOf(proxy: ProxyMessage): Row[] {
  if (proxy.resources.length === 0) return [{ proxy, resource: undefined, first: true }];
  return proxy.resources.map((resource, index) => ({ proxy, resource, first: index === 0 }));
}

function nodeCell({ proxy, first }: Row) {
  if (!first) return null;
  return (
    <>
      <span className={proxy.connected ? undefined : 'bad'}>{proxy.nodeId}</span>
      <br />
      <small className="muted">
        {proxy.connected ? proxy.userAgentVersion : 'gone'} {rolloutText(proxy.rollout)}
      </small>
    </>
  );
}

function Acked({ resource }: { resource: ProxyResource }) {
  const { versionWanted, versionAcked, versionRejected, error } = resource;
  if (versionAcked === versionWanted) return <Badge tone="good">ACKed</Badge>;
  if (versionRejected === versionWanted) {
    return (
      <>
        <Badge tone="bad">rejected</Badge> <small>{error}</small>
      </>
    );
  }
  return <Badge tone="warn">waits for {versionWanted}</Badge>;
}
