import { type MigrationState, UniverseName } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { useState } from 'react';
import { api } from '../../api/transport.ts';
import { CallDialog } from '../../shell/call-dialog.tsx';
import { longCallMs } from '../../shell/use-call.ts';
import { Field } from '../../ui/field.tsx';

/** Another build of a universe, without a failed request. The evidence begins anew with it. */
export function DeployDialog({ state, onClose }: { state: MigrationState; onClose: () => void }) {
  const [universe, setUniverse] = useState(UniverseName.MODERN);
  const spec = universe === UniverseName.LEGACY ? state.spec?.legacy : state.spec?.modern;
  const builds = spec?.builds.map((build) => build.name) ?? [];
  const [what, setWhat] = useState(builds.at(-1) ?? spec?.address ?? '');
  const migration = state.spec?.name ?? '';
  const choose = (next: UniverseName) => {
    const other = next === UniverseName.LEGACY ? state.spec?.legacy : state.spec?.modern;
    setUniverse(next);
    setWhat(other?.builds.at(-1)?.name ?? other?.address ?? '');
  };
  const request =
    builds.length > 0 ? { case: 'build' as const, value: what } : { case: 'address' as const, value: what };
  return (
    <CallDialog
      title="Deploy"
      act="Deploy"
      lateMs={longCallMs}
      done={`${what} serves`}
      call={() => api.deployments.deploy({ migration, universe, what: request })}
      onClose={onClose}
    >
      <p className="muted">
        It starts beside the running one, takes over once it is healthy, and the old one drains: no request
        fails. Its evidence begins at zero.
      </p>
      <Field label="Universe">
        <select value={universe} onChange={(event) => choose(Number(event.target.value))}>
          <option value={UniverseName.MODERN}>modern</option>
          <option value={UniverseName.LEGACY}>legacy</option>
        </select>
      </Field>
      {builds.length > 0 ? (
        <Field label="Build">
          <select data-autofocus value={what} onChange={(event) => setWhat(event.target.value)}>
            {builds.map((build) => (
              <option key={build}>{build}</option>
            ))}
          </select>
        </Field>
      ) : (
        <Field label="Address" hint="host:port of a service that runs already">
          <input data-autofocus required value={what} onChange={(event) => setWhat(event.target.value)} />
        </Field>
      )}
    </CallDialog>
  );
}
