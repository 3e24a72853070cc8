import { create } from '@bufbuild/protobuf';
import type { Decision, MigrationState } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import {
  type MigrationSummary,
  TopicSchema,
  type WatchResponse,
} from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import type { Proxy as ProxyMessage } from '@chronos/proto/chronos/v1/proxy_service_pb.js';
import type { TopicSpec } from './live-link.ts';

type Message = WatchResponse['message'];

export const overviewTopic: TopicSpec<readonly MigrationSummary[]> = {
  key: 'overview',
  // All else of it is as young as the stream.
  label: 'number of questions',
  topic: () => create(TopicSchema, { topic: { case: 'overview', value: {} } }),
  fold: (_, message) => (message.case === 'overview' ? message.value.migrations : undefined),
};

export interface WatchedMigration {
  readonly state: MigrationState;
  /** The newest, newest first. */
  readonly decisions: readonly Decision[];
}

const decisionsMax = 100;

export function migrationTopic(name: string): TopicSpec<WatchedMigration> {
  return {
    key: `migration ${name}`,
    label: 'migration',
    topic: () => create(TopicSchema, { topic: { case: 'migration', value: { name } } }),
    fold(known, message) {
      if (message.case !== 'migration') return undefined;
      const state = message.value.state ?? known?.state;
      if (state?.spec?.name !== name) return undefined;
      return { state, decisions: withNewer(known?.decisions ?? [], message.value.decisions) };
    },
  };
}

/** A stream that was opened anew tells the last ones again; so does any once the proxies have ACKed: then with the time it took. */
function withNewer(known: readonly Decision[], oldestFirst: readonly Decision[]): readonly Decision[] {
  if (oldestFirst.length === 0) return known;
  const newest = known[0]?.sequence ?? -1n;
  const told = new Map(oldestFirst.map((decision) => [decision.sequence, decision]));
  const added = oldestFirst.filter(({ sequence }) => sequence > newest).reverse();
  return [...added, ...known.map((decision) => told.get(decision.sequence) ?? decision)].slice(
    0,
    decisionsMax,
  );
}

export const proxiesTopic: TopicSpec<ReadonlyMap<string, ProxyMessage>> = {
  key: 'proxies',
  label: 'proxies',
  topic: () => create(TopicSchema, { topic: { case: 'proxies', value: {} } }),
  fold(known, message: Message) {
    if (message.case !== 'proxies') return undefined;
    const { reset, proxies, removed } = message.value;
    return withDelta(known, { reset, removed, changed: proxies.map((proxy) => [proxy.nodeId, proxy]) });
  },
};

/** Takes up what changed in a list; the same map where nothing did, so that nothing renders anew. */
export function withDelta<Item>(
  known: ReadonlyMap<string, Item> | undefined,
  delta: {
    readonly reset: boolean;
    readonly removed: readonly string[];
    readonly changed: readonly (readonly [id: string, item: Item])[];
  },
): ReadonlyMap<string, Item> {
  if (known !== undefined && !delta.reset && delta.changed.length === 0 && delta.removed.length === 0)
    return known;
  const next = new Map(delta.reset ? [] : known);
  for (const id of delta.removed) next.delete(id);
  for (const [id, item] of delta.changed) next.set(id, item);
  return next;
}
