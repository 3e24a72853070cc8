import { bytesOfText, textOfBytes } from '@chronos/arbiter/core/entangled/bytes-text.ts';
import { DECLARED, Masker, type Reason } from '@chronos/capture/core/mask/masker.ts';
import type { IntegerKind } from '@chronos/capture/core/mask/protobuf-integer.ts';
import type { Resolve } from './resolve.ts';

/** A body, or a part of it, in which identifiers are declared and that cannot be read or written. */
export class Untranslatable extends Error {
  override readonly name = 'Untranslatable';
}

const JSON_NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

export interface TranslatorOptions {
  readonly bijection: string;
  /** Every whole value may be one, not only those at declared places. */
  readonly anywhere: boolean;
  readonly resolve: Resolve;
  /** Values that were translated already: they are of the other universe. */
  readonly translated: Set<string>;
}

/** Walks a body as masking does (the same formats, everything else byte for byte as it was), and writes the other universe's identifiers. */
export class Translator extends Masker {
  readonly #options: TranslatorOptions;
  /** Translations that the other universe spells as numbers. */
  readonly #numbers = new Set<string>();

  constructor(options: TranslatorOptions) {
    super({ hash: () => '', recognise: options.anywhere });
    this.#options = options;
  }

  override reasonOf(_key: string, isDeclared: boolean, above: Reason): Reason {
    return isDeclared ? DECLARED : above;
  }

  override json(text: string): string {
    return this.#numbers.has(text) ? text : JSON.stringify(text);
  }

  override text(value: string, reason: Reason): string | undefined {
    return this.#translate(value, reason);
  }

  override number(text: string, reason: Reason): string | undefined {
    return this.#translate(text, reason);
  }

  override boolean(value: boolean): string {
    throw new Untranslatable(`${value} is no identifier`);
  }

  override bytes(binary: string, reason: string): string {
    // Any other reason is a whole body that cannot be read.
    if (reason !== DECLARED) throw new Untranslatable('cannot be read');
    return this.#translate(binary, reason) ?? binary;
  }

  override wireBytes(content: Uint8Array, reason: string): Uint8Array | undefined {
    const partner = this.#translate(textOfBytes(content), reason);
    return partner === undefined ? undefined : bytesOfText(partner);
  }

  override integer(value: bigint, { least, most }: IntegerKind, reason: string): bigint {
    const partner = this.#translate(String(value), reason);
    if (partner === undefined) return value;
    const other = /^-?[0-9]{1,20}$/.test(partner) ? BigInt(partner) : undefined;
    if (other === undefined || other < least || other > most)
      throw new Untranslatable('the partner of a number is none that fits');
    return other;
  }

  /** A number with a fraction. */
  override pseudonym(): bigint {
    throw new Untranslatable('a number with a fraction is no identifier');
  }

  override choice(): void {
    throw new Untranslatable('one of a few values is no identifier');
  }

  override within(text: string): string | undefined {
    return this.#translate(text, undefined);
  }

  override withinFitted(): undefined {
    return undefined;
  }

  #translate(value: string, reason: Reason): string | undefined {
    const { bijection, anywhere, resolve, translated } = this.#options;
    const isDeclared = reason !== undefined;
    if (value === '' || !(isDeclared || (anywhere && !translated.has(value)))) return undefined;
    const partner = resolve(bijection, value, isDeclared);
    if (partner === undefined) return undefined;
    translated.add(partner.value);
    if (partner.isNumber && JSON_NUMBER.test(partner.value)) this.#numbers.add(partner.value);
    else this.#numbers.delete(partner.value);
    return partner.value;
  }
}
