/** How this author's episodes come about: 8 to 60 observations, routes that fit their fields, and defects with enough evidence to tell. */
import type { Family, Naming, Observation, Random, Value } from '../kit.ts';
import { Day } from '../kit-values.ts';

/** What the observations of an episode are about. `C` is what they have in common; it may be state that `value` changes. */
export interface Scene<C = undefined> {
  readonly fields: readonly string[];
  readonly routes: readonly string[];
  /** The label needs a telling name, so no opaque one is ever chosen. */
  readonly clear?: boolean;
  /** Legacy was always run twice, since the second run belongs to the evidence. */
  readonly twice?: boolean;
  /** The fewest observations that must show a difference. Default 2. */
  readonly evidence?: number;
  /** Shares of the observations which the defect hits where it can show; one is picked for an episode. Default: all of them, or some. */
  readonly shares?: readonly number[];
  /** Some episodes have records whose legacy is spelled as in the rewrite already. */
  readonly mixed?: boolean;
  /** Fields and routes that fit what an episode is about, instead of those above. */
  readonly place?: (common: C) => { readonly fields: readonly string[]; readonly routes: readonly string[] };
  readonly common?: (random: Random) => C;
  value(random: Random, common: C): Value;
}

export type Defect = Naming & { readonly critical: boolean };

export const always = [1] as const;
const sharesUsual = [1, 1, 0.7, 0.5, 0.3, 0.15];
const opaque = [
  'F0117',
  'data',
  'val',
  'x2',
  'col12',
  'FLD_031',
  'attr4',
  'p7',
  'OUT_PARM_3',
  'body.v',
  'misc2',
];
const attemptsMax = 300;

/** Whether Europe's clocks show summer time at noon of a day: from the last Sunday of March to the last one of October. */
export function isSummer(day: Day): boolean {
  const lastSunday = (month: number) => {
    const last = Day.of(day.year, month, 31);
    return last.plus(-last.date.getUTCDay()).epochDay;
  };
  return day.epochDay >= lastSunday(3) && day.epochDay < lastSunday(10);
}

/** A harmless family and the bug that looks almost the same. */
export const pair = <C>(scene: Scene<C>, harmless: Naming, bug: Defect): Family[] => [
  same(scene, harmless),
  differs(scene, bug),
];

/** The harmless family alone. */
export const same = <C>(scene: Scene<C>, naming: Naming): Family =>
  family(scene, { ...naming, label: 'harmless', critical: false });

/** The bug alone. */
export const differs = <C>(scene: Scene<C>, naming: Defect): Family =>
  family(scene, { ...naming, label: 'bug' });

function family<C>(scene: Scene<C>, about: Omit<Family, 'episode'>): Family {
  return {
    ...about,
    episode(random, index) {
      for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
        const common = scene.common?.(random) as C;
        const { fields, routes } = scene.place?.(common) ?? scene;
        const observations = observe(scene, common, about.label === 'bug', random);
        if (observations === undefined) continue;
        const route = random.chance(0.7) ? { route: random.pick(routes) } : {};
        const named = scene.clear || random.chance(0.68);
        const field = random.pick(named ? fields : opaque);
        return { id: `${about.name}-${index}`, ...route, field, observations };
      }
      throw new Error(`family ${about.name}: no episode with enough differences in ${attemptsMax} attempts`);
    },
  };
}

/** The observations of one episode, or `undefined` when too few of them show what the family is about. */
function observe<C>(scene: Scene<C>, common: C, bug: boolean, random: Random): Observation[] | undefined {
  const share = random.pick(scene.shares ?? sharesUsual);
  const twice = scene.twice || random.chance(0.6);
  const old = scene.mixed && random.chance(0.35) ? random.pick([0.25, 0.5, 0.75]) : 1;
  const observations: Observation[] = [];
  let shown = 0;
  for (let left = random.chance(0.15) ? random.int(31, 60) : random.int(8, 30); left > 0; left -= 1) {
    const drawn = scene.value(random, common);
    const value = random.chance(old) ? drawn : { ...drawn, legacy: drawn.right };
    const wrong = bug && 'wrong' in value && random.chance(share);
    const modern = wrong ? value.wrong : value.right;
    if (bug ? wrong : modern !== value.legacy) shown += 1;
    const legacy2 = 'legacy2' in value ? value.legacy2 : value.legacy;
    observations.push({ legacy: value.legacy, modern, ...(twice ? { legacy2 } : {}) });
  }
  return shown >= (scene.evidence ?? 2) ? observations : undefined;
}

/** The helpers above are no families; every file of this folder is loaded as one. */
export const families: readonly Family[] = [];
