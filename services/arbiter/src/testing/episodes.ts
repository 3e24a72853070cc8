import type { Episode, Triple } from '../core/judge/episode.ts';

/** A pair of JSON values, with legacy's second run when it differs; `undefined` is a missing field. */
export type Values = readonly [legacy: unknown, modern: unknown, legacy2?: unknown];

/** The raw JSON text of a value; a {@link Raw} stands as it is, so that `1.10` keeps its zero. */
export class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export function raw(text: string): Raw {
  return new Raw(text);
}

function rawText(value: unknown): string {
  return value instanceof Raw ? value.text : JSON.stringify(value);
}

export function triple(values: Values): Triple {
  const [legacy, modern] = values;
  const legacy2 = values.length > 2 ? values[2] : legacy;
  return {
    ...(legacy === undefined ? {} : { legacy: rawText(legacy) }),
    ...(modern === undefined ? {} : { modern: rawText(modern) }),
    ...(legacy2 === undefined ? {} : { legacy2: rawText(legacy2) }),
  };
}

/** An episode of a field whose name tells nothing. */
export function episodeOf(...observations: readonly Values[]): Episode {
  return { id: 'test', field: 'data', observations: observations.map(triple) };
}
