import { count } from '@chronos/cli/core/text/numbers.ts';
import { serverMs, useLinkState, useTopic } from '../../api/live.ts';
import { repairsTopic, type WatchedRepairs } from '../../api/repairs-topic.ts';
import { useQueryValue } from '../../router/location.ts';
import type { Params } from '../../router/match.ts';
import { Figure, Figures } from '../../ui/figure.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState, ErrorState, Loading } from '../../ui/state.tsx';
import { whenText } from '../../words/when.ts';
import { RepairItem } from './repair-entry.tsx';
import { entitiesIn, listed } from './repair-words.ts';
import { Running } from './running.tsx';
import { Unsettled } from './unsettled.tsx';
import './repairs.css';

/** What Chronos has written to keep both databases equal, and what it could not make equal yet. */
export function RepairsPage({ params: { migration = '' } }: { params: Params }) {
  const watched = useTopic(repairsTopic(migration));
  const link = useLinkState();
  if (watched === undefined) {
    if (link.kind === 'refused' || link.kind === 'lost')
      return <ErrorState page title={`Nothing is known of ${migration}`} detail={link.error} />;
    return <Loading what="repairs" />;
  }
  if (!watched.declared)
    return (
      <EmptyState page title="No databases are entangled">
        Where the migration file says which rows of both databases are the same things, Chronos compares them
        and keeps them equal (docs/entanglement.md).
      </EmptyState>
    );
  return (
    <>
      <h1>Repairs</h1>
      {watched.failure !== '' && (
        <p className="warn" role="status">
          The entanglement does not answer: {watched.failure}.{' '}
          {watched.readAt === undefined
            ? 'Nothing is known of repairs.'
            : `What stands here is of ${whenText(watched.readAt, serverMs())} UTC.`}
        </p>
      )}
      {watched.readAt !== undefined && <Lists migration={migration} watched={watched} />}
    </>
  );
}

function Lists({ migration, watched }: { migration: string; watched: WatchedRepairs }) {
  const { entries, totals } = watched;
  const [entity, setEntity] = useQueryValue('entity', '');
  const entities = entitiesIn(entries.values());
  const { repairs, unsettled } = listed(entries.values(), entity);
  const outstanding = totals?.outstanding ?? 0n;
  const reported = totals?.reported ?? 0n;
  return (
    <>
      <div className="repairs-figures">
        <Figures>
          <Figure name="repairs" value={count(totals?.repairs ?? 0n)} note="transactions written" />
          <Figure name="settled" value={count(totals?.settled ?? 0n)} note="cases, of a day" />
          <Figure name="open" value={count(totals?.open ?? 0n)} note="being looked at" />
          <Figure
            name="outstanding"
            value={count(outstanding)}
            tone={outstanding > 0n ? 'bad' : 'neutral'}
            note="tried ever more seldom"
          />
          {reported > 0n && (
            <Figure name="only reported" value={count(reported)} tone="warn" note="the file says so" />
          )}
        </Figures>
      </div>
      {(entities.length > 1 || entity !== '') && (
        <div className="filters">
          <label className="inline-field">
            Entity
            <select value={entity} onChange={(event) => setEntity(event.target.value)}>
              <option value="">all</option>
              {[...new Set([...entities, ...(entity === '' ? [] : [entity])])].map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        </div>
      )}
      <div className="repairs">
        <Running migration={migration} watched={watched} />
        <Panel title="Not settled" aside="the oldest 100, UTC" flush>
          {unsettled.length === 0 ? (
            <EmptyState title="Nothing waits">
              All that differed, as far as is known, was made equal.
            </EmptyState>
          ) : (
            <ol aria-label="Not settled">
              {unsettled.map((each) => (
                <Unsettled key={each.id} migration={migration} unsettled={each} />
              ))}
            </ol>
          )}
        </Panel>
        <Panel title="Written, newest first" aside="the newest 50, UTC; chronos repairs has all" flush>
          {repairs.length === 0 ? (
            <EmptyState title="Nothing had to be written" />
          ) : (
            <ol aria-label="Written">
              {repairs.map((repair) => (
                <RepairItem key={repair.id} migration={migration} repair={repair} />
              ))}
            </ol>
          )}
        </Panel>
      </div>
    </>
  );
}
