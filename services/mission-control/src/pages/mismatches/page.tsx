import { count } from '@chronos/cli/core/text/numbers.ts';
import type { MigrationState } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { useEffect } from 'react';
import { mismatchesTopic, type WatchedMismatches } from '../../api/list-topics.ts';
import { useLinkState, useTopic } from '../../api/live.ts';
import { migrationTopic } from '../../api/topics.ts';
import { navigate, useSearch } from '../../router/location.ts';
import type { Params } from '../../router/match.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ErrorState, Loading } from '../../ui/state.tsx';
import { knownGroup } from '../migration/which-group.ts';
import { CauseDetail } from './cause-detail.tsx';
import { CauseList } from './cause-list.tsx';
import { type Beside, causeAddress, runningBuild } from './causes.ts';
import { whichCause } from './which-cause.ts';
import './mismatches.css';

/** Why modern fails: causes in plain words, the worst first; beside it one of them with its examples and requests. */
export function MismatchesPage({ params: { migration = '', cause: chosen = '' } }: { params: Params }) {
  const watched = useTopic(mismatchesTopic(migration));
  const state = useTopic(migrationTopic(migration))?.state;
  const link = useLinkState();
  if (watched === undefined) {
    if (link.kind === 'refused' || link.kind === 'lost')
      return <ErrorState page title={`Nothing is known of ${migration}`} detail={link.error} />;
    return <Loading what="mismatches" />;
  }
  return <Mismatches migration={migration} chosen={chosen} watched={watched} state={state} />;
}

function Mismatches({
  migration,
  chosen,
  watched,
  state,
}: {
  migration: string;
  chosen: string;
  watched: WatchedMismatches;
  state: MigrationState | undefined;
}) {
  const running = runningBuild(state);
  const query = new URLSearchParams(useSearch());
  const asked = query.get('build') ?? undefined;
  const place = query.get('place') ?? '';
  const route = query.get('route') ?? '';
  const known = state === undefined ? '' : knownGroup(state, route);
  const { builds, build, causes, cause } = whichCause([...watched.groups.values()], running, {
    cause: chosen,
    place,
    build: asked,
    route: known,
  });
  // What is shown first is pinned, once it is known which build serves: what is read changes only when somebody chooses.
  const pins = state !== undefined && (chosen === '' || asked === undefined);
  const pinned =
    pins && cause !== undefined ? causeAddress(migration, cause.id, { build, route, place }) : '';
  useEffect(() => {
    if (pinned !== '') navigate(pinned, { replace: true });
  }, [pinned]);
  // The worst cause of that build, or of all routes, is pinned then.
  const show = (beside: Beside) => navigate(causeAddress(migration, '', beside), { replace: true });
  const earlier = builds.filter((name) => name !== running);
  return (
    <div className="mismatches">
      <header className="mismatches-head">
        <h1>{titleOf(watched, causes.length, build, running, state)}</h1>
        {builds.length > 1 && (
          <label className="inline-field">
            Build of modern
            <select value={build} onChange={(event) => show({ build: event.target.value, route })}>
              <option value="">all</option>
              {builds.map((name) => (
                <option key={name} value={name}>
                  {name === running ? `${name} (serves)` : name}
                </option>
              ))}
            </select>
          </label>
        )}
      </header>
      {route !== '' && state !== undefined && state.groups.length > 1 && (
        <p role="status">
          {known === '' ? `There is no route ${route}: all of them are shown. ` : `Of route ${route} alone. `}
          <Button look="quiet" onClick={() => show({ build, route: '' })}>
            Show all
          </Button>
        </p>
      )}
      {hidden(watched) && (
        <p className="muted">
          {count(watched.total)} groups stand; the {count(watched.groups.size)} most severe are here.
        </p>
      )}
      {running !== '' && !builds.includes(running) && earlier.length > 0 && (
        <p className="mismatches-note good">
          {running} serves and has no mismatch. What follows was seen with earlier builds.
        </p>
      )}
      {causes.length === 0 ? (
        <EmptyState title="No mismatch stands">
          What both universes answer differently will stand here, by its cause.
        </EmptyState>
      ) : (
        <div className="mismatches-columns">
          <CauseList migration={migration} beside={{ build, route }} causes={causes} current={cause?.id} />
          {cause === undefined ? (
            <EmptyState title="This cause does not stand any more">
              It was settled, or nothing of it was seen with this build.
            </EmptyState>
          ) : (
            <CauseDetail key={cause.id} migration={migration} cause={cause} />
          )}
        </div>
      )}
    </div>
  );
}

/** More stand than the stream tells. */
const hidden = ({ total, groups }: WatchedMismatches) => total > groups.size;

/** What a reader came for: does modern that serves now fail, and for how many reasons. */
function titleOf(
  watched: WatchedMismatches,
  causes: number,
  build: string,
  running: string,
  state: MigrationState | undefined,
): string {
  const least = hidden(watched) ? 'at least ' : '';
  const reasons = `${least}${causes === 1 ? 'one reason' : `${count(causes)} reasons`}`;
  const modern = build === '' ? 'Modern' : `Modern ${build}`;
  if (causes > 0 && running !== '' && build !== running) return `${modern} differed for ${reasons}`;
  if (causes > 0) return `${modern} differs for ${reasons}`;
  const compared = state?.coverage?.compared ?? 0n;
  return compared === 0n ? 'Nothing has been compared yet' : `${modern} answers as legacy does`;
}
