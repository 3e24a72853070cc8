import { percent } from '@chronos/cli/core/text/numbers.ts';
import type { MigrationState } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { useState } from 'react';
import { api } from '../../api/transport.ts';
import { CallDialog } from '../../shell/call-dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { weightHint } from './offered.ts';
import { movingGroups } from './which-group.ts';

/** Modern's share by hand: up to a step whose gate is open, or down to anything. The server holds the gate. */
export function WeightDialog({
  state,
  chosen,
  onClose,
}: {
  state: MigrationState;
  chosen: string;
  onClose: () => void;
}) {
  const groups = movingGroups(state);
  const [group, setGroup] = useState(chosen);
  const preset = groups.find((each) => each.name === chosen) ?? groups[0];
  const [share, setShare] = useState(percent(preset?.modernPercent ?? 0));
  const name = state.spec?.name ?? '';
  return (
    <CallDialog
      title="Modern's share of the customers"
      act="Set"
      done={`Modern's share is ${share} %`}
      call={() => api.migrations.setWeight({ name, group, percent: Number(share) })}
      onClose={onClose}
    >
      {groups.length > 1 && (
        <Field label="Routes">
          <select value={group} onChange={(event) => setGroup(event.target.value)}>
            <option value="">all</option>
            {groups.map((each) => (
              <option key={each.name}>{each.name}</option>
            ))}
          </select>
        </Field>
      )}
      <Field label="Percent" hint={weightHint(state)}>
        <input
          data-autofocus
          type="number"
          min={0}
          max={100}
          step={0.01}
          required
          value={share}
          onChange={(event) => setShare(event.target.value)}
        />
      </Field>
    </CallDialog>
  );
}
