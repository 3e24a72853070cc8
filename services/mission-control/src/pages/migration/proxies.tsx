import { rolloutText } from '@chronos/cli/core/render/proxies.ts';
import type { Proxy as ProxyMessage, ProxyResource } from '@chronos/proto/chronos/v1/proxy_service_pb.js';
import { serverMs, useTopic } from '../../api/live.ts';
import { proxiesTopic } from '../../api/topics.ts';
import { Badge } from '../../ui/badge.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState } from '../../ui/state.tsx';
import { Table } from '../../ui/table.tsx';
import { whenText } from '../../words/when.ts';

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
          rows={all}
          rowKey={({ nodeId }) => nodeId}
          columns={[
            { head: 'Proxy', cell: nodeCell },
            { head: 'State', cell: stateCell },
            { head: 'Configuration it runs', cell: ({ resources }) => <Versions resources={resources} /> },
            {
              head: 'Since',
              right: true,
              cell: ({ resources }) => whenText(newestAck(resources), serverMs()),
            },
          ]}
        />
      )}
    </Panel>
  );
}

function nodeCell({ nodeId, userAgentVersion, rollout }: ProxyMessage) {
  return (
    <>
      <span className="nowrap">{nodeId}</span>
      <br />
      <small className="muted nowrap">
        {userAgentVersion} {rolloutText(rollout)}
      </small>
    </>
  );
}

function stateCell({ connected, resources }: ProxyMessage) {
  if (!connected) return <Badge tone="bad">gone</Badge>;
  if (resources.some(isRejected)) return <Badge tone="bad">rejects</Badge>;
  if (resources.some((resource) => !isAcked(resource))) return <Badge tone="warn">not ACKed yet</Badge>;
  return <Badge tone="good">ACKed</Badge>;
}

/** Versions are hashes; this much of one tells it from the others. The whole stands in the title. */
const versionShown = 8;

const isAcked = ({ versionAcked, versionWanted }: ProxyResource) => versionAcked === versionWanted;
const isRejected = ({ versionRejected, versionWanted }: ProxyResource) => versionRejected === versionWanted;

/** A type with the version it runs; what was refused with Envoy's own words. */
function Versions({ resources }: { resources: readonly ProxyResource[] }) {
  return (
    <ul className="versions">
      {resources.map((resource) => (
        <li key={resource.type}>
          {resource.type}{' '}
          <code title={resource.versionAcked} className={isAcked(resource) ? 'muted' : 'warn'}>
            {resource.versionAcked.slice(0, versionShown) || '–'}
          </code>
          {isRejected(resource) && resource.error !== '' && (
            <small className="bad">
              {' '}
              rejects {resource.versionRejected}: {resource.error}
            </small>
          )}
        </li>
      ))}
    </ul>
  );
}

function newestAck(resources: readonly ProxyResource[]) {
  return resources
    .map(({ ackedAt }) => ackedAt)
    .filter((at) => at !== undefined)
    .toSorted((a, b) => Number(b.seconds - a.seconds))[0];
}
