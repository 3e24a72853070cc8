import type { Decision } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { useMemo } from 'react';
import { useTopic } from '../../api/live.ts';
import { migrationTopic } from '../../api/topics.ts';
import { api } from '../../api/transport.ts';
import { usePages } from '../../api/use-pages.ts';
import { useQueryValue } from '../../router/location.ts';
import type { Params } from '../../router/match.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState, ErrorState, Loading } from '../../ui/state.tsx';
import { Entry } from './entry.tsx';
import './journal.css';

const pageSize = 50;
const isPerson = ({ actor }: Decision) => actor !== '' && actor !== 'chronos';

/** Every decision with the evidence it stood on, the newest first; new ones come by themselves. */
export function JournalPage({ params: { migration = '' } }: { params: Params }) {
  const [who, setWho] = useQueryValue('who', '');
  const [action, setAction] = useQueryValue('action', '');
  const [evidence, setEvidence] = useQueryValue('evidence', 'folded');
  const watched = useTopic(migrationTopic(migration));
  const live = watched?.decisions;
  const named = (watched?.state.groups.length ?? 0) > 1;
  const { items, error, busy, complete, more, reload } = usePages(migration, async (pageToken, signal) => {
    const request = { name: migration, pageSize, pageToken };
    const { decisions, nextPageToken } = await api.migrations.listDecisions(request, { signal });
    return { items: decisions, next: nextPageToken };
  });
  const all = useMemo(() => merged(live ?? [], items ?? []), [live, items]);
  const actions = [...new Set(all.map((decision) => decision.action))].sort();
  const shown = all.filter(
    (decision) => (who === '' || isPerson(decision)) && (action === '' || decision.action === action),
  );
  if (items === undefined) return <Loading what="the journal" />;
  if (error !== undefined && items.length === 0)
    return (
      <ErrorState
        page
        title="The journal cannot be read"
        detail={error}
        action={<Button onClick={reload}>Again</Button>}
      />
    );
  return (
    <>
      <h1>Journal</h1>
      <div className="filters">
        <label className="inline-field">
          Decided by
          <select value={who} onChange={(event) => setWho(event.target.value)}>
            <option value="">everyone</option>
            <option value="people">people</option>
          </select>
        </label>
        <label className="inline-field">
          Decision
          <select value={action} onChange={(event) => setAction(event.target.value)}>
            <option value="">all</option>
            {actions.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <label className="inline-field">
          Evidence
          <select value={evidence} onChange={(event) => setEvidence(event.target.value)}>
            <option>folded</option>
            <option>unfolded</option>
          </select>
        </label>
      </div>
      <Panel title="Newest first" aside="UTC; each entry's hash covers the one before it" flush>
        {shown.length === 0 ? (
          <EmptyState title={all.length === 0 ? 'Nothing has been decided yet' : 'No such decision so far'} />
        ) : (
          <ol className="journal">
            {shown.map((decision) => (
              <Entry
                key={String(decision.sequence)}
                decision={decision}
                named={named}
                unfolded={evidence === 'unfolded'}
              />
            ))}
          </ol>
        )}
        {!complete && (
          <p className="journal-foot">
            <Button look="quiet" busy={busy} onClick={more}>
              Older
            </Button>
            {error !== undefined && <span className="bad">{error}</span>}
          </p>
        )}
      </Panel>
    </>
  );
}

/** Both lists are newest first; what came live may overlap what was read. */
function merged(live: readonly Decision[], read: readonly Decision[]): readonly Decision[] {
  const newest = read[0]?.sequence ?? -1n;
  return [...live.filter(({ sequence }) => sequence > newest), ...read];
}
