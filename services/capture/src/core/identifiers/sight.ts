import type { Codecs } from '@chronos/arbiter/core/compare/content-encoding.ts';
import { type Methods, readDescriptors } from '@chronos/arbiter/core/compare/descriptors.ts';
import { parseRoute, type RoutePattern } from '@chronos/arbiter/core/entangled/route-pattern.ts';
import { type Bijection, IdentifierKind } from '@chronos/proto/chronos/v1/identifiers_pb.js';
import type { JudgingRules } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import {
  type Exchange,
  type HttpMessage,
  Outcome,
  Role,
  Transport,
  Universe,
} from '@chronos/proto/events/v1/exchange_pb.js';
import { maskBody } from '../mask/mask-body.ts';
import { Collector, type Sighted } from './collector.ts';
import { headerText, headerValue, setCookie } from './header-values.ts';
import { MADE_ROOTS, type Place, parsePlace } from './places.ts';

/** What a migration declares of identifiers that answers hand out, ready for use. */
export interface SightingRules {
  readonly methods: Methods;
  readonly places: readonly MadePlace[];
}

interface MadePlace {
  readonly bijection: string;
  readonly isToken: boolean;
  /** Number of the place within its bijection: both universes' values at one number belong together. */
  readonly place: number;
  readonly matches: RoutePattern;
  readonly legacy: Place;
  readonly modern: Place;
}

/** What one answer hands out at one declared place, in the answer's order. */
export interface Sighting {
  readonly bijection: string;
  readonly isToken: boolean;
  readonly place: number;
  readonly values: readonly Sighted[];
}

/** More than this of one kind in one answer are not learned from it. */
const VALUES_MAX = 1_000;
/** Longer texts are contents. */
export const IDENTIFIER_CHARS_MAX = 4_096;

/** undefined: the migration declares none, and nothing is to be done. What cannot be read was refused when the migration was applied. */
export function compileSightings({ spec, descriptorSets }: JudgingRules): SightingRules | undefined {
  const bijections = spec?.identifiers?.bijections ?? [];
  if (bijections.length === 0) return undefined;
  return { methods: readDescriptors(descriptorSets).methods, places: bijections.flatMap(placesOf) };
}

function placesOf({ name, kind, made }: Bijection): MadePlace[] {
  return made.flatMap(({ route, at, modernAt }, place) => {
    const pattern = parseRoute(route);
    const legacy = parsePlace(at, MADE_ROOTS);
    const modern = parsePlace(modernAt || at, MADE_ROOTS);
    if (!pattern.ok || !legacy.ok || !modern.ok) return [];
    const isToken = kind === IdentifierKind.TOKEN;
    return [
      {
        bijection: name,
        isToken,
        place,
        matches: pattern.matches,
        legacy: legacy.place,
        modern: modern.place,
      },
    ];
  });
}

/** The declared identifiers in an answer; only of whole answers that say that something was done. */
export function sightingsIn(exchange: Exchange, rules: SightingRules, codecs: Codecs): Sighting[] {
  const { response, universe, method, path } = exchange;
  if (response === undefined || !isAnswer(exchange)) return [];
  const made = rules.places.filter(({ matches }) => matches(method, path));
  return made.flatMap(({ bijection, isToken, place, legacy, modern }) => {
    const at = universe === Universe.MODERN ? modern : legacy;
    const values = valuesAt(at, response, rules.methods.get(path)?.output, codecs);
    const usable =
      values.length > 0 &&
      values.length <= VALUES_MAX &&
      values.every(({ value }) => value.length <= IDENTIFIER_CHARS_MAX);
    return usable ? [{ bijection, isToken, place, values }] : [];
  });
}

function isAnswer({ response, outcome, transport, role, universe }: Exchange): boolean {
  const status = Number(headersOf(response, ':status')[0] ?? '0');
  return (
    outcome === Outcome.COMPLETE &&
    transport !== Transport.TCP &&
    role !== Role.SECOND &&
    universe !== Universe.UNSPECIFIED &&
    status >= 200 &&
    status < 400
  );
}

function valuesAt(
  place: Place,
  response: HttpMessage,
  type: NonNullable<ReturnType<Methods['get']>>['output'] | undefined,
  codecs: Codecs,
): Sighted[] {
  if (place.root === 'body') {
    const collector = new Collector();
    // What a mask would be is thrown away: only what was found counts.
    maskBody(response, { cursor: place.cursor, masker: collector, place: '', codecs, records: [], type });
    return collector.found;
  }
  return headerValues(place, response).map((value) => ({ value, isNumber: false }));
}

function headerValues({ root, name }: Exclude<Place, { root: 'body' }>, response: HttpMessage): string[] {
  if (root === 'cookie') {
    return headersOf(response, 'set-cookie').flatMap((text) => {
      const cookie = setCookie(text);
      return cookie?.name === name ? [cookie.value] : [];
    });
  }
  const all = root === 'trailer' ? response.trailers : response.headers;
  return all
    .filter((header) => header.name === name)
    .map(({ value }) => headerValue(name, headerText(value)).value)
    .filter((value) => value !== '');
}

function headersOf(message: HttpMessage | undefined, name: string): string[] {
  return (message?.headers ?? [])
    .filter((header) => header.name === name)
    .map(({ value }) => headerText(value));
}
