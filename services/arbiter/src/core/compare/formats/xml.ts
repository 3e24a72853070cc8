import { SaxesParser } from 'saxes';
import { JSON_DEPTH_MAX } from '../json.ts';
import type { Value } from '../value.ts';

export type FormatResult =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: string };

/** Elements and attributes of one document. */
const PARTS_MAX = 500_000;

class XmlError extends Error {
  override readonly name = 'XmlError';
}

/** An element that is being read. */
interface Open {
  readonly name: string;
  readonly fields: Map<string, Value | Value[]>;
  text: string;
  nil: boolean;
}

/**
 * XML 1.0 as an object: elements by their local name (an array where one is repeated), attributes as `@name`, an element without attributes
 * and children as its text, text beside those as `#text`, `xsi:nil` as null. Namespace declarations, comments and processing instructions
 * say nothing. Entities other than XML's own five are errors: a document type is not read, so nothing expands and nothing is fetched.
 */
export function parseXml(text: string): FormatResult {
  const reader = new Reader();
  try {
    return { ok: true, value: reader.read(text) };
  } catch (error) {
    if (error instanceof XmlError) return { ok: false, reason: error.message };
    throw error;
  }
}

class Reader {
  readonly #stack: Open[] = [{ name: '', fields: new Map(), text: '', nil: false }];
  #parts = 0;

  read(text: string): Value {
    const parser = new SaxesParser({ xmlns: false });
    parser.on('error', ({ message }) => {
      throw new XmlError(placed(message));
    });
    parser.on('opentag', ({ name, attributes }) => {
      const open = this.#open(name, parser);
      for (const [key, value] of Object.entries(attributes)) this.#attribute(open, key, value);
    });
    parser.on('text', (part) => this.#text(part));
    parser.on('cdata', (part) => this.#text(part));
    parser.on('closetag', () => this.#close());
    parser.write(text).close();
    return this.#stack[0]?.fields ?? new Map();
  }

  #open(name: string, parser: SaxesParser): Open {
    this.#count();
    if (this.#stack.length > JSON_DEPTH_MAX)
      throw new XmlError(
        `nested deeper than ${JSON_DEPTH_MAX} at line ${parser.line}, column ${parser.column}`,
      );
    const open: Open = { name: localName(name), fields: new Map(), text: '', nil: false };
    this.#stack.push(open);
    return open;
  }

  #attribute(open: Open, name: string, value: string): void {
    this.#count();
    if (name === 'xmlns' || name.startsWith('xmlns:')) return;
    if (name.endsWith(':nil')) open.nil = value === 'true' || value === '1';
    else if (!name.endsWith(':schemaLocation')) add(open.fields, `@${localName(name)}`, value);
  }

  #text(text: string): void {
    const top = this.#stack.at(-1);
    if (top) top.text += text;
  }

  #close(): void {
    const done = this.#stack.pop();
    const parent = this.#stack.at(-1);
    if (done && parent) add(parent.fields, done.name, valueOfElement(done));
  }

  #count(): void {
    this.#parts += 1;
    if (this.#parts > PARTS_MAX) throw new XmlError(`more than ${PARTS_MAX} elements and attributes`);
  }
}

function valueOfElement({ fields, text, nil }: Open): Value {
  if (nil && fields.size === 0 && text.trim() === '') return null;
  if (fields.size === 0) return text;
  // White space between elements is layout.
  if (text.trim() !== '') add(fields, '#text', text);
  return fields;
}

/** What comes again becomes a list. Elements are never lists themselves, so a list is always one of those that came again. */
function add(fields: Map<string, Value | Value[]>, name: string, value: Value): void {
  const before = fields.get(name);
  if (before === undefined) fields.set(name, value);
  else if (Array.isArray(before)) before.push(value);
  else fields.set(name, [before, value]);
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** The parser's `1:5: undefined entity.` in our words. */
function placed(message: string): string {
  const place = /^([0-9]+):([0-9]+): (.*?)\.?$/s.exec(message);
  return place ? `${place[3]} at line ${place[1]}, column ${place[2]}` : message;
}
