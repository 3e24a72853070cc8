import { timestampMs } from '@bufbuild/protobuf/wkt';
import type { FieldRule } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import type { ApprovedDivergence } from '@chronos/proto/chronos/v1/migration_pb.js';
import { useState } from 'react';
import { useSession } from '../../api/session.tsx';
import { useQueryValue } from '../../router/location.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ReadAt } from '../../ui/read-at.tsx';
import { EmptyState, ErrorState, Loading } from '../../ui/state.tsx';
import { Table } from '../../ui/table.tsx';
import { ApprovedDivergences } from './approved.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';
import { useRules } from './use-rules.ts';

/**
 * Rules that people answered or the judge learned, and approved divergences, answered or `declared` in the migration file; those that are
 * not declared can be revoked.
 */
export function Rules({
  migration,
  declared,
}: {
  migration: string;
  declared: readonly ApprovedDivergence[];
}) {
  const { mayChange } = useSession();
  const [revoked, setRevoked] = useQueryValue('revoked', '');
  const ended = revoked === 'shown';
  const [revoking, setRevoking] = useState<FieldRule>();
  const { items, readAtMs, error, busy, complete, more, reload } = useRules(migration, ended);
  const rules = items?.filter(({ accepts }) => accepts.case !== 'expect');
  const expected = items?.filter(({ accepts }) => accepts.case === 'expect') ?? [];
  const revokeCell = (rule: FieldRule) =>
    rule.revoked === undefined && mayChange && <Button onClick={() => setRevoking(rule)}>Revoke …</Button>;
  const aside = (
    <>
      <ReadAt ms={readAtMs} />{' '}
      <label>
        <input
          type="checkbox"
          checked={ended}
          onChange={(event) => setRevoked(event.target.checked ? 'shown' : '')}
        />{' '}
        with revoked ones
      </label>
    </>
  );
  return (
    <>
      <Panel title="Rules" aside={aside} flush>
        {error !== undefined && (
          <ErrorState
            title="Rules cannot be read"
            detail={error}
            action={
              <Button busy={busy} onClick={reload}>
                Again
              </Button>
            }
          />
        )}
        {rules === undefined && error === undefined && <Loading what="rules" />}
        {rules?.length === 0 && error === undefined && (
          <EmptyState title="No rule yet">
            Answers become rules; so does what the judge has learned.
          </EmptyState>
        )}
        {rules !== undefined && rules.length > 0 && (
          <Table
            label="Rules"
            stacks
            rows={rules}
            rowKey={({ id }) => id}
            columns={[
              { head: 'Accepts', cell: AcceptsCell },
              { head: 'Made by', cell: MadeCell },
              { head: 'Ends', right: true, cell: revokeCell },
            ]}
          />
        )}
        {items !== undefined && error === undefined && !complete && (
          <Button look="quiet" busy={busy} onClick={more}>
            More
          </Button>
        )}
      </Panel>
      <ApprovedDivergences declared={declared} answered={expected} revokeCell={revokeCell} />
      {revoking !== undefined && (
        <RevokeDialog migration={migration} rule={revoking} onClose={() => setRevoking(undefined)} />
      )}
    </>
  );
}

function AcceptsCell({ route, field, sentence, revoked }: FieldRule) {
  return (
    <>
      {sentence}
      <br />
      <small className="muted">
        {route} <code>{field}</code>
      </small>
      {revoked !== undefined && (
        <small className="warn">
          {' '}
          <Badge tone="warn">revoked</Badge> by {revoked.actor}: {revoked.reason}
        </small>
      )}
    </>
  );
}

function MadeCell({ author, note, createdAt }: FieldRule) {
  const at =
    createdAt === undefined
      ? ''
      : new Date(timestampMs(createdAt)).toISOString().slice(0, 16).replace('T', ' ');
  return (
    <>
      {author === 'judge' ? 'learned by the judge' : author}
      <br />
      <small className="muted nowrap">{at}</small>
      {note !== '' && <small className="muted"> · {note}</small>}
    </>
  );
}
