import { progressText } from '@chronos/cli/core/render/verification.ts';
import { palette } from '@chronos/cli/core/text/palette.ts';
import type { Copy, Verification } from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import { useState } from 'react';
import type { WatchedRepairs } from '../../api/repairs-topic.ts';
import { useSession } from '../../api/session.tsx';
import { api } from '../../api/transport.ts';
import { CallDialog } from '../../shell/call-dialog.tsx';
import { Bar } from '../../ui/bar.tsx';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { When } from './repair-entry.tsx';
import './repairs.css';

const plain = palette(false);
/** It ends when its chunk is done. */
const endsWithinMs = 30_000;

/** A verification and a copy that run, how far they are, and the way to end them; nothing where none does. */
export function Running({
  migration,
  watched: { verification, copy },
}: {
  migration: string;
  watched: Pick<WatchedRepairs, 'verification' | 'copy'>;
}) {
  if (verification === undefined && copy === undefined) return null;
  return (
    <Panel title="Running" aside="UTC" flush>
      <ol aria-label="Running">
        {verification !== undefined && (
          <Job
            key={verification.id}
            migration={migration}
            kind="verification"
            resume={`chronos verify --resume ${migration}`}
            job={verification}
          />
        )}
        {copy !== undefined && (
          <Job
            key={copy.id}
            migration={migration}
            kind="copy"
            resume={`chronos copy --resume ${migration}`}
            job={copy}
          />
        )}
      </ol>
    </Panel>
  );
}

interface JobProps {
  readonly migration: string;
  readonly kind: 'verification' | 'copy';
  /** What goes on with it when it was ended. */
  readonly resume: string;
  readonly job: Verification | Copy;
}

function Job({ migration, kind, resume, job }: JobProps) {
  const { mayChange } = useSession();
  const [asked, setAsked] = useState(false);
  const percent = percentOf(job);
  return (
    <li className="repair">
      <When at={job.startedAt} />
      <div>
        <p className="running-head">
          <strong>{kind === 'copy' ? 'Legacy is copied into modern' : verificationHead(job)}</strong>
          {mayChange && <Button onClick={() => setAsked(true)}>Stop the {kind} …</Button>}
        </p>
        <p className="running-figures">{progressText(job, plain)}</p>
        <Bar
          label={`${kind}: ${percent} %`}
          total={100}
          parts={[{ name: 'done', value: percent, color: 'var(--accent)' }]}
        />
      </div>
      {asked && (
        <CallDialog
          title={`Stop the ${kind} of ${migration}?`}
          act="Stop"
          look="danger"
          lateMs={endsWithinMs}
          done={`The ${kind} of ${migration} is stopped`}
          call={() => api.entanglement.stopJob({ migration, id: job.id })}
          onClose={() => setAsked(false)}
        >
          <p className="muted">
            {kind === 'copy'
              ? 'Rows that were written stay; modern lacks the others until it goes on.'
              : 'Rows that were repaired stay. Stopped, it proves nothing.'}{' '}
            It goes on with <code>{resume}</code>; who stopped it stands in the journal.
          </p>
        </CallDialog>
      )}
    </li>
  );
}

function verificationHead(job: Verification | Copy): string {
  return 'repair' in job && job.repair
    ? 'Both databases are compared and repaired'
    : 'Both databases are compared';
}

function percentOf(job: Verification | Copy): number {
  const done = 'rowsRead' in job ? job.rowsRead : job.rowsWritten;
  return job.rowsExpected > 0n ? Math.min(100, Number((done * 100n) / job.rowsExpected)) : 0;
}
