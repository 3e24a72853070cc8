import { createHash } from 'node:crypto';
import {
  type DataPlaneSettings,
  irFromMigrations,
  type MigrationStanding,
} from '../../core/ir-from-migrations.ts';
import { validateIr } from '../../core/ir-validate.ts';
import { type MigrationRecord, servingDeployment, type UniverseName } from '../../core/model.ts';
import { consistent, makeSnapshot, type Snapshot } from '../../core/snapshot.ts';
import { translate } from '../../core/translate/translate.ts';
import { ENDPOINT_TYPE, ROUTE_TYPE, RUNTIME_TYPE } from '../../core/xds/resource-types.ts';

/** The proxies' group: Envoy's node.cluster. */
export const nodeGroup = 'time-rift';

export interface AckResult {
  readonly elapsedMs: number;
  /** Node ids. */
  readonly acked: readonly string[];
  /** Answered with a NACK: they run what they ran before. */
  readonly rejected: readonly string[];
  readonly pending: readonly string[];
}

/**
 * What decides where a request goes: `weights` between the universes, `ways` to the builds as well. One migration's content that a proxy
 * rejects (an address it cannot bind, say) must not cast doubt on another's kill, nor keep its old builds for ever.
 */
const typesOf = { weights: [RUNTIME_TYPE], ways: [RUNTIME_TYPE, ROUTE_TYPE, ENDPOINT_TYPE] } as const;

export type AckScope = keyof typeof typesOf;

/** What the engine needs of the proxies. */
export interface DataPlanePort {
  /** Makes and pushes a snapshot of all migrations; nothing is pushed when there is a problem, or when nothing differs. */
  publish(
    records: readonly MigrationRecord[],
    /** The migration whose change it is, for `causeOf`. */
    cause?: string,
  ): {
    readonly changed: boolean;
    readonly problems: readonly string[];
  };
  /** The migration whose change a published snapshot was, by the snapshot's version; undefined when none was named, or long ago. */
  causeOf(version: string): string | undefined;
  /** Resolves when every connected proxy has answered what was published last (all, or of this kind), or after the timeout. */
  waitForAcks(timeoutMs: number, awaited?: AckScope): Promise<AckResult>;
}

/** The part of the xDS server that takes snapshots. */
export interface SnapshotSink {
  setSnapshot(target: { readonly group: string }, snapshot: Snapshot): void;
  waitForAcks(options: {
    readonly group: string;
    readonly typeUrls?: readonly string[];
    readonly timeoutMs: number;
  }): Promise<AckResult>;
}

/** Publications whose cause is remembered: a proxy answers within seconds. */
const CAUSES_MAX = 64;

/** Intent → IR → resources → snapshot, each checked before the next. */
export function dataPlane(sink: SnapshotSink, settings: DataPlaneSettings): DataPlanePort {
  let published: string | undefined;
  const causes = new Map<string, string>();
  return {
    publish(records, cause) {
      const made = snapshotOf(records, settings);
      if (made.snapshot === undefined) return { changed: false, problems: made.problems };
      if (made.snapshot.version === published) return { changed: false, problems: [] };
      published = made.snapshot.version;
      if (cause !== undefined) {
        causes.set(published, cause);
        const [oldest] = causes.keys();
        if (causes.size > CAUSES_MAX && oldest !== undefined) causes.delete(oldest);
      }
      sink.setSnapshot({ group: nodeGroup }, made.snapshot);
      return { changed: true, problems: [] };
    },
    causeOf: (version) => causes.get(version),
    waitForAcks: (timeoutMs, awaited) =>
      sink.waitForAcks({
        group: nodeGroup,
        timeoutMs,
        ...(awaited !== undefined && { typeUrls: typesOf[awaited] }),
      }),
  };
}

/** A whole, valid snapshot, or what is wrong. */
export function snapshotOf(
  records: readonly MigrationRecord[],
  settings: DataPlaneSettings,
): { readonly snapshot?: Snapshot; readonly problems: readonly string[] } {
  try {
    const ir = irFromMigrations(records.map(standingOf), settings);
    const flaws = validateIr(ir);
    if (flaws.length > 0) return { problems: flaws };
    const snapshot = makeSnapshot(translate(ir), digest);
    const dangling = consistent(snapshot);
    return dangling.length > 0 ? { problems: dangling } : { snapshot, problems: [] };
  } catch (error) {
    return { problems: [error instanceof Error ? error.message : String(error)] };
  }
}

function standingOf(record: MigrationRecord): MigrationStanding {
  return {
    spec: record.spec,
    groups: [...record.groups.values()].map(({ state }) => ({
      name: state.name,
      stage: state.stage,
      weightBp: state.weightBp,
    })),
    endpoints: { legacy: servingAt(record, 'legacy'), modern: servingAt(record, 'modern') },
    probeSecret: record.probeSecret,
  };
}

function servingAt(
  record: MigrationRecord,
  universe: UniverseName,
): MigrationStanding['endpoints']['legacy'] {
  const serving = servingDeployment(record, universe) ?? partingLegacy(record, universe);
  return serving === undefined
    ? []
    : [{ address: serving.address, deployment: serving.id, ports: serving.ports }];
}

/** Sealed, but copies may still be under way to it. */
function partingLegacy({ sealed, deployments }: MigrationRecord, universe: UniverseName) {
  if (sealed === undefined || universe !== 'legacy') return undefined;
  return deployments.find((each) => each.universe === 'legacy' && each.phase === 'draining');
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}
