import type { Observed } from './bugs/rule.ts';
import type { Episode } from './episode.ts';
import { proveOfField, proveSides } from './pair.ts';
import { FieldProfile, type Sides, sidesOf } from './profile.ts';

/** An episode, read: what is known of the field, and each observation with its proof. */
export interface Reading {
  readonly profile: FieldProfile;
  readonly all: readonly Observed[];
  /** Those that differ, unproven. */
  readonly unproven: readonly Observed[];
  readonly memo: Memo;
}

/** What several rules find out of one episode, found once; the key is who finds it. */
export type Memo = Map<object, unknown>;

/** What `find` gives for the episode, which must be a function of nothing else. */
export function once<C extends { readonly memo: Memo }, T>(read: C, find: (read: C) => T): T {
  if (!read.memo.has(find)) read.memo.set(find, find(read));
  return read.memo.get(find) as T;
}

export function readEpisode({ field, observations }: Episode): Reading {
  return readSides(field, observations.map(sidesOf));
}

/** As {@link readEpisode}, of values that are read already, and perhaps were not proven equal while nothing was known of the field. */
export function readSides(field: string, sides: readonly Sides[], refused = false): Reading {
  const profile = new FieldProfile();
  for (const one of sides) profile.observeSides(one);
  const all = sides.map((one, index) => observed(one, index, profile, field, refused));
  const unproven = all.filter(({ differs, proof }) => differs && proof === undefined);
  return { profile, all, unproven, memo: new Map() };
}

function observed(
  { legacy, modern, legacy2 }: Sides,
  index: number,
  profile: FieldProfile,
  field: string,
  refused: boolean,
): Observed {
  const differs = legacy.raw !== modern.raw;
  const varies =
    legacy2 !== undefined && legacy2 !== legacy && proveSides(legacy, legacy2, profile, field) === undefined;
  const prove = refused ? proveOfField : proveSides;
  const proof = differs ? prove(legacy, modern, profile, field) : undefined;
  return { index, legacy, modern, legacy2, varies, differs, proof };
}
