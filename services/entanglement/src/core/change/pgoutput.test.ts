import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MalformedMessage } from './byte-reader.ts';
import { formatLsn, parseLsn } from './lsn.ts';
import { decodePgOutput } from './pgoutput.ts';
import { Relations } from './relations.ts';
import { decodeReplication, encodeStatus, untilUnreadable } from './replication-stream.ts';
import { beginMessage, commitMessage, Message, relationMessage } from './testing.ts';

const examples: Readonly<Record<string, Uint8Array>> = {
  begin: beginMessage(0x1_0000_0010n, 4_000_000_000),
  commit: commitMessage(16n, 24n),
  relation: relationMessage('f', [
    ['id', true],
    ['note', true],
  ]),
  insert: new Message('I').int(1, 4).raw('N').tuple(['1', null]).done(),
  update: new Message('U').int(1, 4).raw('O').tuple(['1', 'ä']).raw('N').tuple(['1', undefined]).done(),
  'update without a row before': new Message('U').int(1, 4).raw('N').tuple(['1', 'b']).done(),
  delete: new Message('D').int(1, 4).raw('K').tuple(['1', null]).done(),
  truncate: new Message('T').int(1, 4).int(0, 1).int(1, 4).done(),
  message: new Message('M').int(1, 1).int(16, 8).cstring('chronos').int(3, 4).raw('abc').done(),
};

describe('a message', () => {
  test('is read as Postgres wrote it', () => {
    expect(decodePgOutput(examples.begin!)).toEqual({
      tag: 'begin',
      commitLsn: 0x1_0000_0010n,
      committedAtUs: 946_684_800_000_000n,
      xid: 4_000_000_000,
    });
    expect(decodePgOutput(examples.update!)).toEqual({
      tag: 'update',
      relation: 1,
      before: ['1', 'ä'],
      beforeIsKey: false,
      after: ['1', undefined],
    });
    expect(decodePgOutput(examples.message!)).toEqual({
      tag: 'message',
      transactional: true,
      lsn: 16n,
      prefix: 'chronos',
      content: 'abc',
    });
  });

  test.each(Object.entries(examples))('that is cut off or has a rest is refused: %s', (_, bytes) => {
    expect(() => decodePgOutput(bytes)).not.toThrow();
    for (let length = 0; length < bytes.length; length++)
      expect(() => decodePgOutput(bytes.subarray(0, length))).toThrow(MalformedMessage);
    expect(() => decodePgOutput(Uint8Array.from([...bytes, 0]))).toThrow(MalformedMessage);
  });

  test('of random bytes is decoded or refused, never anything else', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      // One byte of a good message changed.
      fc
        .tuple(fc.constantFrom(...Object.values(examples)), fc.nat(), fc.integer({ min: 0, max: 255 }))
        .map(([example, at, value]) => example.with(at % example.length, value)),
    );
    fc.assert(
      fc.property(bytes, (message) => {
        try {
          decodePgOutput(message);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedMessage);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test("of another tool's own bytes is passed over, whatever its prefix", () => {
    const bytes = new Message('M').int(1, 1).int(16, 8).cstring('othertool').int(3, 4).int(0xff00, 2);
    const message = decodePgOutput(bytes.int(0xfe, 1).done());
    expect(message).toMatchObject({ tag: 'message', prefix: 'othertool', content: undefined });
    expect(new Relations().event(message, 1n)).toBeUndefined();
  });

  test('that announces more than it has takes no memory', () => {
    const bytes = new Message('T').int(0xffff_ffff, 4).int(0, 1).done();
    expect(() => decodePgOutput(bytes)).toThrow('4294967295 items are announced');
  });
});

describe('rows', () => {
  const rowsOf = (identity: 'd' | 'f', message: Uint8Array) => {
    const relations = new Relations();
    const columns = [
      ['id', true],
      ['note', identity === 'f'],
    ] as const;
    relations.event(decodePgOutput(relationMessage(identity, columns)), 1n);
    const event = relations.event(decodePgOutput(message), 2n);
    if (event?.kind !== 'change') throw new Error(`a ${event?.kind}`);
    return { before: event.before && { ...event.before }, after: event.after && { ...event.after } };
  };

  test('an unchanged large value is the one before', () => {
    expect(rowsOf('f', examples.update!)).toEqual({
      before: { id: '1', note: 'ä' },
      after: { id: '1', note: 'ä' },
    });
  });
  test('without a row before, only its key is known, and it is that of the row after', () => {
    expect(rowsOf('d', examples['update without a row before']!)).toEqual({
      before: { id: '1' },
      after: { id: '1', note: 'b' },
    });
  });
  test('of a deleted row by its key, the rest is unknown, not NULL', () => {
    expect(rowsOf('d', examples.delete!)).toEqual({ before: { id: '1' }, after: null });
  });
  test('of a relation that was never told are refused', () => {
    expect(() => new Relations().event(decodePgOutput(examples.insert!), 1n)).toThrow(
      'relation 1 was never told',
    );
  });
  test('with another number of columns than the relation are refused', () => {
    expect(() => rowsOf('f', new Message('I').int(1, 4).raw('N').tuple(['1']).done())).toThrow(
      '1 values for the 2 columns',
    );
  });
});

test('the outer stream: data, keepalives, our word', () => {
  const data = new Message('w').int(1, 8).int(2, 8).int(3, 8).raw('xyz').done();
  expect(decodeReplication(data)).toEqual({
    kind: 'data',
    walEnd: 2n,
    payload: new TextEncoder().encode('xyz'),
  });
  const keepalive = new Message('k').int(5, 8).int(0, 8).int(1, 1).done();
  expect(decodeReplication(keepalive)).toEqual({ kind: 'keepalive', walEnd: 5n, mustReply: true });
  expect(() => decodeReplication(new Uint8Array([1]))).toThrow(MalformedMessage);
  expect([...encodeStatus(0x0102n).subarray(0, 9)]).toEqual([114, 0, 0, 0, 0, 0, 0, 1, 2]);
});

test('behind a message that cannot be read, nothing more of the same packet is handed out', () => {
  const packet = [examples.begin!, new Message('?').done(), examples.commit!].map((payload) =>
    Uint8Array.from([...new Message('w').int(1, 8).int(2, 8).int(3, 8).done(), ...payload]),
  );
  const told: string[] = [];
  const take = untilUnreadable(
    (message) => message.kind === 'data' && told.push(decodePgOutput(message.payload).tag),
    (error) => told.push(error.message),
  );
  for (const bytes of packet) take(bytes);
  expect(told).toEqual(['begin', expect.stringContaining('unknown kind of message')]);
});

test('positions are written as Postgres does', () => {
  expect(parseLsn('16/B374D848')).toBe(0x16_b374_d848n);
  expect(formatLsn(0x16_b374_d848n)).toBe('16/B374D848');
  expect(() => parseLsn('16-0')).toThrow('no WAL position');
});
