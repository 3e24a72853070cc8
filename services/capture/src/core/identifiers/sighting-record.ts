import { create, toBinary } from '@bufbuild/protobuf';
import type { Exchange } from '@chronos/proto/events/v1/exchange_pb.js';
import { IdentifierSightingsSchema } from '@chronos/proto/events/v1/identifiers_pb.js';
import type { Sighting } from './sight.ts';

export const SIGHTINGS_TOPIC = 'identifier-sightings';

/** What the sightings of one answer become on the topic; `seal` encrypts tokens, which never travel in clear. */
export function sightingRecord(
  { requestId, migration, universe }: Exchange,
  sightings: readonly Sighting[],
  seal: (text: string) => Uint8Array,
): { readonly key: string; readonly value: Uint8Array; readonly headers: Readonly<Record<string, string>> } {
  const message = create(IdentifierSightingsSchema, {
    requestId,
    migration,
    universe,
    sightings: sightings.map(({ bijection, isToken, place, values }) => ({
      bijection,
      place,
      sealed: isToken,
      values: values.map(({ value }) => (isToken ? seal(value) : utf8.encode(value))),
      numbers: values.map(({ isNumber }) => isNumber),
    })),
  });
  return { key: requestId, value: toBinary(IdentifierSightingsSchema, message), headers: {} };
}

const utf8 = new TextEncoder();
