import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/**
 * The lines of a file, or of standard input for `-`, as they come. Of a line longer than `charsMax` only the first `charsMax` + 1 characters
 * are given, so that whoever reads it sees that it is too long; readline would hold all of it.
 */
export async function* boundedLines(path: string, charsMax: number): AsyncGenerator<string> {
  const stream: Readable = path === '-' ? process.stdin : createReadStream(path);
  const decoder = new StringDecoder('utf8');
  let line = '';
  for await (const chunk of stream) {
    const text = decoder.write(chunk as Buffer);
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      yield kept(line, text.slice(start, end), charsMax).replace(/\r$/, '');
      line = '';
      start = end + 1;
    }
    line = kept(line, text.slice(start), charsMax);
  }
  line = kept(line, decoder.end(), charsMax);
  if (line !== '') yield line;
}

function kept(line: string, more: string, charsMax: number): string {
  const room = charsMax + 1 - line.length;
  return room <= 0 ? line : line + more.slice(0, room);
}
