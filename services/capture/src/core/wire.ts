import type { BinaryReader } from '@bufbuild/protobuf/wire';

/** Calls `read` for each field up to `end`; one that it does not take (false) is skipped. */
export function eachField(reader: BinaryReader, end: number, read: (field: number) => boolean): void {
  while (reader.pos < end) {
    const [field, wireType] = reader.tag();
    if (!read(field)) reader.skip(wireType, field);
  }
}

/** Reads the length of a nested message; returns where it ends. */
export function endOf(reader: BinaryReader): number {
  const length = reader.uint32();
  const end = reader.pos + length;
  if (end > reader.len) throw new RangeError('a field ends beyond its message');
  return end;
}
