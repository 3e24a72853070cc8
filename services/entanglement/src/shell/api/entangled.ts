import type { Entanglement } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';
import { type MigrationState, Stage } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { Universe as WireUniverse } from '@chronos/proto/events/v1/exchange_pb.js';
import { Code, ConnectError } from '@connectrpc/connect';
import type pg from 'pg';
import { type Prefixes, prefixesOf, tagPrefixDefault } from '../../core/change/tags.ts';
import type { Universe } from '../../core/mapping/catalog.ts';
import { compileEntities, inDependencyOrder, MappingError, tablesOf } from '../../core/mapping/compile.ts';
import type { CompiledEntity } from '../../core/mapping/entity.ts';
import type { FindDatabase } from '../capture/captures.ts';
import { catalogOf } from '../catalog-of.ts';
import { type FindPairs, noPairs, type PairSource } from '../identifiers/pair-source.ts';
import { openSide } from '../verify/open-side.ts';
import type { Side } from '../verify/side.ts';

/** Both databases of a migration, open for one job. */
export interface OpenDatabases {
  /** In dependency order. */
  readonly entities: readonly CompiledEntity[];
  /** For those who write. @throws ConnectError `failed_precondition` for a file of SQLite's */
  readonly pools: Readonly<Record<Universe, pg.Pool>>;
  readonly sides: Readonly<Record<Universe, Side>>;
  /** By which ids are matched. */
  readonly pairs: PairSource;
  /** Of the marks by which change capture knows what is written. */
  readonly prefixes: Prefixes;
  /** Ends the queries that run now: they fail. */
  cancel(): Promise<void>;
  close(): Promise<void>;
}

/** The migrations whose databases are entangled, as the control plane last told them. */
export class EntangledMigrations {
  readonly #databaseOf: FindDatabase;
  readonly #maskOf: (migration: string) => (text: string) => string;
  readonly #pairsOf: FindPairs;
  #states = new Map<string, MigrationState>();

  constructor(
    databaseOf: FindDatabase,
    maskOf: (migration: string) => (text: string) => string,
    pairsOf: FindPairs = () => noPairs,
  ) {
    this.#pairsOf = pairsOf;
    this.#databaseOf = databaseOf;
    this.#maskOf = maskOf;
  }

  follow(states: readonly MigrationState[]): void {
    this.#states = new Map(states.map((state) => [state.spec?.name ?? '', state]));
  }

  /** @throws ConnectError `not_found`, or `failed_precondition` for one that declares no entanglement. */
  spec(name: string): { readonly spec: Migration; readonly entanglement: Entanglement } {
    const spec = this.#states.get(name)?.spec;
    if (spec === undefined) throw new ConnectError(`there is no migration ${name}`, Code.NotFound);
    if (spec.entanglement === undefined)
      throw new ConnectError(
        `${name} declares no entities: say under entanglement in its file which tables hold the same things`,
        Code.FailedPrecondition,
      );
    return { spec, entanglement: spec.entanglement };
  }

  /** Names of the entities of each migration that declares some and is not sealed. */
  declared(): ReadonlyMap<string, readonly string[]> {
    const living = [...this.#states].filter(([, { sealed }]) => sealed === undefined);
    return new Map(
      living.flatMap(([name, { spec }]) =>
        spec?.entanglement === undefined ? [] : [[name, spec.entanglement.entities.map((each) => each.name)]],
      ),
    );
  }

  /** Whether clients may have got answers of modern's that only its database knows. */
  modernAnswers(name: string): boolean {
    const answering: readonly Stage[] = [Stage.CANARY, Stage.SWAPPED, Stage.SEALED];
    return (this.#states.get(name)?.groups ?? []).some(({ stage }) => answering.includes(stage));
  }

  /** Whether modern gets no requests: nothing was started yet. */
  isDraft(name: string): boolean {
    const before: readonly Stage[] = [Stage.UNSPECIFIED, Stage.DRAFT];
    return (this.#states.get(name)?.groups ?? []).every(({ stage }) => before.includes(stage));
  }

  /** @throws ConnectError `failed_precondition` while both universes answer some routes. */
  authority(name: string): Universe {
    const groups = (this.#states.get(name)?.groups ?? []).filter(
      ({ stage }) => stage !== Stage.UNSPECIFIED && stage !== Stage.DRAFT,
    );
    const swapped = groups.filter(({ stage }) => stage === Stage.SWAPPED || stage === Stage.SEALED).length;
    if (groups.some(({ stage }) => stage === Stage.CANARY) || (swapped > 0 && swapped < groups.length))
      throw new ConnectError(
        'both universes answer routes now: say whose rows are right (--authority legacy or modern)',
        Code.FailedPrecondition,
      );
    return swapped > 0 ? 'modern' : 'legacy';
  }

  /**
   * Connects to both databases and holds the mapping against them.
   *
   * @throws ConnectError `failed_precondition` naming everything that does not fit, or the database that is away.
   */
  async open(name: string): Promise<OpenDatabases> {
    const { entanglement, spec } = this.spec(name);
    const pairs = this.#pairsOf(name, spec);
    const urls = { legacy: this.#url(name, 'legacy'), modern: this.#url(name, 'modern') };
    const open = {
      legacy: openSide(urls.legacy, 'legacy', pairs),
      modern: openSide(urls.modern, 'modern', pairs),
    };
    const close = async () => {
      await Promise.all([open.legacy.close(), open.modern.close()]);
    };
    try {
      const [legacy, modern] = await Promise.all([
        catalogOf(urls.legacy, tablesOf(entanglement, 'legacy')),
        catalogOf(urls.modern, tablesOf(entanglement, 'modern')),
      ]);
      const entities = compileEntities(entanglement, { legacy, modern }, { mask: this.#maskOf(name) });
      return {
        entities: inDependencyOrder(entities),
        pools: {
          get legacy() {
            return open.legacy.pool();
          },
          get modern() {
            return open.modern.pool();
          },
        },
        sides: { legacy: open.legacy.side, modern: open.modern.side },
        pairs,
        prefixes: prefixesOf(entanglement.tagPrefix || tagPrefixDefault),
        cancel: async () => {
          await Promise.all([open.legacy.cancel(), open.modern.cancel()]);
        },
        close,
      };
    } catch (error) {
      await close();
      if (error instanceof MappingError) throw new ConnectError(error.message, Code.FailedPrecondition);
      const reason = error instanceof Error ? error.message : String(error);
      throw new ConnectError(`a database of ${name} cannot be read: ${reason}`, Code.FailedPrecondition);
    }
  }

  #url(name: string, universe: Universe): string {
    const access = this.#databaseOf(name, universe);
    if (access === undefined)
      throw new ConnectError(`the URL of ${universe}'s database is not known here`, Code.FailedPrecondition);
    return access.url;
  }
}

export function universeOf(universe: WireUniverse): Universe | undefined {
  if (universe === WireUniverse.LEGACY) return 'legacy';
  return universe === WireUniverse.MODERN ? 'modern' : undefined;
}
