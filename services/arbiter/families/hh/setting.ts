/**
 * How this author's episodes come about: 8 to 60 requests to one route of one organisation, of which some were asked of legacy again.
 * A defect is a cause in the code, so it hits every observation it can show in, unless its `share` says otherwise (one pod of several,
 * a race). This file holds no families of its own.
 */
import type { Family, Naming, Observation, Random, Value } from '../kit.ts';
import { json } from '../kit-values.ts';

export interface Setting<C = undefined> {
  readonly fields: readonly string[];
  /** Where there are as many as fields, each field has its own. */
  readonly routes: readonly string[];
  /** The label needs a telling name, so no opaque one is ever chosen. */
  readonly clear?: boolean;
  /** The label needs the route. */
  readonly routed?: boolean;
  /** Fewest observations; default 8. */
  readonly least?: number;
  /** Fewest observations that must show what the family is about; default 2. */
  readonly evidence?: number;
  /** Shares of the observations that a defect hits where it can show; default all. */
  readonly share?: readonly number[];
  /** Legacy differs from itself, so it was asked again in most observations. */
  readonly twice?: boolean;
  readonly common?: (random: Random) => C;
  value(random: Random, common: C, at: number): Value;
}

type Defect = Naming & { readonly critical: boolean };

export function pair<C>(setting: Setting<C>, harmless: Naming, bug: Defect): Family[] {
  return [fine(setting, harmless), broken(setting, bug)];
}

export function fine<C>(setting: Setting<C>, naming: Naming): Family {
  return family(setting, { ...naming, label: 'harmless', critical: false });
}

export function broken<C>(setting: Setting<C>, naming: Defect): Family {
  return family(setting, { ...naming, label: 'bug' });
}

/** A value both sides answer alike. */
export const same = (text: string | undefined): Value => ({ legacy: text, right: text });

/** The same from a plain value. */
export const sameJson = (value: unknown): Value => same(json(value));

/** A choice among texts of which the first ones are commoner. */
export function common<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(random.next() ** 2 * items.length)]!;
}

const opaque = ['F017', 'val', 'WS-OUT-3', 'attr5', 'x_data', 'col12', 'item.v', 'P_RES', 'field_8', 'misc2'];
const attemptsMax = 400;
const most = 60;

function family<C>(setting: Setting<C>, about: Omit<Family, 'episode'>): Family {
  return {
    ...about,
    episode(random, index) {
      for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
        const observations = observe(setting, about.label === 'bug', random);
        if (observations === undefined) continue;
        const { fields, routes } = setting;
        const at = random.int(0, fields.length - 1);
        const own = routes.length === fields.length ? routes[at]! : random.pick(routes);
        const route = setting.routed || random.chance(0.85) ? { route: own } : {};
        const field = setting.clear || random.chance(0.75) ? fields[at]! : random.pick(opaque);
        return { id: `${about.name}-${index}`, ...route, field, observations };
      }
      throw new Error(`family ${about.name}: no episode with a difference in ${attemptsMax} attempts`);
    },
  };
}

/** The observations of one episode, or `undefined` when too few of them show what the family is about. */
function observe<C>(setting: Setting<C>, bug: boolean, random: Random): Observation[] | undefined {
  const shared = setting.common?.(random) as C;
  const share = random.pick(setting.share ?? [1]);
  const again = setting.twice ? random.pick([1, 0.7]) : random.pick([1, 1, 0.3, 0]);
  const least = setting.least ?? 8;
  const count = Math.max(least, random.chance(0.2) ? random.int(31, most) : random.int(8, 30));
  const observations: Observation[] = [];
  let shown = 0;
  for (let at = 0; at < count; at += 1) {
    const value = setting.value(random, shared, at);
    const wrong = bug && 'wrong' in value && random.chance(share);
    const modern = wrong ? value.wrong : value.right;
    if (bug ? wrong && modern !== value.right && modern !== value.legacy : modern !== value.legacy)
      shown += 1;
    const legacy2 = 'legacy2' in value ? value.legacy2 : value.legacy;
    observations.push({ legacy: value.legacy, modern, ...(random.chance(again) ? { legacy2 } : {}) });
  }
  return shown >= (setting.evidence ?? 2) ? observations : undefined;
}

export const families: readonly Family[] = [];
