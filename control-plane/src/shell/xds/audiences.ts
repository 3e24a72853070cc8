import type { Snapshot } from '../../core/snapshot.ts';
import type { Audience } from './audience.ts';
import type { Connection, ProxyNode } from './connection.ts';

/** Whom a snapshot is for: a group of proxies (`node.cluster`), or one proxy (`node.id`), whose own snapshot goes before its group's. */
export type SnapshotTarget = { readonly group: string } | { readonly nodeId: string };

/** Which audience each stream belongs to: its proxy's own where there is one, else its group's. */
export class Audiences {
  readonly #make: (target: SnapshotTarget) => Audience;
  readonly #groups = new Map<string, Audience>();
  readonly #nodes = new Map<string, Audience>();
  readonly #of = new Map<Connection, Audience>();
  #publications = 0;

  constructor(make: (target: SnapshotTarget) => Audience) {
    this.#make = make;
  }

  all(): Audience[] {
    return [...this.#groups.values(), ...this.#nodes.values()];
  }

  /** Undefined where nothing was published and nobody connected. */
  get(target: SnapshotTarget): Audience | undefined {
    const [audiences, name] = this.#named(target);
    return audiences.get(name);
  }

  of(connection: Connection): Audience | undefined {
    return this.#of.get(connection);
  }

  publish(target: SnapshotTarget, snapshot: Snapshot): void {
    this.#publications += 1;
    const audience = this.#ensure(target);
    audience.publish(snapshot, this.#publications);
    if (!('nodeId' in target)) return;
    // The proxy has a snapshot of its own now: its streams leave their group.
    for (const group of [...this.#groups.values()])
      for (const connection of [...group.streamsOf(target.nodeId)]) this.#move(connection, audience);
  }

  /** Streams of a proxy turn to its group; those of a group keep what they run. */
  takeBack(target: SnapshotTarget): void {
    const [audiences, name] = this.#named(target);
    const left = audiences.get(name);
    if (left === undefined) return;
    audiences.delete(name);
    for (const connection of [...left.connections]) {
      const { node } = connection;
      if (node !== undefined) this.#move(connection, this.#ensure({ group: node.group }));
    }
    left.close();
  }

  join(connection: Connection, node: ProxyNode): Audience {
    const audience = this.#nodes.get(node.id) ?? this.#ensure({ group: node.group });
    this.#of.set(connection, audience);
    audience.add(connection, node.id);
    return audience;
  }

  leave(connection: Connection, node: ProxyNode): void {
    const audience = this.#of.get(connection);
    this.#of.delete(connection);
    audience?.remove(connection, node.id);
    // Groups are named by clients: one that nobody configured goes with its last stream.
    const group = this.#groups.get(node.group);
    if (group?.newest === undefined && group?.connections.size === 0) this.#groups.delete(node.group);
  }

  #move(connection: Connection, to: Audience): void {
    const { node } = connection;
    if (node === undefined) return;
    this.leave(connection, node);
    this.#of.set(connection, to);
    to.add(connection, node.id);
    const plan = to.planFor(node.id);
    if (plan !== undefined) connection.offer(plan);
  }

  #ensure(target: SnapshotTarget): Audience {
    const [audiences, name] = this.#named(target);
    let audience = audiences.get(name);
    if (audience === undefined) {
      audience = this.#make(target);
      audiences.set(name, audience);
    }
    return audience;
  }

  #named(target: SnapshotTarget): readonly [Map<string, Audience>, string] {
    return 'group' in target ? [this.#groups, target.group] : [this.#nodes, target.nodeId];
  }
}
