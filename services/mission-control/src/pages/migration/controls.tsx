import type { MigrationState } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { useState } from 'react';
import { useSession } from '../../api/session.tsx';
import { api } from '../../api/transport.ts';
import { longCallMs, useCall } from '../../shell/use-call.ts';
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
  const { busy, error, run } = useCall();
  const say = useToast();
  const name = state.spec?.name ?? '';
  const who = chosen === '' ? name : `${chosen} of ${name}`;
  const request = { name, group: chosen };
  const { start, pause, resume, weight, seal } = offered(state, chosen);
  const call = async (what: string, done: string, act: () => Promise<unknown>, lateMs?: number) => {
    if (await run(`${what} ${who}`, act, lateMs)) say(`${who} ${done}`, 'good');
  };
  if (state.sealed !== undefined) return null;
  if (!mayChange) return <p className="muted controls">You look on: operators act.</p>;
  return (
    <div className="controls">
      {start !== undefined && (
        <Button
          look="primary"
          busy={busy}
          onClick={() =>
            call('Start', 'is started', () => api.migrations.startMigration(request), longCallMs)
          }
        >
          {start}
        </Button>
      )}
      {pause && (
        <Button
          busy={busy}
          onClick={() => call('Pause', 'is paused', () => api.migrations.pauseMigration(request))}
        >
          Pause
        </Button>
      )}
      {resume && (
        <Button
          look="primary"
          busy={busy}
          onClick={() => call('Resume', 'goes on', () => api.migrations.resumeMigration(request))}
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
      <p className="bad" role="alert">
        {error}
      </p>
      {open === 'weight' && <WeightDialog state={state} chosen={chosen} onClose={() => setOpen(undefined)} />}
      {open === 'deploy' && <DeployDialog state={state} onClose={() => setOpen(undefined)} />}
      {open === 'seal' && <SealDialog name={name} onClose={() => setOpen(undefined)} />}
    </div>
  );
}
