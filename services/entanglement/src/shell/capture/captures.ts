/** All captures of this process: made, changed and removed as migrations are. */
import { toBinary } from '@bufbuild/protobuf';
import { timestampMs } from '@bufbuild/protobuf/wkt';
import type { Queryable } from '@chronos/control-plane/shell/store/database.ts';
import { type Entanglement, EntanglementSchema } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';
import { retainedLimitBytes, type UniverseName, wantedOf } from '../../core/change/declared.ts';
import { entitySide } from '../../core/change/entity-side.ts';
import { compileEntities, MappingError, tablesOf } from '../../core/mapping/compile.ts';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import { quietMs } from '../../core/quiet.ts';
import { catalogOf } from '../catalog-of.ts';
import { Stopped } from '../cdc/stopped.ts';
import { mappingProblems } from '../mapping-problems.ts';
import type { CaptureFigures } from '../metrics.ts';
import { CaptureStore } from '../store/capture-store.ts';
import { AfterSeal } from './after-seal.ts';
import type { CaptureDeps, CaptureOptions } from './capture-options.ts';
import type { FollowedMigration } from './migrations.ts';
import { type MigrationPort, UniverseCapture } from './universe-capture.ts';

const universes: readonly UniverseName[] = ['legacy', 'modern'];

export interface DatabaseAccess {
  readonly url: string;
  /** Chronos made it for this run. */
  readonly owned: boolean;
}

/** Where the databases are: by migration and universe. */
export type FindDatabase = (migration: string, universe: UniverseName) => DatabaseAccess | undefined;

export interface CapturesOptions {
  readonly deps: CaptureDeps;
  readonly state: Queryable;
  readonly databaseOf: FindDatabase;
  /** Keyed hash of a migration's sensitive values. */
  readonly maskOf: (migration: string) => (text: string) => string;
}

interface Entry {
  /** What the captures were made for. */
  readonly made: string;
  /** The newest version of the specification that asks for just these. */
  readonly revision: bigint;
  readonly captures: readonly UniverseCapture[];
}

export class Captures {
  readonly #options: CapturesOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #told = new Set<string>();
  readonly #afterSeal: AfterSeal;

  constructor(options: CapturesOptions) {
    this.#options = options;
    this.#afterSeal = new AfterSeal(options.deps.log, options.deps.nowUs);
  }

  get all(): readonly UniverseCapture[] {
    return [...this.#entries.values()].flatMap(({ captures }) => captures);
  }

  /** Version of a migration's specification that its captures were made for; 0 without captures. */
  revisionOf(migration: string): bigint {
    return this.#entries.get(migration)?.revision ?? 0n;
  }

  figures(): CaptureFigures[] {
    const now = this.#options.deps.nowUs();
    return this.all.map(({ status, options }) => ({
      migration: options.wanted.migration,
      universe: options.universe,
      retainedBytes: status.retainedBytes,
      limitBytes: retainedLimitBytes(options.entanglement),
      lagSeconds: status.heartbeatAtUs === undefined ? undefined : Number(now - status.heartbeatAtUs) / 1e6,
      streaming: status.state === 'streaming',
      lateTags: status.lateTags,
      secondTags: status.secondTags,
    }));
  }

  /** Brings the captures in line with the migrations as they are now. */
  async follow(migrations: readonly FollowedMigration[]): Promise<void> {
    for (const migration of migrations) {
      const { spec, sealed, revision } = migration.state;
      if (spec === undefined) continue;
      const entry = this.#entries.get(spec.name);
      if (spec.entanglement === undefined) {
        this.#entries.delete(spec.name);
        if (entry !== undefined) await this.#afterSeal.remove(entry.captures);
        continue;
      }
      if (sealed !== undefined) {
        await this.#sealed(spec, spec.entanglement, migration);
        continue;
      }
      const made = madeFor(spec, spec.entanglement);
      if (entry?.made === made) {
        this.#entries.set(spec.name, { ...entry, revision });
        continue;
      }
      await Promise.all(entry?.captures.map((capture) => capture.stop()) ?? []);
      const captures = this.#make(spec, spec.entanglement, migration);
      this.#entries.set(spec.name, { made, revision, captures });
      for (const capture of captures) capture.start();
    }
  }

  /** Ends all; slots stay but those of sealed migrations. */
  async stop(): Promise<void> {
    await this.#afterSeal.stop();
    await Promise.all(this.all.map((capture) => capture.stop()));
  }

  /** Its last requests are still judged, by both databases: the captures end when the join deadline has passed for them, too. */
  async #sealed(spec: Migration, entanglement: Entanglement, migration: FollowedMigration): Promise<void> {
    const { name } = spec;
    if (this.#afterSeal.has(name)) return;
    const sealedAt = migration.state.sealed?.at;
    const graceMs = sealedAt === undefined ? 0 : timestampMs(sealedAt) + quietMs(spec) - Date.now();
    const captures = this.#entries.get(name)?.captures ?? this.#make(spec, entanglement, migration);
    if (!this.#entries.has(name)) {
      // Of a process before this one: what it left goes, what it still had to read is read.
      const left = await Promise.all(captures.map(({ options }) => options.store.read()));
      if (left.every((record) => record === undefined)) return;
      const { revision } = migration.state;
      this.#entries.set(name, { made: madeFor(spec, entanglement), revision, captures });
      for (const capture of captures) capture.start();
    }
    void this.#afterSeal.end(name, captures, graceMs).then(() => this.#entries.delete(name));
  }

  #make(spec: Migration, entanglement: Entanglement, port: MigrationPort): UniverseCapture[] {
    const databases = universes.map((universe) => this.#options.databaseOf(spec.name, universe));
    const [legacy, modern] = databases;
    if (legacy === undefined || modern === undefined) {
      this.#tellOnce(`${spec.name}: its entanglement needs the URLs of both databases; see --help`);
      return [];
    }
    const urls = { legacy: legacy.url, modern: modern.url };
    return universes.map((universe, i) => {
      const options: CaptureOptions = {
        universe,
        url: urls[universe],
        owned: databases[i]?.owned === true,
        wanted: wantedOf(spec, entanglement, universe),
        entanglement,
        store: new CaptureStore(this.#options.state, spec.name, universe),
        sides: async () =>
          (await this.#compile(spec.name, entanglement, urls)).map((entity) => entitySide(entity, universe)),
      };
      return new UniverseCapture(options, this.#options.deps, port);
    });
  }

  async #compile(
    migration: string,
    entanglement: Entanglement,
    urls: Readonly<Record<UniverseName, string>>,
  ): Promise<CompiledEntity[]> {
    const [legacy, modern] = await Promise.all(
      universes.map((universe) => catalogOf(urls[universe], tablesOf(entanglement, universe))),
    );
    try {
      return compileEntities(
        entanglement,
        { legacy: legacy ?? new Map(), modern: modern ?? new Map() },
        { mask: this.#options.maskOf(migration) },
      );
    } catch (error) {
      if (!(error instanceof MappingError)) throw error;
      throw new Stopped(mappingProblems(error));
    }
  }

  #tellOnce(line: string): void {
    if (this.#told.has(line)) return;
    this.#told.add(line);
    this.#options.deps.log(line);
  }
}

/** Changes when the captures must be made anew. */
function madeFor(spec: Migration, entanglement: Entanglement): string {
  const names = universes.map((universe) => {
    const { slot = '', publication = '' } = spec[universe]?.database ?? {};
    return { slot, publication };
  });
  return JSON.stringify([Buffer.from(toBinary(EntanglementSchema, entanglement)).toString('base64'), names]);
}
