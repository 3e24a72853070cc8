/** Records have a limit: of values that are larger than an account book's ever are, the digest travels instead. */
import { create } from '@bufbuild/protobuf';
import { type Vector, VectorFieldSchema, VectorSchema } from '@chronos/proto/events/v1/state_update_pb.js';
import type { EntityImage } from './assemble.ts';

const valueCharsMax = 64 * 1024;
/** Of both images together; a row may have 1,600 columns. */
const imageCharsMax = 1024 * 1024;
const valueCharsMaxOfLarge = 256;

/** Equal values have equal digests, so that they still compare; `masked` says that it is not the value itself. */
export function shortened(image: EntityImage, digest: (text: string) => string): EntityImage {
  const chars = charsOf(image.before) + charsOf(image.after);
  if (chars <= valueCharsMax) return image;
  const most = chars > imageCharsMax ? valueCharsMaxOfLarge : valueCharsMax;
  const short = (vector: Vector | undefined): Vector | undefined =>
    vector &&
    create(VectorSchema, {
      fields: vector.fields.map((field) =>
        field.value.case === 'text' && field.value.value.length > most
          ? create(VectorFieldSchema, {
              ...field,
              value: { case: 'masked', value: digest(field.value.value) },
            })
          : field,
      ),
    });
  return { ...image, before: short(image.before), after: short(image.after) };
}

function charsOf(vector: Vector | undefined): number {
  let chars = 0;
  for (const { value } of vector?.fields ?? []) if (value.case === 'text') chars += value.value.length;
  return chars;
}
