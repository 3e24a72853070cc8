import { headerText } from '@chronos/capture/core/identifiers/header-values.ts';
import type { Header } from '@chronos/proto/events/v1/exchange_pb.js';
import { wantedInHead } from './copy.ts';
import type { RequestPlan } from './plan.ts';
import type { Want } from './resolve.ts';

/** What a request asks to remove: the declared identifier at the end of a DELETE's path. */
export function removedBy(headers: readonly Header[], plan: RequestPlan, method: string): readonly Want[] {
  if (method !== 'DELETE') return [];
  const path = headerText(headers.find(({ name }) => name === ':path')?.value ?? new Uint8Array());
  const last = (path.split('?', 1)[0] ?? '').replace(/\/+$/, '').split('/').length - 1;
  const bijections = plan.bijections.map((bijection) => ({
    ...bijection,
    anywhere: false,
    places: bijection.places.filter(({ root, name }) => root === 'path' && name === String(last)),
  }));
  return wantedInHead(headers, { ...plan, bijections }).all;
}
