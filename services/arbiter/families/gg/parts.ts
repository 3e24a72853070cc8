/** What the families of gg share: routes that fit, 8 to 60 observations, and a few values. It has no families of its own. */
import { defect, type Family, faithful, type Random, type Theme, type Value } from '../kit.ts';
import { givenNames, json, surnames, two } from '../kit-values.ts';
import { shownJson } from '../shown.ts';

export const families: readonly Family[] = [];

export type Same = readonly [name: string, why: string];
export type Broken = readonly [name: string, why: string, weight: 'critical' | 'minor'];
type Routes = readonly string[];

const observationsMin = 8;
const observationsMax = 60;
const onceShare = 0.3;

/** A harmless family and the bug that looks like it. */
export function pair<C>(routes: Routes, theme: Theme<C>, harmless: Same, bug: Broken): Family[] {
  return [...same(routes, theme, harmless), ...broken(routes, theme, bug)];
}

export function same<C>(routes: Routes, theme: Theme<C>, [name, why]: Same): Family[] {
  return [placed(routes, faithful({ least: observationsMin, ...theme }, { name: `gg_${name}`, why }))];
}

export function broken<C>(routes: Routes, theme: Theme<C>, [name, why, weight]: Broken): Family[] {
  const critical = weight === 'critical';
  return [
    placed(routes, defect({ least: observationsMin, ...theme }, { name: `gg_${name}`, why, critical })),
  ];
}

/** A bug that only shows beside the second run of legacy, which is therefore never left out. */
export function brokenBesideTwice<C>(routes: Routes, theme: Theme<C>, [name, why, weight]: Broken): Family {
  const critical = weight === 'critical';
  const family = defect({ least: observationsMin, ...theme }, { name: `gg_${name}`, why, critical });
  return placed(routes, family, 0);
}

/** The family at a route that has such a field, with no more observations than a colleague would read, now and then without second runs. */
function placed(routes: Routes, family: Family, once = onceShare): Family {
  return {
    ...family,
    episode(random, index) {
      for (;;) {
        const { route, ...episode } = family.episode(random, index);
        if (episode.observations.length > observationsMax) continue;
        const steady = episode.observations.every(({ legacy, legacy2 }) => legacy === legacy2);
        const observations =
          steady && random.chance(once)
            ? episode.observations.map(({ legacy, modern }) => ({ legacy, modern }))
            : episode.observations;
        return { ...episode, observations, ...(route === undefined ? {} : { route: random.pick(routes) }) };
      }
    },
  };
}

/** Values from a table of what legacy answers, what it means, and what the defect takes it for. */
export function fromTable(rows: readonly (readonly [legacy: unknown, right: unknown, wrong?: unknown])[]) {
  return (random: Random): Value => {
    const [legacy, right, wrong] = random.pick(rows);
    return wrong === undefined
      ? { legacy: json(legacy), right: json(right) }
      : shownJson(legacy, right, wrong);
  };
}

export const person = (random: Random): string => `${random.pick(givenNames)} ${random.pick(surnames)}`;

export function uuid(random: Random): string {
  return [8, 4, 4, 4, 12].map((length) => random.hex(length)).join('-');
}

/** Between `low` and `high` different items, in the order of the list. */
export function some<T>(random: Random, items: readonly T[], low: number, high: number): T[] {
  const kept = new Set(random.shuffled(items).slice(0, random.int(low, high)));
  return items.filter((item) => kept.has(item));
}

/** An instant of the years 2023 to 2026, in milliseconds. */
export function instant(random: Random): number {
  return Date.UTC(2023, 0, 1) + random.int(0, 3 * 365 * 86_400_000);
}

/** 2024-03-01T10:20:30Z */
export const zulu = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** The wall clock at an offset of `hours` from UTC, without it: 2024-03-01T10:20:30 */
export const wallClock = (milliseconds: number, hours: number): string =>
  zulu(milliseconds + hours * 3_600_000).slice(0, 19);

/** +02:00 */
export const offset = (hours: number): string => `${hours < 0 ? '-' : '+'}${two(Math.abs(hours))}:00`;
