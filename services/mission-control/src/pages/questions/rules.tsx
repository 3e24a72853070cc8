import { timestampMs } from '@bufbuild/protobuf/wkt';
import type { FieldRule } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { useState } from 'react';
import { useSession } from '../../api/session.tsx';
import { api } from '../../api/transport.ts';
import { usePages } from '../../api/use-pages.ts';
import { useQueryValue } from '../../router/location.ts';
import { CallDialog } from '../../shell/call-dialog.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState, ErrorState, Loading } from '../../ui/state.tsx';
import { Table } from '../../ui/table.tsx';

/** Rules in force that people answered or the judge learned; each can be revoked. `fresh` grows when there may be new ones. */
export function Rules({ migration, fresh }: { migration: string; fresh: number }) {
  const { mayChange } = useSession();
  const [revoked, setRevoked] = useQueryValue('revoked', '');
  const ended = revoked === 'shown';
  const [revoking, setRevoking] = useState<FieldRule>();
  const { items, error, busy, complete, more, reload } = usePages(
    `${migration} ${ended} ${fresh}`,
    async (pageToken, signal) => {
      const request = { migration, revoked: ended, pageSize: 100, pageToken };
      const { rules, nextPageToken } = await api.judgements.listRules(request, { signal });
      return { items: rules, next: nextPageToken };
    },
  );
  const aside = (
    <label>
      <input
        type="checkbox"
        checked={ended}
        onChange={(event) => setRevoked(event.target.checked ? 'shown' : '')}
      />{' '}
      with revoked ones
    </label>
  );
  return (
    <Panel title="Rules" aside={aside} flush>
      {error !== undefined && <ErrorState title="Rules cannot be read" detail={error} />}
      {items === undefined && error === undefined && <Loading what="rules" />}
      {items?.length === 0 && (
        <EmptyState title="No rule yet">Answers become rules; so does what the judge has learned.</EmptyState>
      )}
      {items !== undefined && items.length > 0 && (
        <Table
          label="Rules"
          rows={items}
          rowKey={({ id }) => id}
          columns={[
            { head: 'Accepts', cell: AcceptsCell },
            { head: 'Made by', cell: MadeCell },
            {
              head: '',
              right: true,
              cell: (rule) =>
                rule.revoked === undefined &&
                mayChange && <Button onClick={() => setRevoking(rule)}>Revoke …</Button>,
            },
          ]}
        />
      )}
      {items !== undefined && !complete && (
        <Button look="quiet" busy={busy} onClick={more}>
          More
        </Button>
      )}
      {revoking !== undefined && (
        <RevokeDialog
          migration={migration}
          rule={revoking}
          onClose={() => {
            setRevoking(undefined);
            reload();
          }}
        />
      )}
    </Panel>
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

function RevokeDialog({
  migration,
  rule,
  onClose,
}: {
  migration: string;
  rule: FieldRule;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  return (
    <CallDialog
      title={`Revoke the rule on ${rule.field}?`}
      act="Revoke"
      look="danger"
      done="The rule is revoked"
      call={() => api.judgements.revokeRule({ migration, ruleId: rule.id, reason })}
      onClose={onClose}
    >
      <p>{rule.sentence}</p>
      <p className="muted">
        What it accepted counts as a mismatch again, and the evidence of {rule.group} begins anew. An answered
        question opens again.
      </p>
      <Field label="Why">
        <input
          data-autofocus
          maxLength={1_000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
    </CallDialog>
  );
}
