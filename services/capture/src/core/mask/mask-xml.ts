import { maskInside } from './mask-inside.ts';
import type { Masker, Reason } from './masker.ts';
import { roleOf } from './member-names.ts';
import { type Cursor, enterElement, enterField, isSecret } from './paths.ts';
import { secretName } from './secret-names.ts';

/** Deeper ones are hardly read by anyone. */
const DEPTH_MAX = 200;

export type MaskedXml = { readonly ok: true; readonly text: string | undefined } | { readonly ok: false };

interface Element {
  readonly name: string;
  readonly cursor: Cursor;
  readonly reason: Reason;
  /** Elements of each name so far below this one. */
  readonly counts: Map<string, number>;
  /** What the last element that names another says of the one behind it: `<name>pin</name><value>1234</value>`. */
  told: Reason;
}

/** Its value stands between `from` and `end`. */
interface Attribute {
  readonly name: string;
  readonly from: number;
  readonly end: number;
}

/**
 * XML with its secrets masked: elements by local name, attributes as `@name`, text beside them as `#text`; declared paths may begin with the
 * root element or below it. Everything else stays as it was spelt. Not ok: not well-formed, or with definitions of its own (a DTD).
 */
export function maskXml(text: string, cursor: Cursor, masker: Masker, place: string, nested = 0): MaskedXml {
  return new Walk(text, masker, place, nested).document(cursor);
}

class NoXml extends Error {
  override readonly name = 'NoXml';
}

/** One for all: a text of many texts that only begin like XML would pay for a trace with each. */
const NO_XML = new NoXml();

class Walk {
  readonly #text: string;
  readonly #masker: Masker;
  readonly #place: string;
  readonly #nested: number;
  #open: Element[] = [];
  #written = '';
  #copied = 0;

  constructor(text: string, masker: Masker, place: string, nested: number) {
    this.#text = text;
    this.#masker = masker;
    this.#place = place;
    this.#nested = nested;
  }

