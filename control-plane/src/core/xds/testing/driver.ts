import { fromBinary } from '@bufbuild/protobuf';
import {
  DeltaDiscoveryResponseSchema,
  DiscoveryResponseSchema,
} from '@chronos/envoy/api/envoy/service/discovery/v3/discovery_pb.js';
import type { Resource, Snapshot } from '../../snapshot.ts';
import { nextPlan } from '../plan.ts';
import type { DeltaRequest, SotwRequest } from '../request.ts';
import { resourceStatuses } from '../resource-status.ts';
import { shortTypeName } from '../resource-types.ts';
import { step } from '../stream.ts';
import {
  openStream,
  type Plan,
  type StreamAction,
  type StreamEvent,
  type StreamState,
} from '../stream-state.ts';
import { type FakeSpec, fakeSnapshot } from './fake-snapshot.ts';

/** Drives one stream and writes what it does in shorthand: `send cluster#1 a,b -c`, `ack cluster`, `nack cluster: why`, `close: why`. */
export class Driver {
  readonly bodies: Uint8Array[] = [];
  #state: StreamState;
  #plan: Plan | undefined;
  #seq = 0;

  /** @param typeUrl of a stream that is not aggregated */
  constructor(variant: 'sotw' | 'delta', spec?: FakeSpec, typeUrl?: string) {
    this.#state = openStream({ variant, typeUrl });
    if (spec !== undefined) this.set(spec);
  }

  /** Publishes a snapshot. */
  set(spec: FakeSpec): string[] {
    return this.share(fakeSnapshot(spec));
  }

  share(snapshot: Snapshot): string[] {
    this.#seq += 1;
    return this.back(nextPlan(this.#plan, snapshot, this.#seq));
  }

  /** Another plan, perhaps an earlier one; returns what the stream does. */
  back(plan: Plan): string[] {
    this.#plan = plan;
    return this.#apply({ kind: 'plan', plan, nowMs: 0 });
  }

  get plan(): Plan | undefined {
    return this.#plan;
  }

  full(): void {
    this.#apply({ kind: 'full' });
  }

  writable(): string[] {
    return this.#apply({ kind: 'writable', nowMs: 0 });
  }

  sotw(typeUrl: string, names: string[], nonce = '', more: Partial<SotwRequest> = {}): string[] {
    const request = { variant: 'sotw' as const, typeUrl, names, nonce, version: '', ...more };
    return this.#apply({ kind: 'request', request, nowMs: 0 });
  }

  delta(typeUrl: string, subscribe: string[], nonce = '', more: Partial<DeltaRequest> = {}): string[] {
    const request = {
      variant: 'delta' as const,
      typeUrl,
      subscribe,
      unsubscribe: [],
      initialVersions: new Map<string, string>(),
      nonce,
      ...more,
    };
    return this.#apply({ kind: 'request', request, nowMs: 0 });
  }

  settled(typeUrl: string): boolean {
    const type = this.#state.types.get(typeUrl);
    return type !== undefined && type.settledSeq === type.seq;
  }

  version(typeUrl: string): { acked: string | undefined; rejected: string | undefined } {
    const type = this.#state.types.get(typeUrl);
    return { acked: type?.acked?.version, rejected: type?.rejection?.version };
  }

  /** What the client is believed to run, in shorthand: `a accepted synced 1 (rejected 2: why)`. */
  statuses(typeUrl: string, wanted = this.#plan?.snapshot): string[] {
    const type = this.#state.types.get(typeUrl);
    if (type === undefined) return [];
    return [...resourceStatuses(type, wanted?.types.get(typeUrl))].map((status) => {
      const { name, standing, sync, accepted, rejected, rejection } = status;
      const refusal = rejection && `(rejected ${own(rejected) ?? 'its removal'}: ${rejection.error})`;
      return [name, standing, sync, own(accepted), refusal].filter((word) => word !== undefined).join(' ');
    });
  }

  #apply(event: StreamEvent): string[] {
    const { state, actions } = step(this.#state, event);
    this.#state = state;
    return actions.map((action) => this.#words(action));
  }

  #words(action: StreamAction): string {
    switch (action.kind) {
      case 'send': {
        this.bodies.push(action.body);
        return `send ${shortTypeName(action.typeUrl)}#${action.nonce} ${this.#listed(action.body)}`.trim();
      }
      case 'ack':
        return `ack ${shortTypeName(action.typeUrl)}`;
      case 'nack':
        return `nack ${shortTypeName(action.typeUrl)}: ${action.error}`;
      case 'close':
        return `close: ${action.reason}`;
    }
  }

  #listed(body: Uint8Array): string {
    if (this.#state.variant === 'sotw') {
      const { resources } = fromBinary(DiscoveryResponseSchema, body);
      return resources.map((any) => JSON.parse(new TextDecoder().decode(any.value)).name).join(',');
    }
    const { resources, removedResources } = fromBinary(DeltaDiscoveryResponseSchema, body);
    const removed = removedResources.map((name) => `-${name}`);
    return [resources.map((resource) => resource.name).join(','), ...removed].join(' ');
  }
}

/** The version without the references that fake resources add to it. */
function own(resource: Resource | undefined): string | undefined {
  return resource?.version.split('>')[0];
}
