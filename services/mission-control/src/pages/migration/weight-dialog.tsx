import { percent } from '@chronos/cli/core/text/numbers.ts';
import type { GroupState, MigrationState } from '@chronos/proto/chronos/v1/migration_service_pb.js';
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
  const [share, setShare] = useState(shareOf(groups, chosen));
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
          <select
            value={group}
            onChange={({ target: { value } }) => {
              setGroup(value);
              setShare(shareOf(groups, value));
            }}
          >
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

/** What stands now; of all routes only where it is the same of each: whoever moves them says whereto. */
function shareOf(groups: readonly GroupState[], chosen: string): string {
  const shares = groups
    .filter(({ name }) => chosen === '' || name === chosen)
    .map((each) => each.modernPercent);
  return new Set(shares).size === 1 ? percent(shares[0] ?? 0) : '';
}
