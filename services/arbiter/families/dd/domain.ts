/** What the other files of this author share: families of one domain, with its routes and 8 to 60 observations an episode. */
import { defect, type Family, faithful, type Naming, type Random, type Theme, twins } from '../kit.ts';
import { decimal } from '../kit-values.ts';

/** None of its own; every file of an author exports its families. */
export const families: readonly Family[] = [];

type Bug = Naming & { readonly critical: boolean };
const observationsMin = 8;
const observationsMax = 60;

/** `twins` in a domain. */
export function pair<C>(routes: readonly string[], theme: Theme<C>, harmless: Naming, bug: Bug): Family[] {
  return twins({ least: observationsMin, ...theme }, harmless, bug).map((family) => within(family, routes));
}

/** `faithful` in a domain. */
export function only<C>(routes: readonly string[], theme: Theme<C>, harmless: Naming): Family[] {
  return [within(faithful({ least: observationsMin, ...theme }, harmless), routes)];
}

/** `defect` in a domain. */
export function broken<C>(routes: readonly string[], theme: Theme<C>, bug: Bug): Family[] {
  return [within(defect({ least: observationsMin, ...theme }, bug), routes)];
}

/** Families made elsewhere, such as those of code tables, in a domain. */
export const inDomain = (routes: readonly string[], families: readonly Family[]): Family[] =>
  families.map((family) => within(family, routes));

function within(family: Family, routes: readonly string[]): Family {
  return {
    ...family,
    episode(random, index) {
      for (;;) {
        const episode = family.episode(random, index);
        if (episode.observations.length > observationsMax) continue;
        return episode.route === undefined ? episode : { ...episode, route: random.pick(routes) };
      }
    },
  };
}

/** `decimal` without zeros at the end: `short(250, 3)` is `0.25`. */
export function short(units: number, scale: number): string {
  const text = decimal(units, scale);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** `count` different items, in no order. */
export const some = <T>(random: Random, items: readonly T[], count: number): T[] =>
  random.shuffled(items).slice(0, count);

/** A whole number with at least `length` digits. */
export const padded = (value: number, length: number): string => String(value).padStart(length, '0');

/** A version 4 UUID. */
export function uuid(random: Random): string {
  return [
    random.hex(8),
    random.hex(4),
    `4${random.hex(3)}`,
    random.pick([...'89ab']) + random.hex(3),
    random.hex(12),
  ].join('-');
}
