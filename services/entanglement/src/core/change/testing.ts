/** Writes messages as Postgres does, for tests of their decoder. */
export class Message {
  readonly #bytes: number[] = [];

  constructor(tag: string) {
    this.#bytes.push(tag.charCodeAt(0));
  }

  int(value: number | bigint, bytes: 1 | 2 | 4 | 8): this {
    for (let shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
      this.#bytes.push(Number((BigInt(value) >> BigInt(shift)) & 0xffn));
    return this;
  }

  raw(text: string): this {
    this.#bytes.push(...new TextEncoder().encode(text));
    return this;
  }

  cstring(text: string): this {
    return this.raw(text).int(0, 1);
  }

  /** null: NULL; undefined: an unchanged large value. */
  tuple(values: readonly (string | null | undefined)[]): this {
    this.int(values.length, 2);
    for (const value of values) {
      if (value === null) this.raw('n');
      else if (value === undefined) this.raw('u');
      else this.raw('t').int(new TextEncoder().encode(value).length, 4).raw(value);
    }
    return this;
  }

  done(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

export const beginMessage = (lsn: bigint, xid: number) =>
  new Message('B').int(lsn, 8).int(0, 8).int(xid, 4).done();
export const commitMessage = (lsn: bigint, end: bigint) =>
  new Message('C').int(0, 1).int(lsn, 8).int(end, 8).int(0, 8).done();

/** Relation 1: public.accounts(id key, note). */
export const relationMessage = (
  identity: 'd' | 'f',
  columns: readonly (readonly [name: string, key: boolean])[],
) => {
  const message = new Message('R')
    .int(1, 4)
    .cstring('public')
    .cstring('accounts')
    .raw(identity)
    .int(columns.length, 2);
  for (const [name, key] of columns)
    message
      .int(key ? 1 : 0, 1)
      .cstring(name)
      .int(25, 4)
      .int(0xffff_ffff, 4);
  return message.done();
};
