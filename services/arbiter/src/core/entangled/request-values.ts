import type { Exchange } from '@chronos/proto/events/v1/exchange_pb.js';
import { decodeHeader } from '../compare/charset.ts';
import type { Codecs } from '../compare/content-encoding.ts';
import type { Methods } from '../compare/descriptors.ts';
import { readRequestBody } from '../compare/read-request.ts';
import { readResponse } from '../compare/response.ts';
import { unescaped } from './header-id.ts';
import type { UsedPlace } from './rules.ts';
import { valuesAt } from './values-at.ts';

/** What a request carries at a declared place, as it reached its universe. Cookies and credentials are masked: of them nothing is read. */
export function requestValues(
  { request, path }: Exchange,
  place: UsedPlace,
  methods: Methods,
  codecs: Codecs,
): string[] {
  if (request === undefined) return [];
  if (place.root === 'body') {
    if (request.bodyTruncated) return [];
    const body = readRequestBody(readResponse(request), methods.get(path), codecs);
    return body.form === 'tree' ? valuesAt(body.value, place.steps) : [];
  }
  const header = (name: string) => {
    const found = request.headers.find((one) => one.name === name);
    return found === undefined ? '' : decodeHeader(found.value);
  };
  const target = header(':path') || path;
  switch (place.root) {
    case 'path':
      return [unescaped(target.split('?', 1)[0]?.split('/')[Number(place.name)] ?? '')];
    case 'query':
      return new URLSearchParams(target.slice(target.indexOf('?') + 1 || target.length)).getAll(place.name);
    case 'header':
      return [header(place.name)];
  }
}
