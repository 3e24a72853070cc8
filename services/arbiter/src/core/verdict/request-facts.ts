import type { Exchange, HttpMessage } from '@chronos/proto/events/v1/exchange_pb.js';
import type { Codecs } from '../compare/content-encoding.ts';
import type { Methods } from '../compare/descriptors.ts';
import { readRequestBody } from '../compare/read-request.ts';
import { readResponse } from '../compare/response.ts';
import { isArray, isObject, NumberText, type Value } from '../compare/value.ts';

/**
 * What a request says that could explain a difference: declared segments, query parameters, the path's parts that the route label leaves
 * open, and scalars of a body that has a structure (JSON, forms, gRPC by descriptor). Keys are `segment.tier`, `request.query.q`, `request.path.2`, `request.body.amount`; values raw JSON.
 */
export type RequestFacts = Readonly<Record<string, string>>;

const BODY_FACTS_MAX = 48;
/** Elements of a list that are looked into; of the rest only the count tells. */
const ELEMENTS_MAX = 8;
const QUERY_FACTS_MAX = 16;
const BODY_DEPTH_MAX = 4;
/** Longer texts are contents, not conditions. */
const FACT_CHARS_MAX = 256;
/** Of all facts: they are kept with each of the differences kept. */
const ALL_CHARS_MAX = 4_096;
const JSON_NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/;

/** What it takes to read bodies. */
export interface BodyReading {
  readonly methods: Methods;
  readonly codecs: Codecs;
}

export function requestFacts(
  exchange: Exchange | undefined,
  route: string,
  segments: Readonly<Record<string, string>>,
  reading: BodyReading,
): RequestFacts {
  const facts: Record<string, string> = {};
  let chars = 0;
  const add = (path: string, raw: string) => {
    const size = path.length + raw.length;
    if (size > FACT_CHARS_MAX || chars + size > ALL_CHARS_MAX) return;
    chars += size;
    facts[path] = raw;
  };
  for (const [name, value] of Object.entries(segments)) add(`segment.${name}`, JSON.stringify(value));
  if (exchange === undefined) return facts;
  addPath(exchange.path, route, add);
  addQuery(exchange.request, add);
  addBody(exchange, reading, add);
  return facts;
}

type Add = (path: string, raw: string) => void;

function addPath(path: string, route: string, add: Add): void {
  const label = route.slice(route.indexOf('/')).split('/');
  for (const [index, part] of path.split('/').entries()) {
    if (label[index] === '*') add(`request.path.${index}`, rawOf(part));
  }
}

function addQuery(request: HttpMessage | undefined, add: Add): void {
  const target = new TextDecoder().decode(request?.headers.find(({ name }) => name === ':path')?.value);
  const at = target.indexOf('?');
  if (at < 0) return;
  let count = 0;
  for (const [name, value] of new URLSearchParams(target.slice(at + 1))) {
    if (count === QUERY_FACTS_MAX) return;
    count += 1;
    add(`request.query.${name}`, rawOf(value));
  }
}

function addBody({ request, path: target }: Exchange, { methods, codecs }: BodyReading, add: Add): void {
  if (request === undefined || request.bodyTruncated || request.body.length === 0) return;
  const body = readRequestBody(readResponse(request), methods.get(target), codecs);
  if (body.form !== 'tree' || body.value === undefined) return;
  let count = 0;
  const visit = (value: Value, path: string, depth: number): void => {
    if (count >= BODY_FACTS_MAX) return;
    if (isObject(value)) {
      if (depth < BODY_DEPTH_MAX) for (const [key, item] of value) visit(item, `${path}.${key}`, depth + 1);
      return;
    }
    if (value instanceof Uint8Array) return;
    count += 1;
    if (isArray(value)) {
      add(`${path}.length`, String(value.length));
      const elements = depth < BODY_DEPTH_MAX ? value.slice(0, ELEMENTS_MAX) : [];
      for (const [index, item] of elements.entries()) visit(item, `${path}[${index}]`, depth + 1);
    } else add(path, value instanceof NumberText ? value.text : JSON.stringify(value));
  };
  visit(body.value, 'request.body', 0);
}

/** A number where the text is one. */
function rawOf(text: string): string {
  return JSON_NUMBER.test(text) ? text : JSON.stringify(text.toWellFormed());
}
