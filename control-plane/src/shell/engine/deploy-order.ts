import { DomainError } from '../../core/domain-error.ts';
import { type MigrationRecord, servingDeployment, type UniverseName } from '../../core/model.ts';
import type { Engine } from './engine.ts';

/** A build of the migration file, or a service that someone else runs. */
export type Target =
  | { readonly kind: 'build'; readonly name: string }
  | { readonly kind: 'address'; readonly address: string };

export interface DeployOrder {
  readonly migration: string;
  readonly universe: UniverseName;
  readonly target: Target;
  readonly actor: string;
  readonly reason: string;
  /** The remediation policy deploys: killed groups go back to shadow. */
  readonly remediation: boolean;
  /** Also after the seal. */
  readonly force: boolean;
}

/** @throws DomainError `refused`, `not-found` or `unavailable` when this cannot or should not be deployed here and now. */
export function requireDeployable(engine: Engine, record: MigrationRecord, order: DeployOrder): void {
  if (record.sealed !== undefined) requireForce(record, order);
  if (order.target.kind === 'build') requireBuild(engine, record, order.universe, order.target.name);
}

/** What a universe begins with: its first build, or its address. */
export function firstTarget(record: MigrationRecord, universe: UniverseName): Target {
  const declared = record.spec[universe];
  const first = declared?.builds[0];
  if (first !== undefined) return { kind: 'build', name: first.name };
  return { kind: 'address', address: declared?.address ?? '' };
}

function requireForce(record: MigrationRecord, { universe, target, force }: DeployOrder): void {
  if (universe === 'legacy') throw new DomainError('refused', 'the legacy is sealed; there is no way back');
  if (force) return;
  const wanted = target.kind === 'build' ? target.name : target.address;
  const serves = servingDeployment(record, 'modern')?.build ?? 'nothing';
  throw new DomainError(
    'refused',
    `the legacy is sealed: ${wanted} would answer every client at once, nothing would compare what it answers, and there is no legacy to go back to; ${serves} serves now → to deploy it all the same: chronos deploy --force --reason …`,
  );
}

function requireBuild(engine: Engine, record: MigrationRecord, universe: UniverseName, build: string): void {
  const declared = record.spec[universe]?.builds.map(({ name }) => name) ?? [];
  if (!declared.includes(build)) {
    const has = declared.length === 0 ? 'no builds' : declared.join(', ');
    throw new DomainError('not-found', `${universe} has no build "${build}"; the migration declares ${has}`);
  }
  if (engine.builds === undefined) {
    throw new DomainError(
      'unavailable',
      'this control plane starts no builds: RUNTIME_SOCKET is not set; deploy an address',
    );
  }
}
