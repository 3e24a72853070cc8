import type { DescMethod } from '@bufbuild/protobuf';
import type { Codecs } from './content-encoding.ts';
import { type Body, readBody } from './read-body.ts';
import type { Response } from './response.ts';

/** A request's body by its meaning, read like an answer's; of a method that is known, as the message it takes. */
export function readRequestBody(request: Response, method: DescMethod | undefined, codecs: Codecs): Body {
  // Connect answers errors with a JSON of its own and requests have no status; as an answer this one went well.
  return readBody({ ...request, status: 200 }, method && asAnswered(method), codecs);
}

/** The method turned round: what it takes is what is read, and streams of requests are streams. */
function asAnswered(method: DescMethod): DescMethod {
  const kinds = {
    unary: 'unary',
    server_streaming: 'unary',
    client_streaming: 'server_streaming',
    bidi_streaming: 'bidi_streaming',
  } as const;
  return { ...method, output: method.input, methodKind: kinds[method.methodKind] } as DescMethod;
}
