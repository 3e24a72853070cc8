import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/**
 * The lines of a file, or of standard input for `-`, as they come, without a byte order mark in front of them all (RFC 8259, 8.1). Of a line longer than `charsMax` only the first `charsMax` + 1 characters
 * are given, so that whoever reads it sees that it is too long; readline would hold all of it. Ends when `signal` says so, also while nothing comes.
 */
export async function* boundedLines(
  path: string,
  charsMax: number,
  signal = new AbortController().signal,
): AsyncGenerator<string> {
  const stream: Readable = path === '-' ? process.stdin : createReadStream(path);
  const decoder = new StringDecoder('utf8');
  let line = '';
  let started = false;
  for await (const chunk of until(signal, stream)) {
    const decoded = decoder.write(chunk as Buffer);
    const text = started ? decoded : decoded.replace(/^\uFEFF/, '');
    started ||= decoded !== '';
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

/** A pipe that nobody writes into cannot be closed while it is read: what it still brings is not waited for. */
async function* until(signal: AbortSignal, stream: Readable): AsyncGenerator<unknown> {
  const chunks = stream[Symbol.asyncIterator]();
  const interrupted = Promise.withResolvers<undefined>();
  const onAbort = () => interrupted.resolve(undefined);
  signal.addEventListener('abort', onAbort);
  try {
    while (!signal.aborted) {
      const next = await Promise.race([chunks.next(), interrupted.promise]);
      if (next === undefined || next.done === true) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    stream.destroy();
  }
}

function kept(line: string, more: string, charsMax: number): string {
  const room = charsMax + 1 - line.length;
  return room <= 0 ? line : line + more.slice(0, room);
}
