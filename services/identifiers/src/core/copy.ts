import type { Codecs } from '@chronos/arbiter/core/compare/content-encoding.ts';
import type { Header } from '@chronos/proto/events/v1/exchange_pb.js';
import type { RequestPlan } from './plan.ts';
import { Wanted } from './resolve.ts';
import { translateBody } from './translate-body.ts';
import { translateHead } from './translate-head.ts';

/** What a request's head carries; the resolver's answers then serve `translateHead`. */
export function wantedInHead(headers: readonly Header[], plan: RequestPlan): Wanted {
  const wanted = new Wanted();
  translateHead(headers, plan, wanted.resolve);
  return wanted;
}

/**
 * What a request's body carries.
 * @throws Untranslatable
 */
export function wantedInBody(
  message: Parameters<typeof translateBody>[0],
  plan: RequestPlan,
  codecs: Codecs,
): Wanted {
  const wanted = new Wanted();
  translateBody(message, plan, wanted.resolve, codecs);
  return wanted;
}
