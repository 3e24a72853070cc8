import { useLinkState, useTopic } from '../../api/live.ts';
import { overviewTopic } from '../../api/topics.ts';
import { EmptyState, ErrorState, Loading } from '../../ui/state.tsx';
import { MigrationCard } from './migration-card.tsx';
import './overview.css';

/** All migrations at a glance. */
export function OverviewPage() {
  const migrations = useTopic(overviewTopic);
  const state = useLinkState();
  if (migrations === undefined && (state.kind === 'refused' || state.kind === 'lost'))
    return <ErrorState page title="The control plane does not answer" detail={state.error} />;
  return (
    <>
      <h1>Migrations</h1>
      {migrations === undefined && <Loading what="the control plane" />}
      {migrations?.length === 0 && (
        <EmptyState title="No migration yet">
          Write a migration file and apply it: <code>chronos apply -f migration.yaml</code>
        </EmptyState>
      )}
      <ul className="overview">
        {migrations?.map((summary) => (
          <li key={summary.name}>
            <MigrationCard summary={summary} />
          </li>
        ))}
      </ul>
    </>
  );
}
