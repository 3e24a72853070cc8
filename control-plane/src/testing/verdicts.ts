import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { timestampNow } from '@bufbuild/protobuf/wkt';
import { Universe } from '@chronos/proto/events/v1/exchange_pb.js';
import { DifferenceKind, Kind, type Verdict, VerdictSchema } from '@chronos/proto/events/v1/verdict_pb.js';

/** A verdict as the arbiter makes it: identical, answered by legacy, judged now. */
export function verdict(
  fields: MessageInitShape<typeof VerdictSchema> & { readonly requestId: string },
): Verdict {
  return create(VerdictSchema, {
    migration: 'shop',
    group: 'all',
    route: '/r',
    kind: Kind.IDENTICAL,
    answeredBy: Universe.LEGACY,
    startedAt: timestampNow(),
    judgedAt: timestampNow(),
    legacyStatus: 200,
    modernStatus: 200,
    ...fields,
  });
}

/** The same with a difference in `body.total`. */
export function mismatch(
  fields: MessageInitShape<typeof VerdictSchema> & { readonly requestId: string },
): Verdict {
  return verdict({
    kind: Kind.MISMATCH,
    differences: [
      { path: 'body.total', pointer: 'body.total', kind: DifferenceKind.VALUE, legacy: '1', modern: '2' },
    ],
    ...fields,
  });
}

export function encoded(message: Verdict): Uint8Array {
  return toBinary(VerdictSchema, message);
}
