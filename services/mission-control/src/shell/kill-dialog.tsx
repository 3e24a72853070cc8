import { useEffect, useState } from 'react';
import { api } from '../api/transport.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { useChosenGroup } from './chosen-group.ts';
import { KillResult } from './kill-result.tsx';
import { lateAfterMs, type Standing, throwOf } from './kill-switch.ts';
import { clientsOf, killedTitle } from './kill-words.ts';
import { killSwitch, useThrows } from './use-kill-switch.ts';

/**
 * One confirmation, then what happened. The first migration and the page's route are preset; Enter kills, Escape leaves: a kill that is under
 * way goes on, and is found here again.
 */
export function KillDialog({ migrations, onClose }: { migrations: readonly string[]; onClose: () => void }) {
  const [migration, setMigration] = useState(migrations[0] ?? '');
  const [picked, pick] = useState<string>();
  const chosen = useChosenGroup();
  const groups = useGroups(migration);
  // Until its routes are known a migration is killed whole; the address may name one that is gone.
  const group = picked ?? (groups.length > 1 && groups.includes(chosen) ? chosen : '');
  const target = { migration, group };
  const standing = throwOf(useThrows(), target)?.standing;
  const busy = standing?.kind === 'asked';
  const kill = () => {
    // Routes that become known now change nothing any more.
    pick(group);
    killSwitch.throw(target);
  };
  const close = () => {
    killSwitch.read(target);
    onClose();
  };
  const done = standing?.kind === 'done' ? standing.killed : undefined;
  const title =
    done === undefined
      ? `Send every client of ${clientsOf(migration, group)} back to legacy?`
      : killedTitle(migration, group, done);
  return (
    <Dialog title={title} onClose={close} tone="danger" step={done === undefined ? 'ask' : 'told'}>
      {done === undefined ? (
        <>
          <p className="muted">
            Modern answers none of them from then on. Mirroring goes on, the evidence stays, and you can start
            again.
          </p>
          {migrations.length > 1 && (
            <Choice
              label="Migration"
              value={migration}
              options={migrations}
              onChoose={(name) => {
                setMigration(name);
                pick(undefined);
              }}
            />
          )}
          {groups.length > 1 && (
            <Choice label="Routes" value={group} options={groups} all="all" onChoose={pick} />
          )}
          <p className="kill-trouble bad" role="alert">
            {troubleOf(standing)}
          </p>
          <DialogActions>
            <Button onClick={close}>
              Cancel <KeyHint keys="Esc" />
            </Button>
            <Button look="danger" data-autofocus busy={busy} onClick={kill}>
              {busy ? 'Killing …' : standing === undefined ? 'Kill now' : 'Kill again'} <KeyHint keys="⏎" />
            </Button>
          </DialogActions>
        </>
      ) : (
        <>
          <KillResult killed={done} id="kill-result" />
          <DialogActions>
            <Button data-autofocus aria-describedby="kill-result" onClick={close}>
              Close
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}

function troubleOf(standing: Standing | undefined): string | undefined {
  if (standing?.kind === 'failed') return `Not killed: ${standing.error}`;
  if (standing?.kind === 'late')
    return `No answer for ${lateAfterMs / 1_000} s: it is not known whether the clients are back on legacy. The answer is still waited for, here and after this is closed.`;
  return undefined;
}

function Choice({
  label,
  value,
  options,
  all,
  onChoose,
}: {
  label: string;
  value: string;
  options: readonly string[];
  /** The word for no choice. */
  all?: string;
  onChoose: (value: string) => void;
}) {
  return (
    <Field label={label}>
      <select value={value} onChange={(event) => onChoose(event.target.value)}>
        {all !== undefined && <option value="">{all}</option>}
        {options.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </Field>
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
