import { isFullStateType, RUNTIME_TYPE } from '../../core/xds/resource-types.ts';
import type { CanaryStanding } from '../../core/xds/rollout-state.ts';
import type { Plan } from '../../core/xds/stream-state.ts';
import { covers } from '../../core/xds/subscription.ts';
import type { TypeState } from '../../core/xds/type-state.ts';
import type { Standing } from './ack-waiter.ts';
import type { Connection } from './connection.ts';

type Streams = Iterable<Connection>;

function* typesOf(streams: Streams): Iterable<TypeState> {
  for (const stream of streams) yield* stream.state.types.values();
}

/** Where a node stands with what is awaited: every stream of it counts, so that two proxies with one id cannot hide each other. */
export function standingOf(
  streams: Streams,
  awaits: (typeUrl: string) => boolean,
  seqs: Plan['seqs'],
): Standing {
  let standing: Standing = 'uninvolved';
  for (const type of typesOf(streams)) {
    if (!awaits(type.typeUrl)) continue;
    const wantedSeq = seqs.get(type.typeUrl) ?? 0;
    if (type.settledSeq >= wantedSeq) {
      if (standing === 'uninvolved') standing = 'acked';
    } else if (rejected(type, wantedSeq)) return 'rejected';
    else standing = 'pending';
  }
  return standing;
}

/** An older rejection says nothing of what was not offered yet. */
function rejected({ exchange, rejection, seq }: TypeState, wantedSeq: number): boolean {
  return (exchange.kind === 'rejected' && seq >= wantedSeq) || (rejection?.seq ?? -1) >= wantedSeq;
}

/** Whether a proxy accepted a plan, its runtime apart: all types that it subscribes to, on all its streams. */
export function canaryStanding(
  streams: Streams,
  plan: Plan,
): { readonly standing: CanaryStanding; readonly error?: string } {
  let structural = false;
  let settled = true;
  for (const { state } of streams) {
    for (const type of state.types.values()) {
      if (type.typeUrl === RUNTIME_TYPE) continue;
      structural = true;
      if (state.plan === plan && type.exchange.kind === 'rejected') {
        return { standing: 'rejected', error: type.rejection?.error ?? '' };
      }
      settled &&= type.settledSeq === type.seq;
    }
    settled &&= state.plan === plan;
  }
  if (!structural || !settled) return { standing: 'pending' };
  return { standing: followsAll(streams) ? 'accepted' : 'acked' };
}

/** Whether a proxy has asked for the endpoints of its clusters and the routes of its listeners. */
function followsAll(streams: Streams): boolean {
  const types = [...typesOf(streams)];
  const subscribes = (typeUrl: string, name: string) =>
    types.some((type) => type.typeUrl === typeUrl && covers(type.subscription, name));
  for (const { typeUrl, target, subscription } of types) {
    if (!isFullStateType(typeUrl)) continue;
    for (const { name, references } of target?.byName.values() ?? []) {
      if (!covers(subscription, name)) continue;
      const follows = references.every(
        (to) => isFullStateType(to.typeUrl) || subscribes(to.typeUrl, to.name),
      );
      if (!follows) return false;
    }
  }
  return true;
}

/** Node ids by how well they serve as a canary: those at rest first, then those connected for longest; without any structural type, not at all. */
export function canaryCandidates(byNode: ReadonlyMap<string, ReadonlySet<Connection>>): string[] {
  const ranked: { readonly nodeId: string; readonly rank: number; readonly sinceMs: number }[] = [];
  for (const [nodeId, streams] of byNode) {
    const types = [...typesOf(streams)].filter(({ typeUrl }) => typeUrl !== RUNTIME_TYPE);
    if (types.length === 0) continue;
    const healthy = types.every((type) => type.settledSeq === type.seq);
    const sinceMs = Math.min(...[...streams].map((stream) => stream.connectedAtMs));
    ranked.push({ nodeId, rank: healthy ? 0 : 1, sinceMs });
  }
  ranked.sort((a, b) => a.rank - b.rank || a.sinceMs - b.sinceMs);
  return ranked.map(({ nodeId }) => nodeId);
}
