import { reasonOf } from '@chronos/cli/core/render/verdict-lines.ts';
import { durationText } from '@chronos/cli/core/text/numbers.ts';
import { Kind, type Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { serverMs } from '../../api/live.ts';
import { api } from '../../api/transport.ts';
import { type PagesRead, usePages } from '../../api/use-pages.ts';
import { Kept } from '../../router/kept.ts';
import { Link } from '../../router/link.tsx';
import { path } from '../../router/match.ts';
import { useChosenGroup, withGroup } from '../../shell/chosen-group.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ReadAt } from '../../ui/read-at.tsx';
import { EmptyState, ErrorState, Loading } from '../../ui/state.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { kindWords } from '../../words/verdict.ts';
import { whenText } from '../../words/when.ts';
import './requests.css';

export const kinds: Readonly<Record<string, readonly Kind[]>> = {
  all: [],
  mismatch: [Kind.MISMATCH],
  matching: [Kind.IDENTICAL, Kind.EQUIVALENT],
  equivalent: [Kind.EQUIVALENT],
  lost: [Kind.LOST],
  race: [Kind.RACE],
};

export interface RequestFilter {
  /** A key of `kinds`. */
  readonly kind: string;
  readonly group?: string;
  readonly route?: string;
  readonly field?: string;
}

const pageSize = 200;
const rowHeight = 37;
const lists = new Kept<PagesRead<Verdict>>();
const tops = new Kept<number>();

/**
 * Judged requests, the newest first; page after page as one scrolls. Those that came since are read with the button. Back from one of them, the
 * list stands where it stood.
 */
export function RequestList({ migration, filter }: { migration: string; filter: RequestFilter }) {
  const { kind, group = '', route = '', field = '' } = filter;
  const key = JSON.stringify([migration, kind, group, route, field]);
  const { items, readAtMs, error, busy, complete, more, reload } = usePages(
    key,
    async (pageToken, signal) => {
      const request = {
        migration,
        group,
        route,
        field,
        kinds: [...(kinds[kind] ?? [])],
        pageSize,
        pageToken,
      };
      const { verdicts, nextPageToken } = await api.verdicts.listVerdicts(request, { signal });
      return { items: verdicts, next: nextPageToken };
    },
    { kept: lists },
  );
  if (items === undefined) return <Loading what="requests" />;
  if (error !== undefined && items.length === 0)
    return (
      <ErrorState
        title="Requests cannot be read"
        detail={error}
        action={<Button onClick={reload}>Again</Button>}
      />
    );
  if (items.length === 0) {
    return (
      <EmptyState title="No such request">
        Nothing that was judged and is kept fits this filter. <ReadAt ms={readAtMs} />{' '}
        <Button look="quiet" onClick={reload} busy={busy}>
          Look again
        </Button>
      </EmptyState>
    );
  }
  // The last is the oldest.
  const dated = whenText(items.at(-1)?.startedAt, serverMs()).includes(' ');
  return (
    <div className={dated ? 'requests requests-dated' : 'requests'}>
      <VirtualList
        label="Requests"
        items={items}
        rowHeight={rowHeight}
        itemKey={({ requestId }) => requestId}
        onEnd={more}
        startTop={tops.get(key)}
        onTop={(top) => tops.set(key, top)}
      >
        {(verdict) => <Row migration={migration} verdict={verdict} />}
      </VirtualList>
      <p className="requests-foot muted">
        <span role="status">
          {items.length.toLocaleString('en-US')} read
          {complete ? ', that is all' : busy ? ', more come …' : ''}
          {error === undefined ? '' : `; ${error}`}
        </span>
        <ReadAt ms={readAtMs} />
        <Button look="quiet" onClick={reload} busy={busy}>
          Newest
        </Button>
      </p>
    </div>
  );
}

function Row({ migration, verdict }: { migration: string; verdict: Verdict }) {
  const { word, tone } = kindWords(verdict.kind, verdict.asked);
  const group = useChosenGroup();
  const side = (status: number, duration: string) => (status === 0 ? '–' : `${status} ${duration}`);
  return (
    <Link
      className="request-row"
      href={withGroup(path('/m/:migration/requests/:id', { migration, id: verdict.requestId }), group)}
    >
      <span className="muted">{whenText(verdict.startedAt, serverMs())}</span>
      <span>
        <Badge tone={tone}>{word}</Badge>
      </span>
      <span className="request-route">{verdict.route}</span>
      <span className="muted">{side(verdict.legacyStatus, durationText(verdict.legacyDuration))}</span>
      <span className="muted">{side(verdict.modernStatus, durationText(verdict.modernDuration))}</span>
      <span className="request-why">{reasonOf(verdict)}</span>
    </Link>
  );
}
