/** What the files of this folder share: settings of a domain around the kit's themes. It holds no families itself. */
import type { Table } from '../code-table.ts';
import { defect, type Family, faithful, type Naming, type Theme } from '../kit.ts';
import { json } from '../kit-values.ts';

export const families: readonly Family[] = [];

/** A theme in the services of one domain. */
export interface Setting<C = undefined> extends Theme<C> {
  readonly routes: readonly string[];
  /** Legacy contradicts itself, so its second run is always part of the episode. */
  readonly noisy?: boolean;
}

type Bug = Naming & { readonly critical: boolean };

/** A harmless family and the bug next to it. */
export function pair<C>(setting: Setting<C>, harmless: Naming, bug: Bug): Family[] {
  return [...harmlessOnly(setting, harmless), ...bugOnly(setting, bug)];
}

export function harmlessOnly<C>(setting: Setting<C>, naming: Naming): Family[] {
  return [dressed(setting, faithful(themeOf(setting), naming))];
}

export function bugOnly<C>(setting: Setting<C>, naming: Bug): Family[] {
  return [dressed(setting, defect(themeOf(setting), naming))];
}

/** A translated code table, and the bug that confuses some of its rows wherever they occur. */
export function tabled(
  setting: Pick<Setting, 'fields' | 'routes' | 'clear'>,
  table: Table,
  harmless: Naming,
  bug: Bug,
): Family[] {
  const value: Setting['value'] = (random) => {
    const [legacy, right, wrong] = random.pick(table);
    const both = { legacy: json(legacy), right: json(right) };
    return wrong === undefined ? both : { ...both, wrong: json(wrong) };
  };
  return pair({ ...setting, least: 10, always: true, value }, harmless, bug);
}

const themeOf = <C>(setting: Setting<C>): Theme<C> => ({ least: 8, ...setting, clear: true });

const opaque = [
  'F0117',
  'RSLT-AREA',
  'OUT_PARM_4',
  'kv',
  'body.a',
  'ret1',
  'X-3',
  'zz_ext',
  'slot[2]',
  'U_CHAR09',
  'c14',
  'obj',
];
const misleading = [
  'remarks',
  'key',
  'status',
  'ref',
  'title',
  'version',
  'label',
  'size',
  'category',
  'text',
];
const observationsMax = 60;

function dressed<C>({ fields, routes, clear, noisy }: Setting<C>, family: Family): Family {
  return {
    ...family,
    episode(random, index) {
      let episode = family.episode(random, index);
      while (episode.observations.length > observationsMax) episode = family.episode(random, index);
      const { id } = episode;
      const route = random.chance(0.55) ? { route: random.pick(routes) } : {};
      const field =
        clear || random.chance(0.62)
          ? random.pick(fields)
          : random.pick(random.chance(0.7) ? opaque : misleading);
      const once = !noisy && random.chance(0.4);
      const observations = once
        ? episode.observations.map(({ legacy, modern }) => ({ legacy, modern }))
        : episode.observations;
      return { id, ...route, field, observations };
    },
  };
}

export const base64 = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString('base64');
