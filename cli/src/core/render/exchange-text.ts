/** One half of a request's story as lines of text. */
import { type Exchange, type HttpMessage, Outcome, Transport } from '@chronos/proto/events/v1/exchange_pb.js';
import { printable } from '../text/cells.ts';
import { bodyLines } from './body.ts';

/** Body lines shown of each side. */
const bodyLinesMax = 60;

/** How an answer ended: its status, or why there is none. */
export function endOf({ transport, response, outcome }: Exchange): string {
  const isReset = outcome === Outcome.RESET;
  if (transport === Transport.TCP && response !== undefined)
    return isReset ? 'not closed in order' : 'closed';
  const status = header(response, ':status');
  const end = isReset ? ' (the stream ended before the answer did)' : '';
  return `${status === '' ? 'no answer' : status}${end}`;
}

/** Headers, body and trailers of a message as lines for reading; secrets by their ends only. */
export function messageLines(message: HttpMessage | undefined): string[] {
  if (message === undefined) return [];
  const headers = message.headers
    .filter((item) => !item.name.startsWith(':'))
    .map((item) => `${item.name}: ${secretive(item.name, text(item.value))}`);
  const trailers = message.trailers.map((item) => `${item.name}: ${text(item.value)} (trailer)`);
  const body = bodyLines(message.body, header(message, 'content-type'), header(message, 'content-encoding'));
  const cut = body.length > bodyLinesMax ? [`… ${body.length - bodyLinesMax} more lines`] : [];
  const missing = message.bodyTruncated
    ? [`… captured ${message.body.length} of ${message.bodyBytes} bytes`]
    : [];
  return [...headers, '', ...body.slice(0, bodyLinesMax), ...cut, ...missing, ...trailers].map(printable);
}

/** Tokens and cookies are shown by their ends only: an explanation is pasted into tickets. */
function secretive(name: string, value: string): string {
  const isSecret = ['authorization', 'proxy-authorization', 'cookie', 'set-cookie'].includes(name);
  return !isSecret || value.length <= 16 ? value : `${value.slice(0, 10)}…${value.slice(-4)}`;
}

function header(message: HttpMessage | undefined, name: string): string {
  const found = message?.headers.find((item) => item.name === name);
  return found === undefined ? '' : text(found.value);
}

function text(value: Uint8Array): string {
  return new TextDecoder().decode(value);
}
