import { textOfBytes } from '@chronos/arbiter/core/entangled/bytes-text.ts';
import { DECLARED, Masker, type Reason } from '../mask/masker.ts';
import type { IntegerKind } from '../mask/protobuf-integer.ts';

/** A value at a declared place; whether its document spells it as a number. */
export interface Sighted {
  readonly value: string;
  readonly isNumber: boolean;
}

/** Walks a body as masking does, changes nothing, and keeps the values of declared fields. */
export class Collector extends Masker {
  readonly found: Sighted[] = [];

  constructor() {
    super({ hash: () => '', recognise: false });
  }

  override reasonOf(_key: string, isDeclared: boolean, above: Reason): Reason {
    return isDeclared ? DECLARED : above;
  }

  override text(value: string, reason: Reason): undefined {
    this.#keep(value, reason, false);
  }

  override number(text: string, reason: Reason): undefined {
    this.#keep(text, reason, true);
  }

  override boolean(value: boolean): string {
    return String(value);
  }

  override bytes(binary: string, reason: string): string {
    this.#keep(binary, reason, false);
    return binary;
  }

  override wireBytes(content: Uint8Array, reason: string): undefined {
    this.#keep(textOfBytes(content), reason, false);
  }

  override integer(value: bigint, _kind: IntegerKind, reason: string): bigint {
    this.#keep(String(value), reason, true);
    return value;
  }

  override choice(): void {}

  #keep(value: string, reason: Reason, isNumber: boolean): void {
    // Other reasons are whole bodies that cannot be read.
    if (reason === DECLARED && value !== '') this.found.push({ value, isNumber });
  }
}
