export interface MediaType {
  /** `application/json`, in lower case; empty when the header is missing. */
  readonly essence: string;
  /** As given, in lower case; empty when not given. */
  readonly charset: string;
  /** What else tells one type from another, names in lower case, in the order of names; `boundary` only separates parts. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

/** RFC 9110, section 8.3.1. Never fails: what cannot be read is part of the essence, so that it still differs from what it is not. */
export function parseMediaType(text: string): MediaType {
  const [essence = '', ...rest] = splitOutsideQuotes(text, ';');
  let charset = '';
  const parameters: [string, string][] = [];
  for (const part of rest) {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).trim().toLowerCase();
    const value = unquote(equals < 0 ? '' : part.slice(equals + 1).trim());
    if (name === 'charset') charset = value.toLowerCase();
    else if (name !== '' && name !== 'boundary') parameters.push([name, value]);
  }
  parameters.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return { essence: essence.trim().toLowerCase(), charset, parameters };
}

/** The type's meaning to who reads the body: a charset only tells how to read it, and the body is compared decoded. */
export function mediaTypeMeaning(text: string): string {
  const { essence, parameters } = parseMediaType(text);
  return [essence, ...parameters.map(([name, value]) => `${name}=${value}`)].join('; ');
}

/** Splits at `separator` outside of quoted strings. */
export function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    if (quoted && text[i] === '\\') i += 1;
    else if (text[i] === '"') quoted = !quoted;
    else if (!quoted && text[i] === separator) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

/** A quoted string means the same as its content without quotes. */
export function unquote(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  return text.slice(1, -1).replace(/\\(.)/g, '$1');
}
