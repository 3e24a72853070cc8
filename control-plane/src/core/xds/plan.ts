import { carryOver, type Snapshot } from '../snapshot.ts';
import { RUNTIME_TYPE } from './resource-types.ts';
import type { Plan } from './stream-state.ts';

/** The plan after a publication: types that it did not change keep their object, and the number of the one that did. */
export function nextPlan(before: Plan | undefined, published: Snapshot, seq: number): Plan {
  const snapshot = carryOver(before?.snapshot, published);
  const seqs = new Map<string, number>();
  for (const [typeUrl, resources] of snapshot.types) {
    const kept = before?.snapshot.types.get(typeUrl) === resources ? before.seqs.get(typeUrl) : undefined;
    seqs.set(typeUrl, kept ?? seq);
  }
  return { snapshot, seqs };
}

/** Everything but the runtime: what a proxy may reject. Equal structures have equal versions. */
export function structureVersion({ types }: Snapshot): string {
  const structural = [...types.values()].filter(({ typeUrl }) => typeUrl !== RUNTIME_TYPE);
  return structural.map(({ typeUrl, version }) => `${typeUrl}=${version}`).join('\n');
}

/** The structure of one plan with the runtime of another: a kill goes out whatever becomes of the rest. */
export function withRuntimeOf(structure: Plan, newest: Plan): Plan {
  const runtime = newest.snapshot.types.get(RUNTIME_TYPE);
  if (runtime === structure.snapshot.types.get(RUNTIME_TYPE)) return structure;
  const types = new Map(structure.snapshot.types);
  const seqs = new Map(structure.seqs);
  if (runtime === undefined) types.delete(RUNTIME_TYPE);
  else types.set(RUNTIME_TYPE, runtime);
  seqs.set(RUNTIME_TYPE, newest.seqs.get(RUNTIME_TYPE) ?? 0);
  return { snapshot: { version: `${structure.snapshot.version}+${newest.snapshot.version}`, types }, seqs };
}

const firsts = new WeakMap<Plan, { readonly target: Plan; readonly first: Plan }>();

/** What a stream that runs one plan is offered first of another: its runtime, on the structure that the stream has; all, where that is all. */
export function runtimeFirst(current: Plan, target: Plan): Plan {
  if (current === target) return target;
  const known = firsts.get(current);
  if (known?.target === target) return known.first;
  const first = sameStructure(current.snapshot, target.snapshot) ? target : withRuntimeOf(current, target);
  // Many streams come from the same plan.
  firsts.set(current, { target, first });
  return first;
}

/** By identity: what a publication did not change is the same object in the next plan. */
function sameStructure(a: Snapshot, b: Snapshot): boolean {
  return [...a.types.keys(), ...b.types.keys()].every(
    (typeUrl) => typeUrl === RUNTIME_TYPE || a.types.get(typeUrl) === b.types.get(typeUrl),
  );
}
