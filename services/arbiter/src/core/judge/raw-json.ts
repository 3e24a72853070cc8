import { isArray, NumberText, type Value } from '../compare/value.ts';

/** A value as raw JSON text, the judge's currency. */
export interface RawJson {
  /** undefined: the field is missing. */
  readonly text: string | undefined;
  /** The value is longer than the text, which then is no JSON and proves nothing. */
  readonly cut: boolean;
}

/** The longest value that is judged; longer ones are asked about. */
export const JUDGED_CHARS_MAX = 64 << 10;

/** The longest value that a verdict carries for the control plane. */
export const CARRIED_CHARS_MAX = 2 << 10;

const ABSENT: RawJson = { text: undefined, cut: false };

/** Numbers keep their spelling, bytes are base64 in a string as in protobuf's JSON. Writing stops at the bound, whatever the value's size. */
export function rawJson(value: Value | undefined, charsMax = JUDGED_CHARS_MAX): RawJson {
  if (value === undefined) return ABSENT;
  const out = new Writer(charsMax);
  out.write(value);
  return shortened(out.text, charsMax);
}

/** The same value within another bound. */
export function carried({ text, cut }: RawJson): RawJson {
  if (text === undefined) return ABSENT;
  const short = shortened(text, CARRIED_CHARS_MAX);
  return { text: short.text, cut: cut || short.cut };
}

function shortened(text: string, charsMax: number): RawJson {
  if (text.length <= charsMax) return { text: text.toWellFormed(), cut: false };
  return { text: text.slice(0, charsMax).toWellFormed(), cut: true };
}

class Writer {
  text = '';
  readonly #charsMax: number;

  constructor(charsMax: number) {
    this.#charsMax = charsMax;
  }

  write(value: Value): void {
    if (this.text.length > this.#charsMax) return;
    if (value === null || typeof value === 'boolean') this.text += String(value);
    else if (typeof value === 'string') this.text += JSON.stringify(value.slice(0, this.#charsMax + 1));
    else if (value instanceof NumberText) this.text += value.text.slice(0, this.#charsMax + 1);
    else if (value instanceof Uint8Array) this.text += `"${base64(value.subarray(0, this.#charsMax))}"`;
    else if (isArray(value)) this.#list('[]', value, (item) => this.write(item));
    else {
      this.#list('{}', value, ([key, item]) => {
        this.text += `${JSON.stringify(key)}:`;
        this.write(item);
      });
    }
  }

  #list<T>(brackets: string, items: Iterable<T>, each: (item: T) => void): void {
    this.text += brackets[0];
    let separator = '';
    for (const item of items) {
      if (this.text.length > this.#charsMax) return;
      this.text += separator;
      each(item);
      separator = ',';
    }
    this.text += brackets[1];
  }
}

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
