import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { FramingSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cutterOf } from './framing.ts';
import { latin1 } from './mask.ts';

type Kind = Exclude<MessageInitShape<typeof FramingSchema>, { $typeName: string }>['kind'];

const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const nothing = new Uint8Array();

function cut(kind: Kind | undefined, answer: string, request = '') {
  const framing = kind && create(FramingSchema, { kind });
  const { frames, rest, broken } = cutterOf(framing)(bytes(answer), bytes(request));
  return {
    frames: frames.map(({ offset, content }) => [offset, latin1(content)]),
    rest: latin1(rest.content),
    ...(broken !== undefined && { broken }),
  };
}

const newline: Kind = { case: 'newline', value: {} };
const postgres: Kind = { case: 'postgres', value: {} };

describe('framing', () => {
  test('without one, the answer is one piece', () => {
    expect(cut(undefined, 'a\nb')).toEqual({ frames: [], rest: 'a\nb' });
  });

  test('lines; the last may lack its end', () => {
    expect(cut(newline, 'OK\r\n\nBAL 7')).toEqual({
      frames: [
        [0, 'OK\r'],
        [4, ''],
      ],
      rest: 'BAL 7',
    });
  });

  test.each([
    ['one byte', { bytes: 1 }, '\x02ab\x00\x01c', ['ab', '', 'c']],
    ['two, big end first', { bytes: 2 }, '\x00\x02ab', ['ab']],
    ['two, little end first', { bytes: 2, littleEndian: true }, '\x02\x00ab', ['ab']],
    ['four that count themselves', { bytes: 4, includesLength: true }, '\x00\x00\x00\x06ab', ['ab']],
    ['eight', { bytes: 8 }, `${'\0'.repeat(7)}\x01a`, ['a']],
    ['behind a type', { bytes: 1, offset: 2 }, 'TX\x02abTY\x00', ['TXab', 'TY']],
  ])('length prefix: %s', (_, value, answer, contents) => {
    const { frames, ...end } = cut({ case: 'lengthPrefix', value }, answer);
    expect({ contents: frames.map(([, content]) => content), ...end }).toEqual({ contents, rest: '' });
  });

  test.each([
    ['longer than a frame may be', { bytes: 2, maxFrame: 10 }, '\x00\x01a\x00\x09bbbbbbbbb', 9],
    ['less than itself', { bytes: 2, includesLength: true }, '\x00\x03a\x00\x01b', 1],
    ['beyond what a number holds', { bytes: 8 }, `${'\0'.repeat(7)}\x01a${'\xff'.repeat(8)}`, 2 ** 64],
  ])('a length that is %s ends the framing, not the comparison', (_, value, answer, said) => {
    const { frames, broken, rest } = cut({ case: 'lengthPrefix', value }, answer);
    expect(frames).toHaveLength(1);
    expect(broken).toContain(`the length ${said}, `);
    expect(rest).not.toBe('');
  });

  test('PostgreSQL: single bytes answer what was asked before the protocol begins', () => {
    const sslRequest = '\x00\x00\x00\x08\x04\xd2\x16\x2f';
    const gssRequest = '\x00\x00\x00\x08\x04\xd2\x16\x30';
    const startup = '\x00\x00\x00\x09\x00\x03\x00\x00\x00';
    const ready = 'Z\x00\x00\x00\x05I';
    expect(cut(postgres, ready, startup).frames).toEqual([[0, 'ZI']]);
    expect(cut(postgres, `NN${ready}`, gssRequest + sslRequest + startup).frames).toEqual([
      [0, 'N'],
      [1, 'N'],
      [2, 'ZI'],
    ]);
    expect(cut(postgres, 'S\x16\x03\x01', sslRequest)).toEqual({
      frames: [[0, 'S']],
      rest: '\x16\x03\x01',
      broken: 'The connection goes on encrypted.',
    });
  });

  test('whatever comes, frames stand in order, and what they do not hold is the rest', () => {
    const kinds: Kind[] = [
      newline,
      postgres,
      { case: 'lengthPrefix', value: { bytes: 1 } },
      { case: 'lengthPrefix', value: { bytes: 2, offset: 1, littleEndian: true, includesLength: true } },
    ];
    const anything = fc.uint8Array({ maxLength: 60 });
    fc.assert(
      fc.property(fc.constantFrom(...kinds), anything, anything, (kind, answer, request) => {
        const { frames, rest } = cutterOf(create(FramingSchema, { kind }))(answer, request);
        let at = 0;
        for (const { offset, content } of frames) {
          if (offset < at) return false;
          at = offset + content.length;
        }
        return rest.offset >= at && rest.offset + rest.content.length === answer.length;
      }),
    );
    expect(cutterOf(undefined)(nothing, nothing).rest.content).toHaveLength(0);
  });
});
