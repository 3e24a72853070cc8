import { Kind, Ruling, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import { compareAnswers } from '../../testing/compare.ts';
import type { Answer } from '../../testing/exchanges.ts';
import { judgeBy, NO_RULES } from '../judge/judge.ts';

type Pairs = readonly (readonly [string, string])[];

/** By the judge that is shipped: what it proves is no difference. */
function found(legacy: Answer, modern: Answer): string {
  const comparison = compareAnswers(legacy, modern, {}, judgeBy(NO_RULES));
  if (comparison.kind === Kind.LOST) return `lost ${comparison.reason}`;
  const differences = comparison.differences.map(
    ({ path, ruling, severity, rule }) =>
      `${path} ${Ruling[ruling]}${severity === Severity.CRITICAL ? ' critical' : ''} ${rule}`,
  );
  return [Kind[comparison.kind], ...differences].join(' | ');
}

const bare = (...headers: Pairs): Answer => ({ headers: [...headers] });
const json = (body: string, ...headers: Pairs): Answer => ({
  body,
  headers: [['content-type', 'application/json'], ...headers],
});
const grpc = (headers: Pairs, trailers: Pairs = [['grpc-status', '0']]): Answer => ({
  headers: [['content-type', 'application/grpc'], ...headers],
  trailers: [...trailers],
  body: new Uint8Array(5),
});
const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toUTCString();
const expiring = (date: number, after: number): Answer =>
  bare(['date', at(date)], ['expires', at(date + after)]);

describe('told otherwise', () => {
  test.each<[string, Answer, Answer, string | RegExp]>([
    [
      'HttpOnly with an empty value, lost',
      bare(['set-cookie', 'a=1; HttpOnly=']),
      bare(['set-cookie', 'a=1']),
      /^MISMATCH \| header.set-cookie.a.httponly/,
    ],
    [
      'Secure with a value, lost',
      bare(['set-cookie', 'a=1; Secure=false']),
      bare(['set-cookie', 'a=1']),
      /^MISMATCH \| header.set-cookie.a.secure/,
    ],
    [
      'a Max-Age that clients ignore',
      bare(['set-cookie', 'a=1; Max-Age=3600']),
      bare(['set-cookie', 'a=1; Max-Age=3600.0']),
      /^MISMATCH \| header.set-cookie.a.max-age/,
    ],
    [
      'a cookie’s value in another notation',
      bare(['set-cookie', 'a=a%20b']),
      bare(['set-cookie', 'a=a b']),
      'MISMATCH | header.set-cookie.a.value ASKED cookie-value',
    ],
    [
      'never to be kept, now for ten years',
      bare(['date', at(0)], ['expires', 'Thu, 01 Jan 1970 00:00:00 GMT']),
      expiring(0, 3e8),
      'MISMATCH | header.expires BUG critical kept-longer',
    ],
    ['expires: 0, gone', bare(['expires', '0']), bare(), 'MISMATCH | header.expires ASKED expires-changed'],
    ['kept shorter', expiring(0, 600), expiring(0, 60), 'MISMATCH | header.expires ASKED expires-changed'],
    [
      'Pragma without Cache-Control',
      bare(['pragma', 'no-cache']),
      bare(),
      'MISMATCH | header.pragma ASKED pragma-changed',
    ],
    [
      'another digest of the same bytes',
      json('{}', ['content-digest', 'sha-256=:aa:, sha-512=:x:']),
      json('{}', ['content-digest', 'sha-256=:bb:']),
      'MISMATCH | header.content-digest BUG critical digest-wrong',
    ],
    [
      'another MD5 of the same bytes',
      json('{}', ['content-md5', 'Q2hlY2s=']),
      json('{}', ['content-md5', 'SW50ZWc=']),
      'MISMATCH | header.content-md5 BUG critical digest-wrong',
    ],
    [
      'a digest that is gone',
      json('{}', ['digest', 'md5=x']),
      json('{}'),
      'MISMATCH | header.digest ASKED digest-changed',
    ],
    [
      'fewer in all',
      bare(['x-total-count', '100']),
      bare(['x-total-count', '10']),
      /^MISMATCH \| header.x-total-count BUG/,
    ],
    [
      'another page behind',
      bare(['x-next-page', '3']),
      bare(['x-next-page', '4']),
      /^MISMATCH \| header.x-next-page/,
    ],
    [
      'found by search engines',
      bare(['x-robots-tag', 'noindex']),
      bare(['x-robots-tag', 'all']),
      /^MISMATCH \| header.x-robots-tag/,
    ],
    [
      'of a directive given twice the first counts',
      bare(['cache-control', 'max-age=0, max-age=600']),
      bare(['cache-control', 'max-age=600, max-age=0']),
      /^MISMATCH \| header.cache-control/,
    ],
    [
      'metadata before a gRPC message',
      grpc([['x-role', 'user']]),
      grpc([['x-role', 'admin']]),
      /^MISMATCH \| header.x-role/,
    ],
    [
      'metadata of an answer that is only an end',
      {
        headers: [
          ['content-type', 'application/grpc'],
          ['grpc-status', '5'],
          ['x-role', 'user'],
        ],
      },
      {
        headers: [
          ['content-type', 'application/grpc'],
          ['grpc-status', '5'],
          ['x-role', 'admin'],
        ],
      },
      /^MISMATCH \| trailer.x-role/,
    ],
    [
      'a member of a form that is only there',
      { body: 'admin=&a=1', headers: [['content-type', 'application/x-www-form-urlencoded']] },
      { body: 'a=1', headers: [['content-type', 'application/x-www-form-urlencoded']] },
      'MISMATCH | body.admin ASKED form-member',
    ],
  ])('%s', (_, legacy, modern, expected) => expect(found(legacy, modern)).toMatch(expected));
});

describe('told the same', () => {
  test.each<[string, Answer, Answer]>([
    [
      'flags of cookies with a value and without',
      bare(['set-cookie', 'a=1; Secure=; HttpOnly=1']),
      bare(['set-cookie', 'a=1; HttpOnly; Secure']),
    ],
    ['as long from another moment on', expiring(0, 600), expiring(47, 601)],
    ['passed in either spelling', bare(['expires', '0']), bare(['expires', '-1'])],
    [
      'Expires beside max-age',
      bare(['cache-control', 'max-age=60'], ['expires', '0']),
      bare(['cache-control', 'max-age=60']),
    ],
    [
      'Pragma beside Cache-Control',
      bare(['cache-control', 'no-cache'], ['pragma', 'no-cache']),
      bare(['cache-control', 'no-cache']),
    ],
    [
      'the digest of another spelling',
      json('{"a":1}', ['content-digest', 'sha-256=:aa:']),
      json('{ "a":1}', ['content-digest', 'sha-256=:bb:']),
    ],
    [
      'a digest beside masks, whose notations are not known',
      json('{"a":"⟨masked:card:1111111111111111⟩"}', ['digest', 'md5=x']),
      json('{"a":"⟨masked:card:1111111111111111⟩"}', ['digest', 'md5=y']),
    ],
    [
      'a directive given twice alike',
      bare(['cache-control', 'max-age=60, max-age=60']),
      bare(['cache-control', 'max-age=60']),
    ],
    [
      'what the proxy and the protocol add to gRPC',
      grpc([
        ['server', 'a'],
        ['grpc-accept-encoding', 'gzip'],
        ['x-envoy-upstream-service-time', '1'],
      ]),
      grpc([
        ['server', 'b'],
        ['date', 'x'],
        ['x-powered-by', 'y'],
      ]),
    ],
    [
      'metadata at the end of an answer without messages',
      {
        headers: [
          ['content-type', 'application/grpc'],
          ['grpc-status', '5'],
          ['x-role', 'user'],
        ],
      },
      {
        headers: [['content-type', 'application/grpc']],
        trailers: [
          ['grpc-status', '5'],
          ['x-role', 'user'],
        ],
      },
    ],
  ])('%s', (_, legacy, modern) => expect(found(legacy, modern)).toBe('IDENTICAL'));
});
