import type { MigrationState } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { useState } from 'react';
import { useSession } from '../../api/session.tsx';
import { api } from '../../api/transport.ts';
import { useCall } from '../../api/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { useToast } from '../../ui/toast.tsx';
import { DeployDialog } from './deploy-dialog.tsx';
import { offered } from './offered.ts';
import { SealDialog } from './seal-dialog.tsx';
import { WeightDialog } from './weight-dialog.tsx';

type Open = 'weight' | 'deploy' | 'seal' | undefined;

/**
 * What an operator can do here, beside the kill switch that is on every page; with the route `chosen`, to that route alone. What makes no
 * sense now is not offered.
 */
export function Controls({ state, chosen }: { state: MigrationState; chosen: string }) {
  const { mayChange } = useSession();
  const [open, setOpen] = useState<Open>();
  const { busy, run } = useCall();
  const say = useToast();
  const name = state.spec?.name ?? '';
  const who = chosen === '' ? name : `${chosen} of ${name}`;
  const request = { name, group: chosen };
  const { start, pause, resume, weight, seal } = offered(state, chosen);
  const call = (words: string, act: () => Promise<unknown>) =>
    run(async () => {
      try {
        await act();
        say(words, 'good');
      } catch (error) {
        say(error instanceof Error ? error.message : String(error), 'bad');
      }
    });
  if (state.sealed !== undefined) return null;
  if (!mayChange) return <p className="muted controls">You look on: operators act.</p>;
  return (
    <div className="controls">
      {start !== undefined && (
        <Button
          look="primary"
          busy={busy}
          onClick={() => call(`${who} is started`, () => api.migrations.startMigration(request))}
        >
          {start}
        </Button>
      )}
      {pause && (
        <Button
          busy={busy}
          onClick={() => call(`${who} is paused`, () => api.migrations.pauseMigration(request))}
        >
          Pause
        </Button>
      )}
      {resume && (
        <Button
          look="primary"
          busy={busy}
          onClick={() => call(`${who} goes on`, () => api.migrations.resumeMigration(request))}
        >
          Resume
        </Button>
      )}
      {weight && <Button onClick={() => setOpen('weight')}>Weight …</Button>}
      <Button onClick={() => setOpen('deploy')}>Deploy …</Button>
      {seal && (
        <Button look="primary" onClick={() => setOpen('seal')}>
          Seal …
        </Button>
      )}
      {open === 'weight' && <WeightDialog state={state} chosen={chosen} onClose={() => setOpen(undefined)} />}
      {open === 'deploy' && <DeployDialog state={state} onClose={() => setOpen(undefined)} />}
      {open === 'seal' && <SealDialog name={name} onClose={() => setOpen(undefined)} />}
    </div>
  );
}
