import type { MessageInitShape } from '@bufbuild/protobuf';
import type { HeaderMutationSchema } from '@chronos/envoy/api/envoy/config/common/mutation_rules/v3/mutation_rules_pb.js';
import { HeaderValueOption_HeaderAppendAction } from '@chronos/envoy/api/envoy/config/core/v3/base_pb.js';
import { HeaderMutationSchema as HeaderMutationFilterSchema } from '@chronos/envoy/api/envoy/extensions/filters/http/header_mutation/v3/header_mutation_pb.js';
import { plugin } from './messages.ts';
import { COPY_HEADER, FORWARDED_HEADER, REQUEST_ID_HEADER } from './names.ts';

type Mutation = MessageInitShape<typeof HeaderMutationSchema>;

const removed = (name: string): Mutation => ({ action: { case: 'remove', value: name } });

const removedPrefix = (prefix: string): Mutation => ({
  action: {
    case: 'removeOnMatch',
    value: { keyMatcher: { matchPattern: { case: 'prefix', value: prefix }, ignoreCase: true } },
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

const filter = (requestMutations: Mutation[]) =>
  plugin('envoy.filters.http.header_mutation', HeaderMutationFilterSchema, {
    mutations: { requestMutations },
  });

/**
 * First in the chain: what only the proxy may say is taken away from the client, then the request gets its id. Headers `x-envoy-*` would let a
 * client ask for retries and time limits of its own, past the protection of writes.
 */
export const identifyRequest = () =>
  filter([removedPrefix('x-chronos-'), removedPrefix('x-envoy-'), set(REQUEST_ID_HEADER, '%UNIQUE_ID%')]);

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
  filter([
    removed('x-envoy-internal'),
    removed('x-forwarded-for'),
    set('x-forwarded-for', `%REQ(${FORWARDED_HEADER})%`),
    removed(FORWARDED_HEADER),
  ]);
