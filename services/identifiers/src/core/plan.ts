import { type Methods, readDescriptors } from '@chronos/arbiter/core/compare/descriptors.ts';
import { parseRoute, type RoutePattern } from '@chronos/arbiter/core/entangled/route-pattern.ts';
import { type Place, parsePlace, USED_ROOTS } from '@chronos/capture/core/identifiers/places.ts';
import type { Cursor } from '@chronos/capture/core/mask/paths.ts';
import {
  type Bijection,
  IdentifierKind,
  UnknownIdentifier,
} from '@chronos/proto/chronos/v1/identifiers_pb.js';
import type { JudgingRules } from '@chronos/proto/chronos/v1/judging_rules_pb.js';

/** What a migration declares of identifiers in requests, ready for use. */
export interface IdentifierRules {
  readonly methods: Methods;
  readonly bijections: readonly UsedBijection[];
  /** How long a copy waits for a pair. */
  readonly waitMs: number;
  /** Pairs kept of each bijection. */
  readonly pairsMax: number;
  /** Route groups whose requests are translated on their way to an answering modern. */
  readonly answering: ReadonlySet<string>;
}

export interface UsedBijection {
  readonly name: string;
  readonly isToken: boolean;
  /** Some request carries it: where it is a token, it has to be stored so that it can be sent. */
  readonly isSent: boolean;
  readonly anywhere: boolean;
  /** What has no partner is sent as it is. */
  readonly unknownIsSame: boolean;
  readonly used: readonly { readonly matches: RoutePattern; readonly place: Place }[];
}

/** Where one request may carry identifiers. */
export interface RequestPlan {
  readonly bijections: readonly PlannedBijection[];
  /** The body has to be read. Never of a stream of the client's: it would be held until it ends. */
  readonly readsBody: boolean;
  /** Fields of the body are declared. */
  readonly declaresBody: boolean;
  readonly type: NonNullable<ReturnType<Methods['get']>>['input'] | undefined;
}

export interface PlannedBijection {
  readonly name: string;
  readonly anywhere: boolean;
  readonly unknownIsSame: boolean;
  readonly places: readonly Exclude<Place, { root: 'body' }>[];
  /** Declared fields of the body. */
  readonly body: Cursor;
}

const WAIT_MS_DEFAULT = 2_000;
const PAIRS_MAX_DEFAULT = 1_000_000;

/** undefined: the migration declares none. What cannot be read was refused when the migration was applied. */
export function compileIdentifiers({ spec, descriptorSets }: JudgingRules): IdentifierRules | undefined {
  const declared = spec?.identifiers;
  if (declared === undefined || declared.bijections.length === 0) return undefined;
  const { wait } = declared;
  return {
    methods: readDescriptors(descriptorSets).methods,
    bijections: declared.bijections.map(usedBijection),
    waitMs: wait ? Number(wait.seconds) * 1000 + wait.nanos / 1e6 : WAIT_MS_DEFAULT,
    pairsMax: declared.pairsMax || PAIRS_MAX_DEFAULT,
    answering: new Set(declared.answering),
  };
}

function usedBijection({ name, kind, used, anywhere, unknown }: Bijection): UsedBijection {
  return {
    name,
    isToken: kind === IdentifierKind.TOKEN,
    isSent: anywhere || used.length > 0,
    anywhere,
    unknownIsSame: unknown === UnknownIdentifier.SAME,
    used: used.flatMap(({ route, at }) => {
      const pattern = parseRoute(route);
      const parsed = parsePlace(at, USED_ROOTS);
      return pattern.ok && parsed.ok ? [{ matches: pattern.matches, place: parsed.place }] : [];
    }),
  };
}

/** undefined: this request can carry none. */
export function planOf(rules: IdentifierRules, method: string, path: string): RequestPlan | undefined {
  const bijections = rules.bijections.flatMap(
    ({ name, anywhere, unknownIsSame, used }): PlannedBijection[] => {
      const here = used.filter(({ matches }) => matches(method, path)).map(({ place }) => place);
      if (here.length === 0 && !anywhere) return [];
      const places = here.flatMap((place) => (place.root === 'body' ? [] : [place]));
      const body = here.flatMap((place) => (place.root === 'body' ? place.cursor : []));
      return [{ name, anywhere, unknownIsSame, places, body }];
    },
  );
  if (bijections.length === 0) return undefined;
  const called = rules.methods.get(path.split('?', 1)[0] ?? '');
  const isStream = called?.methodKind === 'client_streaming' || called?.methodKind === 'bidi_streaming';
  return {
    bijections,
    readsBody: !isStream && bijections.some(({ anywhere, body }) => anywhere || body.length > 0),
    declaresBody: bijections.some(({ body }) => body.length > 0),
    type: called?.input,
  };
}
