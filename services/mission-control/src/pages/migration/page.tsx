import { useLinkState, useTopic } from '../../api/live.ts';
import { migrationTopic } from '../../api/topics.ts';
import { useQueryValue } from '../../router/location.ts';
import type { Params } from '../../router/match.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ErrorState, Loading } from '../../ui/state.tsx';
import { Charts } from './charts.tsx';
import { Coverage } from './coverage.tsx';
import { Decisions } from './decisions.tsx';
import { Deployments } from './deployments.tsx';
import { GroupFigures } from './group-figures.tsx';
import { Groups } from './groups.tsx';
import { Head } from './head.tsx';
import { Ladder } from './ladder.tsx';
import { Proxies } from './proxies.tsx';
import { Segments } from './segments.tsx';
import { groupShown, knownGroup } from './which-group.ts';
import './migration.css';

/** One migration: where it is, what it waits for, both universes over time, and everything that can be done about it. */
export function MigrationPage({ params: { migration = '' } }: { params: Params }) {
  const watched = useTopic(migrationTopic(migration));
  const [asked, choose] = useQueryValue('route', '');
  const link = useLinkState();
  if (watched === undefined) {
    if (link.kind === 'refused' || link.kind === 'lost')
      return <ErrorState page title={`Nothing is known of ${migration}`} detail={link.error} />;
    return <Loading what={`migration ${migration}`} />;
  }
  const { state, decisions } = watched;
  const chosen = knownGroup(state, asked);
  const group = groupShown(state, chosen);
  const several = state.groups.length > 1;
  const steps = state.spec?.policy?.ladder ?? [];
  return (
    <div className="migration">
      <h1 className="visually-hidden">{migration}</h1>
      {asked !== chosen && (
        <p className="warn" role="status">
          There is no route {asked}: all of them are shown.{' '}
          <Button look="quiet" onClick={() => choose('', 'step')}>
            Show all
          </Button>
        </p>
      )}
      <Head state={state} chosen={chosen} />
      <GroupFigures state={state} chosen={chosen} />
      {several && <Groups state={state} chosen={chosen} onChoose={(name) => choose(name, 'step')} />}
      {group !== undefined && steps.length > 0 && (
        <Panel title={several ? `The way of ${group.name}` : 'The way'} aside={wayNote(state.revision)}>
          <Ladder group={group} steps={steps} />
        </Panel>
      )}
      <Charts migration={migration} group={chosen} />
      <div className="migration-columns">
        <div className="migration-column">
          <Coverage state={state} />
          {group !== undefined && group.segments.length > 0 && <Segments group={group} named={several} />}
          <Proxies />
          <Deployments state={state} />
        </div>
        <Decisions decisions={decisions} groups={state.groups.length} />
      </div>
    </div>
  );
}

const wayNote = (revision: bigint) => `revision ${revision} of the migration file`;
