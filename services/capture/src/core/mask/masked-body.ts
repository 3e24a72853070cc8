import type { DescMessage } from '@bufbuild/protobuf';
import type { Codecs } from '@chronos/arbiter/core/compare/content-encoding.ts';
import type { FixedRecord } from '@chronos/proto/chronos/v1/migration_pb.js';
import { toBinaryText } from './binary.ts';
import type { Masker } from './masker.ts';
import type { Cursor } from './paths.ts';

export interface BodyScope {
  /** Declared paths below `body`. */
  readonly cursor: Cursor;
  readonly masker: Masker;
  /** `response.body`, for notes. */
  readonly place: string;
  readonly codecs: Codecs;
  /** Kinds of lines of fixed-width text. */
  readonly records: readonly FixedRecord[];
  /** Type of protobuf messages of this half; undefined: no descriptor knows the method. */
  readonly type: DescMessage | undefined;
}

/** A body's successor; undefined: it stays as it is. */
export type MaskedBody =
  /** `plain`: no longer compressed. `utf8`: no longer in the charset that its content type names. */
  | {
      readonly is: 'masked';
      readonly bytes: Uint8Array;
      readonly plain: boolean;
      readonly utf8?: boolean;
    }
  /** Not stored at all, like one that is too long. */
  | { readonly is: 'dropped' }
  | undefined;

/** What promises JSON. */
export const JSON_TYPE = /^(application|text)\/json$|\+json$/;

/** A body of which nothing may be stored but whether it is the same as another. Where JSON is expected it stays JSON. */
export function hashed(bytes: Uint8Array, essence: string, scope: BodyScope, why: string): MaskedBody {
  const mask = wholeMask(bytes, scope, why);
  return {
    is: 'masked',
    bytes: JSON_TYPE.test(essence) ? encoder.encode(`"${decoder.decode(mask)}"`) : mask,
    plain: false,
  };
}

export function wholeMask(bytes: Uint8Array, { masker, place }: BodyScope, why: string): Uint8Array {
  masker.note(place, `hashed whole: ${why}`);
  return encoder.encode(masker.bytes(toBinaryText(bytes), 'body', place));
}

export function plain(bytes: Uint8Array): Extract<MaskedBody, { readonly is: 'masked' }> {
  return { is: 'masked', bytes, plain: false };
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
