import type { Observed } from './bugs/rule.ts';
import type { Episode, Triple } from './episode.ts';
import { proveSides } from './pair.ts';
import { FieldProfile } from './profile.ts';
import { Side } from './value/side.ts';

/** An episode, read: what is known of the field, and each observation with its proof. */
export interface Reading {
  readonly profile: FieldProfile;
  readonly all: readonly Observed[];
  /** Those that differ, unproven. */
  readonly unproven: readonly Observed[];
}

export function readEpisode({ observations }: Episode): Reading {
  const profile = FieldProfile.of(observations);
  const all = observations.map((triple, index) => observed(triple, index, profile));
  return { profile, all, unproven: all.filter(({ differs, proof }) => differs && proof === undefined) };
}

function observed(triple: Triple, index: number, profile: FieldProfile): Observed {
  const legacy = new Side(triple.legacy);
  const differs = triple.legacy !== triple.modern;
  const modern = differs ? new Side(triple.modern) : legacy;
  const again = triple.legacy2;
  const legacy2 = again === undefined ? undefined : again === triple.legacy ? legacy : new Side(again);
  const varies =
    legacy2 !== undefined && legacy2 !== legacy && proveSides(legacy, legacy2, profile) === undefined;
  const proof = differs ? proveSides(legacy, modern, profile) : undefined;
  return { index, legacy, modern, legacy2, varies, differs, proof };
}
