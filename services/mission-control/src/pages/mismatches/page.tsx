import type { MigrationState } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { useEffect } from 'react';
import { mismatchesTopic, type WatchedMismatches } from '../../api/list-topics.ts';
import { useLinkState, useTopic } from '../../api/live.ts';
import { migrationTopic } from '../../api/topics.ts';
import { navigate, useQueryValue } from '../../router/location.ts';
import type { Params } from '../../router/match.ts';
import { EmptyState, ErrorState, Loading } from '../../ui/state.tsx';
import { CauseDetail } from './cause-detail.tsx';
import { CauseList } from './cause-list.tsx';
import { buildsOf, causeAddress, orderedCauses, runningBuild } from './causes.ts';
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
  const all = [...watched.groups.values()];
  const builds = buildsOf(all, running);
  const [build] = useQueryValue('build', builds.includes(running) || running === '' ? running : '');
  const [route] = useQueryValue('route', '');
  const shown = all.filter(({ group }) => build === '' || group?.modernDeployment === build);
  const causes = orderedCauses(shown);
  const cause = causes.find(({ id }) => id === chosen) ?? (chosen === '' ? causes[0] : undefined);
  // The first shown is pinned, once it is known which build serves: what is read changes only when somebody chooses.
  const pinned = chosen === '' && state !== undefined ? cause?.id : undefined;
  useEffect(() => {
    if (pinned !== undefined) navigate(causeAddress(migration, pinned, { build, route }), { replace: true });
  }, [migration, pinned, build, route]);
  // The worst cause of that build is pinned then.
  const showBuild = (next: string) =>
    navigate(causeAddress(migration, '', { build: next, route }), { replace: true });
  const earlier = builds.filter((name) => name !== running);
  return (
    <div className="mismatches">
      <header className="mismatches-head">
        <h1>{titleOf(causes.length, build, running, state)}</h1>
        {builds.length > 1 && (
          <label className="inline-field">
            Build of modern
            <select value={build} onChange={(event) => showBuild(event.target.value)}>
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
      {watched.total > watched.groups.size && (
        <p className="muted">
          {watched.total} groups stand; the {watched.groups.size} most severe are here.
        </p>
      )}
    </div>
  );
}

/** What a reader came for: does modern that serves now fail, and for how many reasons. */
function titleOf(causes: number, build: string, running: string, state: MigrationState | undefined): string {
  const reasons = causes === 1 ? 'one reason' : `${causes} reasons`;
  const modern = build === '' ? 'Modern' : `Modern ${build}`;
  if (causes > 0 && running !== '' && build !== running) return `${modern} differed for ${reasons}`;
  if (causes > 0) return `${modern} differs for ${reasons}`;
  const compared = state?.coverage?.compared ?? 0n;
  return compared === 0n ? 'Nothing has been compared yet' : `${modern} answers as legacy does`;
}
