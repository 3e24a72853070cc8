import type { DescMethod } from '@bufbuild/protobuf';
import type { Segment } from '@chronos/proto/chronos/v1/migration_pb.js';
import type { Exchange } from '@chronos/proto/events/v1/exchange_pb.js';
import type { Codecs } from '../compare/content-encoding.ts';
import { type HeaderMap, joined } from '../compare/header-map.ts';
import type { Body } from '../compare/read-body.ts';
import { readRequestBody } from '../compare/read-request.ts';
import { type Response, readResponse } from '../compare/response.ts';
import { NumberText, type Value } from '../compare/value.ts';
import { segmentsOf } from '../verdict/segments.ts';
import type { Facts } from './facts.ts';

export interface FactSources {
  /** Legacy's exchange: the request is the same one on both sides. */
  readonly exchange: Exchange;
  readonly method: DescMethod | undefined;
  readonly segments: readonly Segment[];
  readonly codecs: Codecs;
  /** Legacy's answer, as it is compared. */
  readonly answer: Response;
  readonly answerBody: () => Body;
}

/** What approved corrections may read of one exchange; nothing is decoded before a rule asks for it. */
export function factsOf({ exchange, method, segments, codecs, answer, answerBody }: FactSources): Facts {
  const request = readResponse(exchange.request);
  return {
    request(field) {
      switch (field) {
        case 'method':
          return exchange.method;
        case 'path':
          return exchange.path;
        case 'query':
          return queryOf(joined(request.headers, ':path'));
        case 'headers':
          return textsOf(request.headers);
        case 'body':
          return request.truncated ? undefined : contentOf(readRequestBody(request, method, codecs));
        case 'segments':
          return new Map(Object.entries(segmentsOf(exchange, segments)));
        default:
          return undefined;
      }
    },
    answer(field) {
      if (field === 'status') return new NumberText(String(answer.status));
      if (field === 'headers') return textsOf(answer.headers);
      return contentOf(answerBody());
    },
  };
}

/** Of a parameter given several times, the first. */
function queryOf(target: string): Value {
  const query = new Map<string, Value>();
  for (const [name, value] of new URLSearchParams(target.split('?')[1] ?? '')) {
    if (!query.has(name)) query.set(name, value);
  }
  return query;
}

function textsOf(headers: HeaderMap): Value {
  return new Map([...headers.keys()].map((name) => [name, joined(headers, name)]));
}

function contentOf(body: Body): Value | undefined {
  if (body.form === 'tree') return body.value;
  return body.form === 'text' ? body.text : undefined;
}
