import {
  type Deployment,
  DeploymentPhase,
  type MigrationState,
  UniverseName,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { serverMs } from '../../api/live.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';
import { whenText } from '../../words/when.ts';

/** The builds of both universes, the running ones first. */
export function Deployments({ state }: { state: MigrationState }) {
  const rows = state.deployments.toSorted((a, b) => rank(a) - rank(b));
  return (
    <Panel title="Deployments" flush>
      <Table
        label="Deployments"
        rows={rows}
        rowKey={({ id }) => id}
        columns={[
          { head: 'Universe', cell: ({ universe }) => universeName(universe) },
          { head: 'Build', cell: ({ build }) => build },
          { head: 'State', cell: phaseCell },
          { head: 'Address', cell: ({ address }) => <code>{address}</code> },
          { head: 'Since', right: true, cell: ({ deployedAt }) => whenText(deployedAt, serverMs()) },
        ]}
      />
    </Panel>
  );
}

const phases: Readonly<Record<DeploymentPhase, readonly [word: string, tone: Tone, rank: number]>> = {
  [DeploymentPhase.SERVING]: ['serving', 'good', 0],
  [DeploymentPhase.STARTING]: ['starting', 'info', 1],
  [DeploymentPhase.DRAINING]: ['draining', 'warn', 2],
  [DeploymentPhase.FAILED]: ['failed', 'bad', 3],
  [DeploymentPhase.STOPPED]: ['stopped', 'neutral', 4],
  [DeploymentPhase.UNSPECIFIED]: ['unknown', 'neutral', 5],
};

const rank = ({ phase, universe }: Deployment) => phases[phase][2] * 10 + universe;

function universeName(universe: UniverseName) {
  const legacy = universe === UniverseName.LEGACY;
  return (
    <span className={legacy ? 'universe universe-legacy' : 'universe universe-modern'}>
      {legacy ? 'legacy' : 'modern'}
    </span>
  );
}

function phaseCell({ phase, reason }: Deployment) {
  const [word, tone] = phases[phase];
  return (
    <>
      <Badge tone={tone}>{word}</Badge>{' '}
      {reason !== '' && <small className="muted">{reason.split('\n')[0]}</small>}
    </>
  );
}