  document(cursor: Cursor): MaskedXml {
    this.#open = [{ name: '', cursor, reason: undefined, counts: new Map(), told: undefined }];
    try {
      for (let at = 0; at < this.#text.length; )
        at = this.#text[at] === '<' ? this.#markup(at) : this.#characters(at);
    } catch (error) {
      if (error instanceof NoXml) return { ok: false };
      throw error;
    }
    if (this.#open.length !== 1) return { ok: false };
    return {
      ok: true,
      text: this.#copied === 0 ? undefined : this.#written + this.#text.slice(this.#copied),
    };
  }

  /** Returns where the markup ends. */
  #markup(at: number): number {
    if (this.#text.startsWith('<!--', at)) return this.#section(at + 4, '-->', undefined);
    if (this.#text.startsWith('<![CDATA[', at)) return this.#section(at + 9, ']]>', this.#here().reason);
    if (this.#text.startsWith('<?', at)) return this.#section(at + 2, '?>', undefined);
    if (this.#text[at + 1] === '!') return this.#doctype(at);
    return this.#text[at + 1] === '/' ? this.#closing(at) : this.#opening(at);
  }

  /** Text without escapes. */
  #section(from: number, close: string, reason: Reason): number {
    const end = this.#find(close, from);
    this.#replace(from, end, this.#textOf(this.#text.slice(from, end), reason));
    return end + close.length;
  }

  #doctype(at: number): number {
    const end = this.#find('>', at);
    if (this.#text.slice(at, end).includes('[')) throw NO_XML;
    return end + 1;
  }

  #closing(at: number): number {
    const end = this.#find('>', at);
    const closed = this.#open.pop();
    if (this.#open.length === 0 || closed?.name !== this.#text.slice(at + 2, end).trim()) throw NO_XML;
    return end + 1;
  }

  #opening(at: number): number {
    const nameEnd = this.#nameEnd(at + 1);
    const name = this.#text.slice(at + 1, nameEnd);
    if (name === '' || this.#open.length > DEPTH_MAX) throw NO_XML;
    const element = this.#element(name);
    const attributes: Attribute[] = [];
    let next = this.#skipSpace(nameEnd);
    while (this.#text[next] !== '>' && !this.#text.startsWith('/>', next)) {
      const attribute = this.#attribute(next);
      attributes.push(attribute);
      next = this.#skipSpace(attribute.end + 1);
    }
    const told = this.#toldBy(attributes);
    for (const attribute of attributes) this.#maskAttribute(attribute, element, told);
    if (this.#text[next] === '/') return next + 2;
    this.#open.push({ ...element, reason: element.reason ?? told });
    return next + 1;
  }

  /** What `<Param name="password">` says of its value. */
  #toldBy(attributes: readonly Attribute[]): Reason {
    if (!this.#masker.recognise) return undefined;
    const names = attributes.filter(({ name }) => roleOf(name)?.tells);
    return names.map(({ from, end }) => secretName(this.#text.slice(from, end))).find((label) => label);
  }

  #element(name: string): Element {
    const { name: parent, cursor, reason, counts, told } = this.#here();
    const local = localName(name);
    const index = counts.get(local) ?? 0;
    counts.set(local, index + 1);
    const named = enterElement(enterField(cursor, local), index);
    // Paths may leave the root element out, which says the name of the document.
    const below = this.#open.length === 1 ? [...cursor, ...named] : named;
    // In a property list any element is the value of the key before it.
    const above =
      roleOf(local)?.isNamed || (parent === 'dict' && local !== 'key') ? (told ?? reason) : reason;
    return {
      name,
      cursor: below,
      reason: this.#masker.reasonOf(local, isSecret(below), above),
      counts: new Map(),
      told: undefined,
    };
  }

  #attribute(at: number): Attribute {
    const nameEnd = this.#nameEnd(at);
    const equals = this.#skipSpace(nameEnd);
    const from = this.#skipSpace(equals + 1) + 1;
    const quote = this.#text[from - 1];
    if (nameEnd === at || this.#text[equals] !== '=' || (quote !== '"' && quote !== "'")) throw NO_XML;
    return { name: localName(this.#text.slice(at, nameEnd)), from, end: this.#find(quote, from) };
  }

  #maskAttribute({ name, from, end }: Attribute, { cursor, reason }: Element, told: Reason): void {
    const below = enterField(cursor, `@${name}`);
    const above = roleOf(name)?.isNamed ? (told ?? reason) : reason;
    this.#escaped(from, end, this.#masker.reasonOf(name, isSecret(below), above));
  }

  #characters(at: number): number {
    const next = this.#text.indexOf('<', at);
    const end = next < 0 ? this.#text.length : next;
    const raw = this.#text.slice(at, end);
    const from = at + raw.length - raw.trimStart().length;
    const until = at + raw.trimEnd().length;
    if (from >= until) return end;
    const { name, cursor, reason } = this.#here();
    if (this.#masker.recognise && roleOf(localName(name))?.tells) this.#tell(raw.trim());
    this.#escaped(from, until, this.#masker.reasonOf('', isSecret(enterField(cursor, '#text')), reason));
    return end;
  }

  /** To the element around the one that is open. */
  #tell(name: string): void {
    const around = this.#open.at(-2);
    if (around !== undefined) around.told = secretName(name);
  }

  #textOf(text: string, reason: Reason): string | undefined {
    const inside =
      reason === undefined ? maskInside(text, this.#masker, this.#place, this.#nested) : undefined;
    return inside ?? this.#masker.text(text, reason, this.#place);
  }

  #escaped(from: number, end: number, reason: Reason): void {
    const masked = this.#textOf(unescaped(this.#text.slice(from, end)), reason);
    this.#replace(from, end, masked && escaped(masked));
  }

  #replace(from: number, end: number, masked: string | undefined): void {
    if (masked === undefined) return;
    this.#written += this.#text.slice(this.#copied, from) + masked;
    this.#copied = end;
  }

  #here(): Element {
    const element = this.#open.at(-1);
    if (element === undefined) throw NO_XML;
    return element;
  }

  #find(what: string, from: number): number {
    const at = this.#text.indexOf(what, from);
    if (at < 0) throw NO_XML;
    return at;
  }

  #nameEnd(from: number): number {
    let at = from;
    while (at < this.#text.length && !/[\s=/>"'<]/.test(this.#text[at] ?? '')) at += 1;
    return at;
  }

  #skipSpace(from: number): number {
    let at = from;
    while (/\s/.test(this.#text[at] ?? '')) at += 1;
    if (at >= this.#text.length) throw NO_XML;
    return at;
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(
    /&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-z]{2,4}));/g,
    (whole, hex, decimal, name) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const code = Number.parseInt(hex ?? decimal, hex === undefined ? 10 : 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
