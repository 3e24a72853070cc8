/** Text in terminal cells: SGR sequences take none. Every other code point counts as one, which holds for all that Chronos prints. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: SGR sequences begin with ESC.
const sequence = /\u001b\[[0-9;]*m/y;

export function cellsOf(text: string): number {
  let cells = 0;
  for (const piece of pieces(text)) if (!piece.isSequence) cells += 1;
  return cells;
}

/** Cuts to a width; what is cut ends with `…`. Colours that are open at the cut are closed. */
export function fit(text: string, width: number): string {
  if (width <= 0) return '';
  if (cellsOf(text) <= width) return text;
  let cells = 0;
  let cut = '';
  let hasColor = false;
  for (const piece of pieces(text)) {
    if (piece.isSequence) {
      hasColor = true;
      cut += piece.text;
      continue;
    }
    if (cells === width - 1) break;
    cells += 1;
    cut += piece.text;
  }
  return `${cut}…${hasColor ? '\u001b[0m' : ''}`;
}

/** Breaks a text at its spaces so that no line is wider; a longer word stays whole. Colours go on across the breaks. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && cellsOf(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - cellsOf(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - cellsOf(text))) + text;
}

/** What others wrote (bodies, headers, reasons) must not steer the terminal: control characters are shown, not obeyed. */
export function printable(text: string): string {
  return Array.from(text, (char) => {
    const code = char.codePointAt(0) ?? 0;
    if (code === 9) return '  ';
    if (code < 32 || (code >= 127 && code < 160)) return `\\x${code.toString(16).padStart(2, '0')}`;
    return char;
  }).join('');
}

function* pieces(text: string): Generator<{ text: string; isSequence: boolean }> {
  let at = 0;
  while (at < text.length) {
    sequence.lastIndex = at;
    const match = sequence.exec(text);
    const piece = match === null ? String.fromCodePoint(text.codePointAt(at) ?? 0) : match[0];
    yield { text: piece, isSequence: match !== null };
    at += piece.length;
  }
}
