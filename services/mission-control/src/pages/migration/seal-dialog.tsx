import { useState } from 'react';
import { api } from '../../api/transport.ts';
import { CallDialog } from '../../shell/call-dialog.tsx';
import { longCallMs } from '../../shell/use-call.ts';
import { Field } from '../../ui/field.tsx';

/** The one thing without a way back: the migration's name has to be typed. */
export function SealDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  return (
    <CallDialog
      title="Seal legacy in its Time Capsule?"
      act="Seal"
      lateMs={longCallMs}
      look="danger"
      ready={typed === name}
      done="Legacy is sealed"
      call={() => api.migrations.sealMigration({ name })}
      onClose={onClose}
    >
      <p className="muted">Legacy ends, and with it the way back: there is no kill switch any more.</p>
      <Field label={`Type ${name} to confirm`}>
        <input
          data-autofocus
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </Field>
    </CallDialog>
  );
}
