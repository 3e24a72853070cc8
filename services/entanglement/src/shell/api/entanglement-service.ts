import { create } from '@bufbuild/protobuf';
import { timestampFromMs, timestampMs } from '@bufbuild/protobuf/wkt';
import type { Queryable } from '@chronos/control-plane/shell/store/database.ts';
import {
  CaptureStateSchema,
  type Copy,
  type EntanglementService,
  EntanglementStateSchema,
  JobState,
  SinceVerificationSchema,
  type StartCopyRequest,
  type StartVerificationRequest,
  type Verification,
} from '@chronos/proto/chronos/v1/entanglement_service_pb.js';
import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';
import { Universe as WireUniverse } from '@chronos/proto/events/v1/exchange_pb.js';
import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import { universeNumbers } from '../capture/capture-options.ts';
import type { ChangeFeed } from '../capture/change-feed.ts';
import { CopyJob, type TellCheck } from '../copy/copy-job.ts';
import { journalledRows, refuseFilled, TargetNotEmptyError } from '../copy/refuse-filled.ts';
import { listRepairs } from '../repair/list-repairs.ts';
import { JobStore } from '../store/job-store.ts';
import { provenEqual } from '../store/unread-spans.ts';
import { VerificationJob } from '../verify/verification-job.ts';
import { type EntangledMigrations, type OpenDatabases, universeOf } from './entangled.ts';
import { RunningJobs } from './running-jobs.ts';
import { followLegacy } from './start-copy.ts';
import {
  directRepair,
  type Reconciling,
  reconciledRepair,
  suspectTimes,
  type Watermark,
} from './start-verification.ts';
import { mappingOf, stoppedJob } from './stopped-job.ts';
import type { CaptureView } from './views.ts';

export interface EntanglementApi {
  readonly migrations: EntangledMigrations;
  /** What the captures read. */
  readonly changes: ChangeFeed;
  /** How the captures of a migration stand, legacy first. */
  readonly captures: (migration: string) => Promise<readonly CaptureView[]>;
  /** Version of the specification that they were made for; 0: there are none. */
  readonly revision: (migration: string) => bigint;
  readonly watermark: Watermark;
  readonly state: Queryable;
  /** The reconciler's journalled repairs of a migration, by the universe that answers now; undefined where it has none. */
  readonly reconciler: (migration: string) => Reconciling | undefined;
  readonly log: (line: string) => void;
  readonly nowMs: () => number;
}

/** What {@link entanglementService} gives beside its methods: its jobs, to be ended with the process. */
export interface ServedEntanglement {
  readonly service: ServiceImpl<typeof EntanglementService>;
  stop(): Promise<void>;
}

