/** A body for reading: JSON indented with its numbers as they stand, other text by line, anything else as hexadecimal. */

const hexBytesMax = 512;

export function bodyLines(body: Uint8Array, contentType: string, contentEncoding: string): string[] {
  if (body.length === 0) return [];
  const isEncoded = contentEncoding !== '' && contentEncoding !== 'identity';
  const text = isEncoded ? undefined : decode(body);
  if (text === undefined) return hexLines(body);
  return /\bjson\b/i.test(contentType) ? indentJson(text).split('\n') : text.split('\n');
}

function decode(body: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    return text.includes('\u0000') ? undefined : text;
  } catch {
    return undefined;
  }
}

/**
 * Indents JSON without parsing it: what was compared is the text, so 1.10 stays 1.10, a repeated key stays repeated, and broken JSON is
 * shown as broken.
 */
export function indentJson(text: string): string {
  let out = '';
  let depth = 0;
  let at = 0;
  const newLine = () => `\n${'  '.repeat(Math.min(depth, 40))}`;
  while (at < text.length) {
    const char = text[at]!;
    if (char === '"') {
      const end = stringEnd(text, at);
      out += text.slice(at, end);
      at = end;
      continue;
    }
    at += 1;
    if (char === '{' || char === '[') {
      const close = /^\s*[}\]]/.exec(text.slice(at, at + 64));
      if (close !== null) {
        out += char + close[0].trim();
        at += close[0].length;
      } else {
        depth += 1;
        out += char + newLine();
      }
    } else if (char === '}' || char === ']') {
      depth = Math.max(0, depth - 1);
      out += newLine() + char;
    } else if (char === ',') out += char + newLine();
    else if (char === ':') out += ': ';
    else if (!/\s/.test(char)) out += char;
  }
  return out;
}

/** Index behind the string that begins at `from`. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

function hexLines(body: Uint8Array): string[] {
  const lines: string[] = [];
  const shown = body.subarray(0, hexBytesMax);
  for (let at = 0; at < shown.length; at += 16) {
    const row = [...shown.subarray(at, at + 16)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const letters = row.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${hex.padEnd(47)}  ${letters}`);
  }
  if (body.length > hexBytesMax) lines.push(`… ${body.length - hexBytesMax} more bytes`);
  return lines;
}
