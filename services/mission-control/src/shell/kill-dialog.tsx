import type { KillMigrationResponse } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { useEffect, useState } from 'react';
import { api } from '../api/transport.ts';
import { useCall } from '../api/use-call.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { useChosenGroup } from './chosen-group.ts';
import { KillResult } from './kill-result.tsx';
import { clientsOf, killedTitle } from './kill-words.ts';

/** One confirmation, then what happened. The first migration and the page's route are preset; Enter kills, Escape leaves. */
export function KillDialog({ migrations, onClose }: { migrations: readonly string[]; onClose: () => void }) {
  const [migration, setMigration] = useState(migrations[0] ?? '');
  const [picked, pick] = useState<string>();
  const chosen = useChosenGroup();
  const [done, setDone] = useState<{ readonly group: string; readonly killed: KillMigrationResponse }>();
  const { busy, error, run } = useCall();
  const groups = useGroups(migration);
  // Until its routes are known a migration is killed whole; the address may name one that is gone.
  const group = picked ?? (groups.length > 1 && groups.includes(chosen) ? chosen : '');
  const kill = () =>
    run(async () => {
      const reason = 'killed in Mission Control';
      setDone({ group, killed: await api.migrations.killMigration({ name: migration, group, reason }) });
    });
  if (done !== undefined) {
    return (
      <Dialog title={killedTitle(migration, done.group, done.killed)} onClose={onClose} tone="danger">
        <KillResult killed={done.killed} />
        <DialogActions>
          <Button data-autofocus onClick={onClose}>
            Close
          </Button>
        </DialogActions>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={`Send every client of ${clientsOf(migration, group)} back to legacy?`}
      onClose={onClose}
      tone="danger"
    >
      <p className="muted">
        Modern answers none of them from then on. Mirroring goes on, the evidence stays, and you can start
        again.
      </p>
      {migrations.length > 1 && (
        <Field label="Migration">
          <select
            value={migration}
            onChange={(event) => {
              setMigration(event.target.value);
              pick(undefined);
            }}
          >
            {migrations.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </Field>
      )}
      {groups.length > 1 && (
        <Field label="Routes">
          <select value={group} onChange={(event) => pick(event.target.value)}>
            <option value="">all</option>
            {groups.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </Field>
      )}
      {error !== undefined && (
        <p className="bad" role="alert">
          Not killed: {error}
        </p>
      )}
      <DialogActions>
        <Button onClick={onClose}>
          Cancel <KeyHint keys="Esc" />
        </Button>
        <Button look="danger" data-autofocus busy={busy} onClick={kill}>
          {busy ? 'Killing …' : 'Kill now'} <KeyHint keys="⏎" />
        </Button>
      </DialogActions>
    </Dialog>
  );
}

const none: readonly string[] = [];

/** The routes that can be killed alone; asked for beside, so that the dialog never waits. */
function useGroups(migration: string): readonly string[] {
  const [groups, setGroups] = useState<readonly string[]>(none);
  useEffect(() => {
    let current = true;
    setGroups(none);
    api.migrations.getMigration({ name: migration }).then(
      ({ state }) => {
        if (current) setGroups(state?.groups.filter((g) => !g.stayOnLegacy).map((g) => g.name) ?? []);
      },
      // All routes can be killed without their names.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [migration]);
  return groups;
}