/** EntanglementService over the databases of this process' migrations. */
export function entanglementService(api: EntanglementApi): ServedEntanglement {
  const verifications = new RunningJobs<Verification>('verification', api.log);
  const copies = new RunningJobs<Copy>('copy', api.log);
  const verified = JobStore.verifications(api.state);
  const copied = JobStore.copies(api.state);
  /** Transactions captured when a verification of this process ended, by its id. */
  const capturedAt = new Map<string, bigint>();
  const captured = async (migration: string) =>
    (await api.captures(migration)).reduce((sum, { transactions }) => sum + transactions, 0n);

  const baseOf = (spec: Migration) => ({ mapping: mappingOf(spec), savedAtMs: api.nowMs() });

  const startVerification = async (request: StartVerificationRequest): Promise<Verification> => {
    const { migration } = request;
    const { spec } = api.migrations.spec(migration);
    verifications.refuseSecond(migration);
    // Both would write the same rows.
    if (request.repair) copies.refuseSecond(migration);
    const authority =
      universeOf(request.authority) ?? (request.repair ? api.migrations.authority(migration) : 'legacy');
    const resumed = request.resume
      ? await stoppedJob('verification', verified.newest(migration), spec, api.nowMs())
      : undefined;
    const databases = await api.migrations.open(migration);
    const reconciler = api.reconciler(migration);
    const settleCases = reconciler?.verifying?.();
    const names = resumed?.message.entities.map(({ entity }) => entity) ?? request.entities;
    // Who names the authority may mean another than the reconciler's.
    const isSaid = request.authority !== WireUniverse.UNSPECIFIED;
    const repairs =
      reconciler && !isSaid
        ? reconciledRepair(reconciler, databases.sides, authority)
        : directRepair(databases, authority);
    const options = {
      migration,
      rowsPerSecond: request.rowsPerSecond,
      times: suspectTimes(spec, api.watermark),
      ...(request.repair && repairs),
    };
    const job = new VerificationJob(
      await closingOnError(databases, () => named(databases.entities, names)),
      databases.sides,
      options,
      async (state, position, ended) => {
        await verified.write(state, { ...position, ...baseOf(spec) }, ended);
        const { startedAt, entities } = state;
        const isProof = ended && state.state === JobState.CLEAN && startedAt !== undefined;
        if (isProof && entities.length === databases.entities.length)
          await provenEqual(api.state, migration, timestampMs(startedAt));
      },
      resumed && { job: resumed.message, position: resumed.position },
    );
    const close = async () => {
      try {
        await settleCases?.({ by: job.state.id, isSaid: isSaid && request.repair, ...job.found });
        capturedAt.set(job.state.id, await captured(migration));
      } finally {
        await databases.close();
      }
    };
    return verifications.start(migration, job, close, databases.cancel);
  };

  const refuseFilledTables = async (migration: string, { entities, sides }: OpenDatabases) => {
    try {
      await refuseFilled(entities, sides.modern, journalledRows(api.state, migration));
    } catch (error) {
      if (!(error instanceof TargetNotEmptyError)) throw error;
      const before = await copied.newest(migration);
      const hint = before?.ended === false ? '; a copy that was stopped goes on with --resume' : '';
      throw new ConnectError(`${error.message}${hint}`, Code.FailedPrecondition);
    }
  };

  const startCopy = async (request: StartCopyRequest): Promise<Copy> => {
    const { migration } = request;
    const { spec } = api.migrations.spec(migration);
    copies.refuseSecond(migration);
    verifications.refuseSecond(migration);
    if (api.migrations.modernAnswers(migration))
      throw new ConnectError(
        'modern answers the clients: a copy from legacy would put its rows back',
        Code.FailedPrecondition,
      );
    const resumed = request.resume
      ? await stoppedJob('copy', copied.newest(migration), spec, api.nowMs())
      : undefined;
    const databases = await api.migrations.open(migration);
    const { entities, sides, pools, pairs, prefixes } = databases;
    if (resumed === undefined && !request.intoFilled)
      await closingOnError(databases, () => refuseFilledTables(migration, databases));
    const following = followLegacy(migration, databases, api.changes, suspectTimes(spec, api.watermark), () =>
      api.migrations.isDraft(migration),
    );
    const { follow, times } = following;
    const catchUp = async (signal: AbortSignal, tell: TellCheck) => {
      const repairs = directRepair(databases, 'legacy');
      const { rowsPerSecond } = request;
      const check = new VerificationJob(
        entities,
        sides,
        { migration, rowsPerSecond, times, ...repairs, beyondLimit: 'repaired' },
        async () => {},
      );
      tell(check.state);
      await check.run(signal);
      return check.state;
    };
    const { rowsPerSecond, intoFilled } = request;
    const job = new CopyJob(
      entities,
      sides,
      {
        migration,
        target: pools.modern,
        prefix: prefixes.copy,
        pairs,
        rowsPerSecond,
        intoFilled,
        catchUp,
        follow,
      },
      (state, position, ended) => copied.write(state, { ...position, ...baseOf(spec) }, ended),
      resumed && { job: resumed.message, position: resumed.position },
    );
    api.reconciler(migration)?.copying?.(() => job.state);
    return copies.start(migration, job, async () => {
      following.end();
      await databases.close();
    });
  };

  const service: ServiceImpl<typeof EntanglementService> = {
    async getEntanglement({ migration }) {
      api.migrations.spec(migration);
      const observedAt = timestampFromMs(api.nowMs());
      const last = (await verified.newest(migration, 'ended'))?.message;
      const lastCopy = (await copied.newest(migration, 'ended'))?.message;
      const views = await api.captures(migration);
      const running = verifications.of(migration);
      const runningCopy = copies.of(migration);
      const at = capturedAt.get(last?.id ?? '');
      return create(EntanglementStateSchema, {
        migration,
        revision: api.revision(migration),
        observedAt,
        captures: views.map((view) =>
          create(CaptureStateSchema, { ...view, universe: universeNumbers[view.universe] }),
        ),
        ...(last && {
          lastVerification: last,
          sinceVerification: create(SinceVerificationSchema, {
            ageSeconds: last.endedAt === undefined ? 0 : (api.nowMs() - timestampMs(last.endedAt)) / 1_000,
            ...(at !== undefined && { transactions: (await captured(migration)) - at }),
          }),
        }),
        ...(running && { runningVerification: running }),
        ...(runningCopy && { runningCopy }),
        ...(lastCopy && { lastCopy }),
      });
    },
    startVerification,
    async *watchVerification({ migration }, { signal }) {
      if (verifications.of(migration) !== undefined) yield* verifications.watch(migration, signal);
      else yield await leftBy(verified.newest(migration), migration);
    },
    startCopy,
    async *watchCopy({ migration }, { signal }) {
      if (copies.of(migration) !== undefined) yield* copies.watch(migration, signal);
      else yield await leftBy(copied.newest(migration), migration);
    },
    async listRepairs(request) {
      api.migrations.spec(request.migration);
      return listRepairs(api.state, request);
    },
    async stopJob({ migration, id }) {
      if ((await verifications.stop(migration, id)) || (await copies.stop(migration, id))) return {};
      throw new ConnectError(`no verification or copy ${id} of ${migration} runs`, Code.NotFound);
    },
  };
  return {
    service,
    stop: async () => {
      await Promise.all([verifications.stopAll(), copies.stopAll()]);
    },
  };
}

/** What a job left that does not run here now: one stored as running was cut off with its process. */
async function leftBy<M extends Verification | Copy>(
  newest: Promise<{ readonly message: M } | undefined>,
  migration: string,
): Promise<M> {
  const job = await newest;
  if (job === undefined) throw new ConnectError(`there was none of ${migration} yet`, Code.NotFound);
  if (job.message.state === JobState.RUNNING) job.message.state = JobState.STOPPED;
  return job.message;
}

/** @throws ConnectError `invalid_argument` for names that are no entity's. */
function named(entities: readonly CompiledEntity[], names: readonly string[]): readonly CompiledEntity[] {
  const unknown = names.find((name) => !entities.some((entity) => entity.name === name));
  if (unknown !== undefined)
    throw new ConnectError(
      `there is no entity ${unknown}; accepted: ${entities.map(({ name }) => name).join(', ')}`,
      Code.InvalidArgument,
    );
  return names.length === 0 ? entities : entities.filter(({ name }) => names.includes(name));
}

async function closingOnError<T>(databases: OpenDatabases, make: () => T | Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    await databases.close();
    throw error;
  }
}
