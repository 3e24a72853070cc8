import type { Side } from '../value/side.ts';

/** What one reader takes a value to mean. */
export interface Reading {
  readonly reader: string;
  /** What it denotes; readers of one domain give equal keys to equal things. */
  readonly key: string;
  /** The look alone tells that the value is of this domain; else it is only one of the things that it may be. */
  readonly strong: boolean;
  /** Two values of plain notations are compared by meaning/, not here. */
  readonly plain: boolean;
}

/** A domain of closed meaning: every value that is read in it denotes one thing and no other. */
export interface Domain {
  readonly name: string;
  /** Whether texts, lists and objects are read that are longer than most coded values. */
  readonly long?: true;
  /** Only two notations are compared: what each system makes anew (ids) says nothing where both write it alike. */
  readonly across?: true;
  /** For the documentation: what is read. */
  readonly reads: string;
  /** A function of the side alone: what it reads is kept with the side. */
  readonly read: (side: Side) => readonly Reading[];
  /** Whether two things are so near that a slip in converting the one notation into the other explains it. */
  near?(legacy: string, modern: string): boolean;
}

export function reading(
  reader: string,
  key: string | number | bigint,
  strong: boolean,
  plain = false,
): readonly Reading[] {
  return [{ reader, key: String(key), strong, plain }];
}

/** The digits of a JSON number or text that are nothing but digits. */
export function digitsOf(side: Side): string | undefined {
  const text = side.text ?? (side.isNumber ? side.raw : undefined);
  return text !== undefined && text.length <= 20 && /^[0-9]+$/.test(text) ? text : undefined;
}
