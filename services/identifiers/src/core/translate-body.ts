import type { Codecs } from '@chronos/arbiter/core/compare/content-encoding.ts';
import { maskBody } from '@chronos/capture/core/mask/mask-body.ts';
import type { Masker } from '@chronos/capture/core/mask/masker.ts';
import { type Cursor, leadsOn, NOWHERE } from '@chronos/capture/core/mask/paths.ts';
import type { HttpMessage } from '@chronos/proto/events/v1/exchange_pb.js';
import type { RequestPlan } from './plan.ts';
import type { Resolve } from './resolve.ts';
import { Translator, Untranslatable } from './translator.ts';

export interface TranslatedBody {
  readonly bytes: Uint8Array;
  /** It had to be decompressed and is sent plain. */
  readonly isDecompressed: boolean;
}

/**
 * A request's body with the other universe's identifiers; undefined: nothing to change. Declared places come first, then values anywhere:
 * what one kind of identifier has become is not taken for another kind.
 * @throws Untranslatable when declared places cannot be read
 */
export function translateBody(
  message: HttpMessage,
  plan: RequestPlan,
  resolve: Resolve,
  codecs: Codecs,
): TranslatedBody | undefined {
  const translated = new Set<string>();
  let current = message;
  let isDecompressed = false;
  const apply = (cursor: Cursor, masker: Masker) => {
    const masked = maskBody(current, { cursor, masker, place: 'body', codecs, records: [], type: plan.type });
    if (masked === undefined) return;
    if (masked.is === 'dropped') throw new Untranslatable('too long once decompressed');
    isDecompressed ||= masked.plain;
    const headers = current.headers.filter(({ name }) => !masked.plain || name !== 'content-encoding');
    current = { ...current, headers, body: masked.bytes };
  };
  for (const { name: bijection, body } of plan.bijections) {
    if (!leadsOn(body)) continue;
    apply(body, new Translator({ bijection, anywhere: false, resolve, translated }));
  }
  for (const { name: bijection, anywhere } of plan.bijections) {
    if (!anywhere) continue;
    const before: HttpMessage = current;
    const wasDecompressed: boolean = isDecompressed;
    try {
      apply(NOWHERE, new Translator({ bijection, anywhere, resolve, translated }));
    } catch (error) {
      // Nothing was declared of it, so nothing is lost by not reading it.
      if (!(error instanceof Untranslatable)) throw error;
      current = before;
      isDecompressed = wasDecompressed;
    }
  }
  return current === message ? undefined : { bytes: current.body, isDecompressed };
}
