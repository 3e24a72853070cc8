/**
 * What every author of families builds with: a seeded `Random`, the shape of a family, and `twins`, which makes a harmless family and
 * the bug that almost looks like it from one description. Values of the domain (amounts, dates, names) stand in kit-values.ts.
 *
 * A family is a generator of labelled drift episodes: observations of one response field, in a legacy system and in its rewrite. The
 * label can be told by an expert from the episode alone; `why` is the sentence they would give.
 */

/** One observation of a field; raw JSON text, or `undefined` where the field was absent (or legacy was not run twice). */
export interface Observation {
  readonly legacy: string | undefined;
  readonly modern: string | undefined;
  readonly legacy2?: string | undefined;
}

export interface Episode {
  readonly id: string;
  readonly route?: string;
  readonly field: string;
  readonly observations: readonly Observation[];
}

export interface Family {
  readonly name: string;
  readonly label: 'harmless' | 'bug';
  /** A bug that moves money, locks out or endangers somebody, or corrupts an identity; false for harmless families. */
  readonly critical: boolean;
  /** Justifies the label in one sentence. */
  readonly why: string;
  episode(random: Random, index: number): Episode;
}

/** Numbers that depend only on the seed text (FNV-1a into mulberry32), so that a new family never shifts another's episodes. */
export class Random {
  #state: number;

  constructor(seed: string) {
    let hash = 0x811c9dc5;
    for (let at = 0; at < seed.length; at += 1) hash = Math.imul(hash ^ seed.charCodeAt(at), 0x01000193);
    this.#state = hash | 0;
  }

  /** From 0 (inclusive) to 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `low` to `high`, both inclusive. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.int(0, items.length - 1)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  /** The items in another order (Fisher–Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const order = [...items];
    for (let last = order.length - 1; last > 0; last -= 1) {
      const other = this.int(0, last);
      [order[last], order[other]] = [order[other]!, order[last]!];
    }
    return order;
  }

  /** `length` characters of `alphabet`. */
  text(alphabet: string, length: number): string {
    return Array.from({ length }, () => alphabet[this.int(0, alphabet.length - 1)]).join('');
  }

  digits(length: number): string {
    return this.text('0123456789', length);
  }

  hex(length: number): string {
    return this.text('0123456789abcdef', length);
  }
}

/** A value at the moment of one request, as raw JSON texts. `undefined`: the field is absent. */
export interface Value {
  readonly legacy: string | undefined;
  /** What a faithful rewrite answers. */
  readonly right: string | undefined;
  /** What the defect makes of it; the key is left out where the defect cannot show (then the rewrite answers `right`). */
  readonly wrong?: string | undefined;
  /** A second run of legacy, where it differs from the first one. */
  readonly legacy2?: string | undefined;
}

/** How the values of a pair of families come about. `C` is what one episode's observations have in common. */
export interface Theme<C = undefined> {
  /** Plausible names of the field. */
  readonly fields: readonly string[];
  /** The label needs a telling name, so no opaque one is ever chosen. */
  readonly clear?: boolean;
  /** Fewest observations that let an expert tell. Default 1. */
  readonly least?: number;
  /** Legacy was not run twice. */
  readonly once?: boolean;
  /** The defect hits every observation it can show in, instead of all, some or a few. */
  readonly always?: boolean;
  readonly common?: (random: Random) => C;
  value(random: Random, common: C): Value;
}

export interface Naming {
  readonly name: string;
  readonly why: string;
}

/** A harmless family and the bug that looks almost the same. */
export function twins<C>(
  theme: Theme<C>,
  harmless: Naming,
  bug: Naming & { readonly critical: boolean },
): Family[] {
  return [faithful(theme, harmless), defect(theme, bug)];
}

/** The harmless family alone: the rewrite always answers `right`. */
export function faithful<C>(theme: Theme<C>, naming: Naming): Family {
  return family(theme, { ...naming, label: 'harmless', critical: false });
}

/** The bug alone: the rewrite answers `wrong` in all, some or a few observations. */
export function defect<C>(theme: Theme<C>, naming: Naming & { readonly critical: boolean }): Family {
  return family(theme, { ...naming, label: 'bug' });
}

/** The same theme where legacy has the old spelling in only a share of its records: the others are spelled as in the rewrite already. */
export function mixed<C>(theme: Theme<C>): Theme<{ readonly old: number; readonly inner: C }> {
  return {
    ...theme,
    common: (random) => ({ old: random.pick([0.1, 0.25, 0.5, 1]), inner: theme.common?.(random) as C }),
    value(random, { old, inner }) {
      const value = theme.value(random, inner);
      return random.chance(old) ? value : { ...value, legacy: value.right };
    },
  };
}

const opaque = [
  'F0032',
  'data',
  'val',
  'x1',
  'col7',
  'FLD-014',
  'attr12',
  'p3',
  'WS_OUT_2',
  'item.value',
  'misc',
  'field_21',
];
const misleading = ['note', 'id', 'count', 'name', 'total', 'type', 'description', 'flag'];
const routes = [
  'GET /accounts/{id}',
  'POST /payments',
  'GET /invoices/{number}',
  'POST /ws/BillingService',
  'GET /customers/{id}/contracts',
  'POST /quotes',
  'GET /api/v2/positions',
  'PUT /orders/{id}',
];
const attemptsMax = 200;

function family<C>(theme: Theme<C>, about: Omit<Family, 'episode'>): Family {
  return {
    ...about,
    episode(random, index) {
      for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
        const observations = observe(theme, about.label === 'bug', random);
        if (observations === undefined) continue;
        const route = random.chance(0.5) ? { route: random.pick(routes) } : {};
        return { id: `${about.name}-${index}`, ...route, field: fieldName(theme, random), observations };
      }
      throw new Error(`family ${about.name}: no episode with a difference in ${attemptsMax} attempts`);
    },
  };
}

/** The observations of one episode, or `undefined` when none of them shows what the family is about. */
function observe<C>(theme: Theme<C>, bug: boolean, random: Random): Observation[] | undefined {
  const common = theme.common?.(random) as C;
  const share = theme.always || random.chance(0.4) ? 1 : random.pick([0.08, 0.15, 0.3, 0.5, 0.7]);
  const observations: Observation[] = [];
  let shown = false;
  for (let left = observationCount(theme.least ?? 1, random); left > 0; left -= 1) {
    const value = theme.value(random, common);
    const wrong = bug && 'wrong' in value && random.chance(share);
    const modern = wrong ? value.wrong : value.right;
    shown ||= bug ? wrong : modern !== value.legacy;
    const legacy2 = 'legacy2' in value ? value.legacy2 : value.legacy;
    observations.push({ legacy: value.legacy, modern, ...(theme.once ? {} : { legacy2 }) });
  }
  return shown ? observations : undefined;
}

function observationCount(least: number, random: Random): number {
  if (random.chance(least === 1 ? 0.3 : 0.1)) return least;
  return Math.max(least, random.chance(0.1) ? random.int(60, 120) : random.int(4, 30));
}

function fieldName<C>(theme: Theme<C>, random: Random): string {
  if (theme.clear || random.chance(2 / 3)) return random.pick(theme.fields);
  return random.pick(random.chance(0.75) ? opaque : misleading);
}
