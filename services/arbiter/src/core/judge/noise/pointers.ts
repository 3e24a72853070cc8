import { isArray, type Value } from '../../compare/value.ts';
import type { Episode, Triple } from '../episode.ts';
import { canonical } from '../value/lists.ts';
import { rawOf, Side } from '../value/side.ts';

/** Requests of which legacy shuffles the list in both runs, from which on what it points at is no chance. */
const REQUESTS_MIN = 3;

export type Pointed =
  | { readonly to: string; readonly from: string; readonly name: string; readonly shownBy: number }
  | { readonly to?: undefined; readonly episode: Episode };

/**
 * A number that counts to an element of a list beside it (the right answer among options), which legacy keeps in both runs though it
 * shuffles the list: modern's must count to the same element. Then the number itself says no more than the list's order.
 */
export function pointed(episode: Episode): Pointed | undefined {
  const read = episode.observations.map(({ legacy, modern, legacy2 }) => ({
    legacy: fieldsOf(legacy),
    modern: fieldsOf(modern),
    legacy2: fieldsOf(legacy2),
  }));
  const runs = read.filter(({ legacy2 }) => legacy2 !== undefined);
  const fields = read[0]?.legacy;
  if (runs.length < REQUESTS_MIN || fields === undefined) return undefined;
  const lists = [...fields].flatMap(([name, value]) => (isArray(value) && value.length > 1 ? [name] : []));
  const counts = [...fields.keys()].filter((name) => !lists.includes(name));
  for (const list of lists) {
    for (const name of counts) {
      for (const base of [0, 1]) {
        const at = (of: ReadonlyMap<string, Value> | undefined) => elementAt(of, list, name, base);
        const isKept = runs.every(
          ({ legacy, legacy2 }) => at(legacy) !== undefined && at(legacy) === at(legacy2),
        );
        const shuffled = runs.filter(({ legacy, legacy2 }) => rawAt(legacy, name) !== rawAt(legacy2, name));
        if (!isKept || shuffled.length < REQUESTS_MIN) continue;
        // Modern may tell it otherwise: by the element itself.
        if (read.some(({ modern }) => modern?.has(name) !== true)) continue;
        const wrong = read.filter(({ legacy, modern }) => at(legacy) !== at(modern));
        const [first] = wrong;
        if (first !== undefined)
          return {
            name,
            from: at(first.legacy) ?? '',
            to: at(first.modern) ?? 'none',
            shownBy: wrong.length,
          };
        const without = (raw: string | undefined) => withoutMember(raw, name);
        const observations = episode.observations.map(({ legacy, modern, legacy2 }) => ({
          legacy: without(legacy),
          modern: without(modern),
          ...(legacy2 !== undefined && { legacy2: without(legacy2) }),
        })) as readonly Triple[];
        return { episode: { ...episode, observations } };
      }
    }
  }
  return undefined;
}

function fieldsOf(raw: string | undefined): ReadonlyMap<string, Value> | undefined {
  return raw === undefined ? undefined : new Side(raw).fields;
}

function rawAt(fields: ReadonlyMap<string, Value> | undefined, name: string): string {
  return rawOf(fields?.get(name) ?? null);
}

function elementAt(
  fields: ReadonlyMap<string, Value> | undefined,
  list: string,
  name: string,
  base: number,
): string | undefined {
  const items = fields?.get(list);
  const raw = rawAt(fields, name);
  if (items === undefined || !isArray(items) || !/^[0-9]{1,4}$/.test(raw)) return undefined;
  const item = items[Number(raw) - base];
  return item === undefined ? undefined : canonical(item);
}

function withoutMember(raw: string | undefined, name: string): string | undefined {
  const fields = fieldsOf(raw);
  return fields && rawOf(new Map([...fields].filter(([key]) => key !== name)));
}
