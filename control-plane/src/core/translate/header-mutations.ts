import type { MessageInitShape } from '@bufbuild/protobuf';
import type { HeaderMutationSchema } from '@chronos/envoy/api/envoy/config/common/mutation_rules/v3/mutation_rules_pb.js';
import { HeaderValueOption_HeaderAppendAction } from '@chronos/envoy/api/envoy/config/core/v3/base_pb.js';
import { HeaderMutationSchema as HeaderMutationFilterSchema } from '@chronos/envoy/api/envoy/extensions/filters/http/header_mutation/v3/header_mutation_pb.js';
import { HeaderMutationSchema as EarlyHeaderMutationSchema } from '@chronos/envoy/api/envoy/extensions/http/early_header_mutation/header_mutation/v3/header_mutation_pb.js';
import { extension, plugin } from './messages.ts';
import { COPY_HEADER, FORWARDED_HEADER, PROBE_HEADER, REQUEST_ID_HEADER } from './names.ts';

type Mutation = MessageInitShape<typeof HeaderMutationSchema>;

const prefix = 'x-chronos-';

const removed = (name: string): Mutation => ({ action: { case: 'remove', value: name } });

/** By a regular expression over the whole name. */
const removedMatching = (regex: string): Mutation => ({
  action: {
    case: 'removeOnMatch',
    value: { keyMatcher: { matchPattern: { case: 'safeRegex', value: { regex } } } },
  },
});

const set = (key: string, value: string): Mutation => ({
  action: {
    case: 'append',
    value: {
      header: { key, value },
      appendAction: HeaderValueOption_HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD,
    },
  },
});

/**
 * Before anything is decided, the route included: what only the proxy may say is taken away from the client, and the request gets its id. The
 * probe's header stays: its route needs it.
 */
export const identifyRequest = () =>
  extension('envoy.http.early_header_mutation.header_mutation', EarlyHeaderMutationSchema, {
    mutations: [
      removedMatching(`${prefix}(?:${everyNameBut(PROBE_HEADER.slice(prefix.length))})`),
      set(REQUEST_ID_HEADER, '%UNIQUE_ID%'),
    ],
  });

/** The same for a connection of a client: nothing in front of it could say anything else. */
export const identifyConnection = () =>
  extension('envoy.http.early_header_mutation.header_mutation', EarlyHeaderMutationSchema, {
    mutations: [set(REQUEST_ID_HEADER, '%UNIQUE_ID%')],
  });

/** On the way into the mirror: the copy is marked, and what the client's x-forwarded-for was is kept aside. */
export const markCopy = (): Mutation[] => [
  set(COPY_HEADER, '1'),
  set(FORWARDED_HEADER, '%REQ(x-forwarded-for)%'),
];

/**
 * On the way out to the shadow: Envoy treats a copy as a request of its own and appends itself to x-forwarded-for; undone, so that both universes
 * see the same request.
 */
export const restoreCopy = () =>
  plugin('envoy.filters.http.header_mutation', HeaderMutationFilterSchema, {
    mutations: {
      requestMutations: [
        removed('x-envoy-internal'),
        removed('x-forwarded-for'),
        set('x-forwarded-for', `%REQ(${FORWARDED_HEADER})%`),
        removed(FORWARDED_HEADER),
      ],
    },
  });

/** A regular expression for every other name: RE2 knows no negation. */
function everyNameBut(name: string): string {
  const others = [...name].map((char, at) => `${name.slice(0, at)}(?:[^${char}].*)?`);
  return [...others, `${name}.+`].join('|');
}
