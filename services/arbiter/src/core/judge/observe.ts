import type { Observed } from './bugs/rule.ts';
import type { Episode } from './episode.ts';
import { proveSides } from './pair.ts';
import { FieldProfile, type Sides, sidesOf } from './profile.ts';

/** An episode, read: what is known of the field, and each observation with its proof. */
export interface Reading {
  readonly profile: FieldProfile;
  readonly all: readonly Observed[];
  /** Those that differ, unproven. */
  readonly unproven: readonly Observed[];
}

export function readEpisode({ observations }: Episode): Reading {
  const sides = observations.map(sidesOf);
  const profile = new FieldProfile();
  for (const one of sides) profile.observeSides(one);
  const all = sides.map((one, index) => observed(one, index, profile));
  return { profile, all, unproven: all.filter(({ differs, proof }) => differs && proof === undefined) };
}

function observed({ legacy, modern, legacy2 }: Sides, index: number, profile: FieldProfile): Observed {
  const differs = legacy.raw !== modern.raw;
  const varies =
    legacy2 !== undefined && legacy2 !== legacy && proveSides(legacy, legacy2, profile) === undefined;
  const proof = differs ? proveSides(legacy, modern, profile) : undefined;
  return { index, legacy, modern, legacy2, varies, differs, proof };
}
