import { LogLevel, type LogLine } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { useMemo, useState } from 'react';
import { logLinesMax, logTopic } from '../../api/list-topics.ts';
import { serverMs, useLinkState, useTopic } from '../../api/live.ts';
import { Link } from '../../router/link.tsx';
import { useQueryValue } from '../../router/location.ts';
import { type Params, path } from '../../router/match.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState, ErrorState, Loading } from '../../ui/state.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { whenText } from '../../words/when.ts';
import { shownLines } from './shown-lines.ts';
import './log.css';

const rowHeight = 26;
const levelWords: Readonly<Record<LogLevel, string>> = {
  [LogLevel.ERROR]: 'error',
  [LogLevel.WARNING]: 'warning',
  [LogLevel.INFO]: 'info',
  [LogLevel.UNSPECIFIED]: '',
};

/** The story as it is told, the newest first. It stands still while somebody reads further down, or with a click. */
export function LogPage({ params: { migration = '' } }: { params: Params }) {
  const watched = useTopic(logTopic(migration));
  const link = useLinkState();
  const [text, setText] = useQueryValue('text', '');
  const [level, setLevel] = useQueryValue('level', '');
  const [part, setPart] = useQueryValue('part', '');
  const [held, setHeld] = useState<readonly LogLine[]>();
  const lines = watched?.lines ?? [];
  const source = held ?? lines;
  const shown = useMemo(() => shownLines(source, { text, level, part }), [source, text, level, part]);
  if (watched === undefined) {
    if (link.kind === 'refused' || link.kind === 'lost')
      return <ErrorState page title="The log cannot be read" detail={link.error} />;
    return <Loading what="the log" />;
  }
  const parts = [...new Set(lines.map((line) => line.part))].sort();
  const since = held === undefined ? 0 : newerThan(lines, held.at(-1));
  return (
    <>
      <h1>Log</h1>
      <div className="filters">
        <label className="inline-field">
          Contains
          <input type="search" value={text} onChange={(event) => setText(event.target.value)} />
        </label>
        <label className="inline-field">
          At least
          <select value={level} onChange={(event) => setLevel(event.target.value)}>
            <option value="">info</option>
            <option value="warning">warning</option>
            <option value="error">error</option>
          </select>
        </label>
        <label className="inline-field">
          Part
          <select value={part} onChange={(event) => setPart(event.target.value)}>
            <option value="">all</option>
            {parts.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <Button
          aria-pressed={held !== undefined}
          onClick={() => setHeld(held === undefined ? lines : undefined)}
        >
          {held === undefined ? 'Hold' : `Go on${since === 0 ? '' : ` (${since} new)`}`}
        </Button>
      </div>
      <Panel
        title={held === undefined ? 'Live' : 'Held'}
        aside={`UTC, newest first; the last ${logLinesMax.toLocaleString('en-US')} lines`}
        flush
      >
        {watched.skipped > 0n && (
          <p className="log-skipped warn">{String(watched.skipped)} lines were too fast for this page.</p>
        )}
        {shown.length === 0 ? (
          <EmptyState title={lines.length === 0 ? 'Nothing has been said yet' : 'No line fits the filter'} />
        ) : (
          <VirtualList
            label="Log lines"
            items={shown}
            rowHeight={rowHeight}
            itemKey={({ sequence }) => String(sequence)}
            onScrolled={(away) => setHeld((before) => (away ? (before ?? lines) : before))}
          >
            {(line) => <Line migration={migration} line={line} />}
          </VirtualList>
        )}
      </Panel>
    </>
  );
}

function newerThan(lines: readonly LogLine[], last: LogLine | undefined): number {
  return last === undefined ? lines.length : lines.filter(({ sequence }) => sequence > last.sequence).length;
}

function Line({ migration, line }: { migration: string; line: LogLine }) {
  const { at, level, part, text, requestId } = line;
  const word = levelWords[level];
  return (
    <p className={`log-line log-${word}`}>
      <span className="muted">{whenText(at, serverMs())}</span> <span className="log-level">{word}</span>{' '}
      <span className="muted log-part">{part}</span>{' '}
      {requestId !== '' && (
        <>
          <Link href={path('/m/:migration/requests/:id', { migration, id: requestId })}>request</Link>{' '}
        </>
      )}
      <span>{text}</span>
    </p>
  );
}
