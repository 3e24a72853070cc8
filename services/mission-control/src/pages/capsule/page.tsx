import { timestampMs } from '@bufbuild/protobuf/wkt';
import { indentJson } from '@chronos/cli/core/render/body.ts';
import { count } from '@chronos/cli/core/text/numbers.ts';
import type { GetCapsuleResponse } from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import { useEffect } from 'react';
import { useLinkState, useTopic } from '../../api/live.ts';
import { migrationTopic } from '../../api/topics.ts';
import { api } from '../../api/transport.ts';
import { useLoad } from '../../api/use-load.ts';
import { Link } from '../../router/link.tsx';
import { type Params, path } from '../../router/match.ts';
import { Button } from '../../ui/button.tsx';
import { Figure, Figures } from '../../ui/figure.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState, ErrorState, Loading } from '../../ui/state.tsx';
import { Table } from '../../ui/table.tsx';
import { legacyDatabase } from './legacy-database.ts';
import { sealNeeds } from './seal-needs.ts';
import './capsule.css';

/** Legacy's database comes into the capsule once legacy has stopped, and nothing tells the page of it: so often is the manifest read again. */
const pendingReadMs = 5_000;

/** The Time Capsule: what legacy leaves behind, or what it still takes to seal it. */
export function CapsulePage({ params: { migration = '' } }: { params: Params }) {
  const state = useTopic(migrationTopic(migration))?.state;
  const link = useLinkState();
  const sealed = state?.sealed !== undefined;
  const { value, error, reload } = useLoad(sealed ? `capsule ${migration}` : '', (signal) =>
    api.missionControl.getCapsule({ migration }, { signal }),
  );
  const pending = value !== undefined && legacyDatabase(value.manifestJson).pending;
  useEffect(() => {
    if (!pending) return;
    const timer = setInterval(reload, pendingReadMs);
    return () => clearInterval(timer);
  }, [pending, reload]);
  if (state === undefined) {
    if (link.kind === 'refused' || link.kind === 'lost')
      return <ErrorState page title={`Nothing is known of ${migration}`} detail={link.error} />;
    return <Loading what="the Time Capsule" />;
  }
  if (!sealed) {
    return (
      <>
        <h1>Time Capsule</h1>
        <EmptyState title="Legacy still lives">
          <p className="capsule-words">
            When modern answers everyone, legacy can be sealed: the journal, the evidence, the rules and the
            migration go into one folder with their checksums, and the Time Rift is closed. There is no way
            back then.
          </p>
          <ul className="capsule-needs">
            {sealNeeds(state).map(({ need, met }) => (
              <li key={need} className={met ? 'good' : ''}>
                {met ? '✓' : '○'} {need}
              </li>
            ))}
          </ul>
          <Link href={path('/m/:migration', { migration })}>To the Time Rift</Link>
        </EmptyState>
      </>
    );
  }
  if (error !== undefined) {
    return (
      <ErrorState
        page
        title="The Time Capsule cannot be read"
        detail={error.rawMessage}
        action={<Button onClick={reload}>Again</Button>}
      />
    );
  }
  return value === undefined ? <Loading what="the Time Capsule" /> : <Capsule capsule={value} />;
}

function Capsule({ capsule }: { capsule: GetCapsuleResponse }) {
  const { sealedAt, path: folder, bytes, files, manifestJson } = capsule;
  const database = legacyDatabase(manifestJson);
  const at = sealedAt === undefined ? '' : new Date(timestampMs(sealedAt)).toISOString();
  return (
    <div className="capsule">
      <h1>Time Capsule</h1>
      <Figures>
        <Figure name="sealed at, UTC" value={at.slice(11, 19)} note={at.slice(0, 10)} tone="good" />
        <Figure name="files" value={count(files.length)} note="each with its checksum" />
        <Figure
          name="size"
          value={count((bytes + 1023n) / 1024n)}
          unit="KiB"
          note={`${count(bytes)} bytes`}
        />
        <Figure name="legacy's database" value={database.value} note={database.note} tone={database.tone} />
      </Figures>
      <Panel title="What is in it" aside={<code>{folder}</code>} flush>
        <Table
          label="Files of the Time Capsule"
          rows={files}
          rowKey={({ name }) => name}
          columns={[
            { head: 'File', cell: ({ name }) => <code>{name}</code> },
            { head: 'Bytes', right: true, cell: (file) => count(file.bytes) },
            { head: 'SHA-256', cell: ({ sha256 }) => <code className="capsule-hash">{sha256}</code> },
          ]}
        />
      </Panel>
      <Panel title="Manifest" aside="as it stands in the capsule">
        <pre className="capsule-manifest">{indentJson(manifestJson)}</pre>
      </Panel>
    </div>
  );
}
