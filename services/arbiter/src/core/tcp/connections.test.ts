import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { JudgingRulesSchema } from '@chronos/proto/chronos/v1/judging_rules_pb.js';
import { TcpCompare, type TcpRouteSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { Kind, Ruling, type Verdict } from '@chronos/proto/events/v1/verdict_pb.js';
import { describe, expect, test } from '@jest/globals';
import { codecs } from '../../shell/codecs.ts';
import { type ConnectionParts, connection } from '../../testing/connections.ts';
import { outcomeOf } from '../join/settle.ts';
import { RouteLabels } from '../verdict/route.ts';
import { compileRules } from '../verdict/rules.ts';
import { verdictOf } from '../verdict/verdict.ts';

type Route = Exclude<MessageInitShape<typeof TcpRouteSchema>, { $typeName: string }>;
type Parts = Partial<ConnectionParts>;

const lines: Route = { framing: { kind: { case: 'newline', value: {} } } };

/** Legacy answers, modern gets the copy; unless a side says otherwise. */
function judged(legacy: Parts, modern: Parts, route: Route = lines): Verdict {
  const rules = compileRules(
    create(JudgingRulesSchema, { spec: { name: 'm', tcp: [{ name: 'terminals', ...route }] } }),
  );
  const exchanges = [
    connection({ universe: 'legacy', ...legacy }),
    connection({ universe: 'modern', ...modern }),
  ];
  return verdictOf(
    { requestId: 'c1', outcome: outcomeOf(exchanges) },
    { rules, routes: new RouteLabels(), codecs, nowMs: 5_000 },
  );
}

const summary = ({ kind, lostReason, differences }: Verdict) => [
  lostReason === '' ? Kind[kind] : lostReason,
  ...differences.map(({ pointer, rule }) => `${pointer} ${rule}`),
];

describe('a connection and its copy', () => {
  test('the same bytes are identical', () => {
    const verdict = judged({ response: 'OK\n' }, { response: 'OK\n' });
    expect(summary(verdict)).toEqual(['IDENTICAL']);
    expect(verdict).toMatchObject({ route: 'tcp', group: 'terminals' });
  });

  test('a difference names the frame, the place and both sides', () => {
    const verdict = judged({ response: 'HELLO\nBAL 100.05\n' }, { response: 'HELLO\nBAL 100.0\n' });
    expect(verdict.kind).toBe(Kind.MISMATCH);
    expect(verdict.differences).toMatchObject([
      {
        path: 'frame[*]',
        pointer: 'frame[1]',
        ruling: Ruling.BUG,
        rule: 'tcp-answer-differs',
        legacy: '"BAL 100.05" …0x414c203130302e3035',
        modern: '"BAL 100.0" …0x414c203130302e30',
        explanation: "Frame 1, at byte 6 of legacy's answer and 6 of modern's, differs from its byte 9 on.",
      },
    ]);
  });

  test('a missing or an added frame does not make all others differ', () => {
    expect(summary(judged({ response: 'a\nb\nc\nd\n' }, { response: 'a\nc\nd\n' }))).toEqual([
      'MISMATCH',
      'frame[1] tcp-answer-differs',
    ]);
    expect(summary(judged({ response: 'a\nd\n' }, { response: 'a\nb\nc\nd\n' }))).toEqual([
      'MISMATCH',
      'frame[1] tcp-answer-differs',
      'frame[2] tcp-answer-differs',
    ]);
    expect(summary(judged({ response: 'a\nb\n' }, { response: 'a\nb' }))).toEqual(['IDENTICAL']);
  });

  test('what the migration file ignores is blanked, and only that', () => {
    const route = { ...lines, ignore: ['at=[0-9]+', 'node [a-z]+'] };
    const same = judged({ response: 'OK 7 at=1 node a\n' }, { response: 'OK 7 at=20 node bc\n' }, route);
    expect(summary(same)).toEqual(['EQUIVALENT', 'frame[0] ignore:node [a-z]+']);
    const other = judged({ response: 'OK 7 at=1\n' }, { response: 'OK 8 at=2\n' }, route);
    expect(summary(other)).toEqual(['MISMATCH', 'frame[0] tcp-answer-differs']);
  });

  test('bytes above 127 are characters of their number', () => {
    const route = { ignore: ['^K(?s:.*)$'], framing: { kind: { case: 'postgres' as const, value: {} } } };
    const key = (secret: string) => `K\x00\x00\x00\x0c\x00\x00\x00\x01${secret}`;
    expect(
      summary(judged({ response: key('\xff\x0a\x80\x00') }, { response: key('\x01\x02\x03\x04') }, route)),
    ).toEqual(['EQUIVALENT', 'frame[0] ignore:^K(?s:.*)$']);
  });

  test('many differences are counted, not listed', () => {
    const answer = (letter: string) => Array.from({ length: 300 }, (_, i) => `${letter}${i}\n`).join('');
    expect(judged({ response: answer('a') }, { response: answer('b') }).differences).toHaveLength(101);
  });

  test('without framing the stream is one piece', () => {
    expect(summary(judged({ response: 'abc' }, { response: 'abd' }, {}))).toEqual([
      'MISMATCH',
      'frame[0] tcp-answer-differs',
    ]);
  });
});

describe('how connections end', () => {
  test('a modern that resets, or hangs after the client has ended, is a mismatch', () => {
    expect(summary(judged({ response: 'a\n' }, { response: 'a\n', ended: 'reset' }))).toEqual([
      'MISMATCH',
      'end tcp-end-differs',
    ]);
  });

  test('a copy that ended with its connection proves nothing, except by what it said', () => {
    const closed: Parts = { response: 'a\nBYE\n', ended: 'by-service' };
    const cutCopy: Parts = { ended: 'reset', clientEnded: false };
    expect(summary(judged(closed, { ...cutCopy, response: 'a\n' }))).toEqual(['copy-cut-off']);
    expect(summary(judged(closed, { ...cutCopy, response: 'a\nBY' }))).toEqual(['copy-cut-off']);
    expect(summary(judged(closed, { ...cutCopy, response: 'b\n' }))).toEqual([
      'MISMATCH',
      'frame[0] tcp-answer-differs',
    ]);
    expect(summary(judged(closed, { ...cutCopy, response: 'a\nBX' }))).toEqual([
      'MISMATCH',
      'frame[1] tcp-answer-differs',
    ]);
  });

  test('also when it ended before its universe took it; a modern that refuses a connection that its client ended does not', () => {
    const none: Parts = { ended: 'reset', taken: false };
    const closed: Parts = { response: 'a\n', ended: 'by-service' };
    expect(summary(judged(closed, { ...none, clientEnded: false }))).toEqual(['copy-cut-off']);
    expect(summary(judged({ response: 'a\n' }, none))).toEqual(['MISMATCH', 'answer no-answer']);
    expect(summary(judged({ ...closed, attempt: 2 }, { ...none, role: 'authority' }))).toEqual([
      'MISMATCH',
      'answer no-answer',
    ]);
  });

  test('unless it had said as much: then only its closing is unknown', () => {
    const closed: Parts = { response: 'a\nBYE\n', ended: 'by-service' };
    const copy: Parts = { ended: 'reset', clientEnded: false, response: 'a\nBYE\n' };
    const excused = ['EQUIVALENT', 'end ended-with-connection'];
    expect(summary(judged(closed, copy))).toEqual(excused);
    expect(summary(judged(closed, copy, {}))).toEqual(excused);
    const masked = judged(closed, { ...copy, response: 'a\nBYE BYE\n' }, { ...lines, ignore: ['BYE.*'] });
    expect(summary(masked)).toEqual(['EQUIVALENT', 'frame[1] ignore:BYE.*', 'end ended-with-connection']);
  });

  test('or the migration file knows that the service closes first', () => {
    const route = { ...lines, serverClosesFirst: true };
    const closed: Parts = { response: 'a\nBYE\n', ended: 'by-service' };
    const cutCopy: Parts = { ended: 'reset', clientEnded: false };
    expect(summary(judged(closed, { ...cutCopy, response: 'a\n' }, route))).toEqual([
      'EQUIVALENT',
      'end server_closes_first',
    ]);
    expect(summary(judged(closed, { ...cutCopy, response: 'b\n' }, route))).toEqual([
      'MISMATCH',
      'frame[0] tcp-answer-differs',
      'end server_closes_first',
    ]);
  });

  test.each([
    ['the client reset it', { ended: 'reset' as const }, { ended: 'reset' as const }, 'no-answer'],
    [
      'legacy’s copy hung',
      { role: 'shadow' as const, ended: 'reset' as const },
      { role: 'authority' as const },
      'shadow-no-response',
    ],
    ['it is longer than what is kept', { truncated: true }, { truncated: true }, 'body-too-large'],
  ])('%s: lost by name, and a difference stands all the same', (_, legacy: Parts, modern: Parts, reason) => {
    expect(summary(judged({ ...legacy, response: 'a\n' }, { ...modern, response: 'a\n' }))).toEqual([reason]);
    expect(summary(judged({ ...legacy, response: 'a\n' }, { ...modern, response: 'b\n' }))).toEqual([
      'MISMATCH',
      'frame[0] tcp-answer-differs',
    ]);
  });

  test('what Envoy sent to both is the same, or nothing is said', () => {
    expect(summary(judged({ request: 'abc' }, { request: 'abd' }))).toEqual(['copies-differ']);
    expect(summary(judged({ request: 'abc' }, { request: 'ab' }))).toEqual(['IDENTICAL']);
  });

  test('only requests: answers do not matter, bytes that were not taken do', () => {
    const route = { compare: TcpCompare.REQUESTS };
    expect(
      summary(judged({ request: 'abc', response: '1' }, { request: 'abc', response: '2' }, route)),
    ).toEqual(['IDENTICAL']);
    const left = judged({ request: 'abc' }, { request: 'ab', ended: 'by-service' }, route);
    expect(summary(left)).toEqual(['MISMATCH', 'client tcp-request-not-taken']);
  });

  test('a group that the rules do not know is lost', () => {
    expect(summary(judged({}, {}, { name: 'other' }))).toEqual(['rules-unknown']);
  });
});
