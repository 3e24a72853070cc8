/**
 * How two values of one domain relate in what they denote: the same thing; not the same thing under any reading; or the same under one
 * reading and not under another, which nobody but a person can decide.
 */
export interface Relation {
  readonly is: 'same' | 'different' | 'open';
  /** Why, in a few words that end a sentence. */
  readonly because: string;
}

export function same(because: string): Relation {
  return { is: 'same', because };
}

export function different(because: string): Relation {
  return { is: 'different', because };
}

export function open(because: string): Relation {
  return { is: 'open', because };
}
