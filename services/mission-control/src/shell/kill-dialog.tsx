import type { MigrationState } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { useEffect, useState } from 'react';
import { link } from '../api/live.ts';
import { migrationTopic } from '../api/topics.ts';
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
 * One confirmation, then what happened. The page's migration and route are preset (of several migrations none: a wrong one would be killed);
 * Enter kills, Escape leaves: a kill that is under way goes on, and is found here again.
 */
export function KillDialog({ migrations, onClose }: { migrations: readonly string[]; onClose: () => void }) {
  const [only = '', ...others] = migrations;
  const [migration, setMigration] = useState(others.length === 0 ? only : '');
  const [picked, pick] = useState<string>();
  const chosen = useChosenGroup();
  const groups = useGroups(migration);
  // The address may name a route that is gone. Until it is known which there are, what it names is killed and no other.
  const there = groups === undefined || (groups.length > 1 && groups.includes(chosen));
  const group = picked ?? (there ? chosen : '');
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
      ? `Send every client of ${migration === '' ? '…' : clientsOf(migration, group)} back to legacy?`
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
              none={migration === '' ? 'choose one' : undefined}
              focused
              onChoose={(name) => {
                setMigration(name);
                pick(undefined);
              }}
            />
          )}
          {groups !== undefined && groups.length > 1 && (
            <Choice label="Routes" value={group} options={groups} none="all" onChoose={pick} />
          )}
          <p className="kill-trouble bad" role="alert">
            {troubleOf(standing)}
          </p>
          <DialogActions>
            <Button onClick={close}>
              Cancel <KeyHint keys="Esc" />
            </Button>
            <Button
              look="danger"
              data-autofocus={migration === '' ? undefined : true}
              busy={busy}
              disabled={migration === ''}
              onClick={kill}
            >
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
  none,
  focused,
  onChoose,
}: {
  label: string;
  value: string;
  options: readonly string[];
  /** The word for no choice, where none can be chosen. */
  none?: string | undefined;
  /** It has the focus first. */
  focused?: boolean;
  onChoose: (value: string) => void;
}) {
  return (
    <Field label={label}>
      <select
        data-autofocus={focused || undefined}
        value={value}
        onChange={(event) => onChoose(event.target.value)}
      >
        {none !== undefined && <option value="">{none}</option>}
        {options.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </Field>
  );
}

/** The routes that can be killed alone: known where the page watches the migration, else asked for beside, so that the dialog never waits. */
function useGroups(migration: string): readonly string[] | undefined {
  const watched = link.value(migrationTopic(migration))?.state;
  const known = watched !== undefined;
  const [read, setRead] = useState<{ readonly of: string; readonly state: MigrationState | undefined }>();
  useEffect(() => {
    if (known || migration === '') return;
    let current = true;
    api.migrations.getMigration({ name: migration }).then(
      ({ state }) => {
        if (current) setRead({ of: migration, state });
      },
      // What is preset can be killed without their names.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [migration, known]);
  const state = watched ?? (read?.of === migration ? read.state : undefined);
  return state?.groups.filter((group) => !group.stayOnLegacy).map((group) => group.name);
}
