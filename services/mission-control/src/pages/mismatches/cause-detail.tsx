import { gravityText } from '@chronos/cli/core/render/causes.ts';
import { count } from '@chronos/cli/core/text/numbers.ts';
import type { MismatchGroup } from '@chronos/proto/chronos/v1/verdict_service_pb.js';
import { serverMs } from '../../api/live.ts';
import { Link } from '../../router/link.tsx';
import { useQueryValue } from '../../router/location.ts';
import { path } from '../../router/match.ts';
import { Badge } from '../../ui/badge.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';
import { Values } from '../../ui/values.tsx';
import { whenText } from '../../words/when.ts';
import { RequestStory } from '../request/request-story.tsx';
import { RequestList } from '../requests/request-list.tsx';
import { placeOf, sentenceOf } from './cause-list.tsx';
import { type Cause, placeKey } from './causes.ts';

const groupsShown = 50;

/** One cause: where it shows, an example side by side, and every request of a place. */
export function CauseDetail({ migration, cause }: { migration: string; cause: Cause }) {
  const [place, choose] = useQueryValue('place', '');
  const group = cause.groups.find((row) => placeKey(row) === place) ?? cause.groups[0];
  const shown = cause.groups.slice(0, groupsShown);
  return (
    <div className="cause-detail">
      <header className="cause-title">
        <p>
          <Badge tone={cause.asked ? 'warn' : 'bad'}>{gravityText(cause)}</Badge>{' '}
          <span className="muted">
            {count(cause.count)} {cause.count === 1n ? 'difference' : 'differences'} · {placeOf(cause)} ·{' '}
            {lastText(cause.groups)}
          </span>
        </p>
        <h2>{sentenceOf(cause)}</h2>
        {cause.asked && (
          <p>
            No bug is shown, and no proof that it is harmless:{' '}
            <Link href={path('/m/:migration/questions', { migration })}>answer the question</Link>.
          </p>
        )}
      </header>
      <Panel title="Where it shows" aside={whereAside(cause)} flush>
        <Table
          label="Where it shows"
          stacks
          rows={shown}
          rowKey={placeKey}
          columns={[
            {
              head: 'Field',
              cell: (row) => (
                <FieldChoice row={row} current={row === group} choose={() => choose(placeKey(row), 'step')} />
              ),
            },
            {
              head: 'Legacy and modern said',
              cell: ({ legacy, modern }) => <Values legacy={legacy} modern={modern} />,
            },
            { head: 'Times', right: true, cell: (row) => count(row.count) },
          ]}
        />
      </Panel>
      {group !== undefined && group.exampleRequestId !== '' && (
        <RequestStory
          migration={migration}
          id={group.exampleRequestId}
          heading="An example"
          field={group.field}
        />
      )}
      {group !== undefined && (
        <Panel title={`Requests that differ in ${group.field}`} aside={group.route} flush>
          <RequestList
            migration={migration}
            filter={{ group: group.group, route: group.route, field: group.field, kind: 'mismatch' }}
          />
        </Panel>
      )}
    </div>
  );
}

/** The place whose example and requests are shown. */
function FieldChoice({ row, current, choose }: { row: MismatchGroup; current: boolean; choose: () => void }) {
  return (
    <button type="button" className="place" aria-pressed={current} onClick={choose}>
      <code>{row.field}</code>
      <span className="muted">{row.route}</span>
    </button>
  );
}

function whereAside({ groups }: Cause): string {
  const builds = [...new Set(groups.map(({ modernDeployment }) => modernDeployment))].filter(
    (name) => name !== '',
  );
  const more = groups.length > groupsShown ? ` · ${groupsShown} of ${groups.length}` : '';
  return `${builds.length === 0 ? '' : `seen with ${builds.join(', ')}`}${more}`;
}

function lastText(groups: readonly MismatchGroup[]): string {
  const nanos = (group: MismatchGroup) => Number(group.lastSeen?.seconds ?? 0n);
  const newest = groups.toSorted((a, b) => nanos(b) - nanos(a))[0];
  return `last at ${whenText(newest?.lastSeen, serverMs())} UTC`;
}
