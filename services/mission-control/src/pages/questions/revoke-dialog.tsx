import type { FieldRule } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { useState } from 'react';
import { api } from '../../api/transport.ts';
import { CallDialog } from '../../shell/call-dialog.tsx';
import { Field } from '../../ui/field.tsx';

/** Ends a rule: what it accepts, what follows, and why, for the journal. */
export function RevokeDialog({
  migration,
  rule,
  onClose,
}: {
  migration: string;
  rule: FieldRule;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const what = rule.accepts.case === 'expect' ? 'approved divergence' : 'rule';
  return (
    <CallDialog
      title={`Revoke the ${what} on ${rule.field}?`}
      act="Revoke"
      look="danger"
      done={`The ${what} is revoked`}
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
