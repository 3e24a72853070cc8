import { raw, type Values } from '../../../testing/episodes.ts';
import type { ProofCases } from './proof-cases.ts';

/** Pairs that the proofs of lists and documents accept and refuse. */
export const PROOFS_OF_LISTS: ProofCases = {
  'same-json': {
    accepts: [
      [
        [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
      ],
      [[raw('"\\u00fc"'), raw('"ü"')]],
      [[raw('[1, 2]'), raw('[1,2]')]],
    ],
    refuses: [
      [
        [
          [1, 2],
          [2, 1],
        ],
      ],
      [
        [
          { a: 1, b: 2 },
          { a: 2, b: 1 },
        ],
      ],
    ],
  },
  'php-serialised': {
    accepts: [
      [['a:2:{s:8:"currency";s:3:"AUD";s:6:"amount";d:141.25;}', { currency: 'AUD', amount: 141.25 }]],
      [['a:3:{i:0;s:2:"ü";i:1;b:1;i:2;N;}', ['ü', true, null]]],
      [['a:1:{s:1:"a";a:1:{i:5;i:7;}}', { a: { 5: 7 } }]],
    ],
    refuses: [
      [['a:1:{s:6:"amount";d:141.25;}', { amount: 141 }]],
      [['a:1:{s:6:"amount";d:141.25;}', { amount: 141.25, fee: 1 }]],
      [['a:2:{s:1:"a";i:1;s:1:"a";i:2;}', { a: 2 }]],
      [['a:1:{s:1:"a";i:1;}}', { a: 1 }]],
      [['a:1:{s:9:"a";i:1;}', { a: 1 }]],
      [['a:1:{s:1:"a";O:3:"Foo":0:{}}', { a: {} }]],
      [[{ a: 1 }, 'a:1:{s:1:"a";i:1;}']],
    ],
  },
  'set-order': {
    accepts: [
      [
        [
          ['a', 'b', 'c'],
          ['c', 'a', 'b'],
          ['b', 'a', 'c'],
        ],
      ],
    ],
    refuses: [
      [
        [
          ['a', 'b'],
          ['b', 'a'],
          ['b', 'a'],
        ],
        ...Array.from(
          { length: 20 },
          (_, i): Values => [
            [i, 7 + i, 3 + i],
            [3 + i, i, 7 + i],
          ],
        ),
      ],

      [
        [
          ['a', 'b'],
          ['b', 'a'],
        ],
      ],
      [
        [
          ['a', 'b', 'c'],
          ['c', 'a'],
          ['b', 'a', 'c'],
        ],
      ],
      [
        [
          ['b', 'a'],
          ['a', 'b', 'b'],
          ['a', 'b'],
        ],
      ],
    ],
  },
  parts: {
    accepts: [
      [
        [
          [1, { a: 'x  ' }],
          ['1', { a: 'x' }],
        ],
      ],
      [
        [
          { first_name: 'A', n: 1 },
          { firstName: 'A', n: '1' },
        ],
      ],
    ],
    refuses: [
      [
        [
          [1, 2],
          ['1', '3'],
        ],
      ],
      [[{ a: 1 }, { a: 1, b: 2 }]],
      [[{ a: 1, b: 2 }, { a: 1 }]],
    ],
  },
  'one-as-list': {
    accepts: [
      [
        [{ ref: 'A1' }, [{ ref: 'A1' }]],
        [
          [{ ref: 'A1' }, { ref: 'B2' }],
          [{ ref: 'A1' }, { ref: 'B2' }],
        ],
      ],
      [
        ['Garcia, Sam', ['Garcia, Sam']],
        ['Novak, Yuki; Silva, Anna', ['Novak, Yuki', 'Silva, Anna']],
      ],
    ],
    refuses: [
      [[{ ref: 'A1' }, [{ ref: 'A1' }]]],
      [
        [{ ref: 'A1' }, [{ ref: 'A2' }]],
        [
          [1, 2],
          [1, 2],
        ],
      ],
      [
        [[1, 2], [1]],
        [3, [3]],
      ],
      [
        ['Garcia, Sam', ['Garcia', 'Sam']],
        ['Novak, Yuki; Silva, Anna', ['Novak', 'Yuki; Silva', 'Anna']],
      ],
    ],
  },
  'flags-to-list': {
    accepts: [
      [[{ READ: 'Y', WRITE_ALL: 'N' }, ['read']]],
      [[{ read: true, pay: false, close: true }, ['close', 'read']]],
      [[{ read: false }, []]],
      [[{ roaming: 'on', mailbox: 'off' }, ['roaming']]],
      [[{ sms: 'X', mail: ' ' }, ['sms']]],
    ],
    refuses: [
      [[{ READ: 'Y', WRITE: 'N' }, ['write']]],
      [[{ READ: 'Y', WRITE: 'P' }, ['read']]],
      [[{ roaming: 'on', mailbox: 'N' }, ['roaming']]],
      [[{ sms: ' ', mail: ' ' }, []]],
      [[{ read: true, pay: false }, ['read', 'pay']]],
      [[{ read: true, pay: true }, ['read']]],
      [[{ read: true, pay: true }, ['read', 'read']]],
      [[{ read: true, pay: null }, ['read']]],
      [[{ read: true, pay: false }, ['read', 'close']]],
    ],
  },
  'numbered-keys': {
    accepts: [[[[7, 9], { M01: 7, M02: 9 }]], [[{ 0: 'a', 1: 'b' }, ['a', 'b']]]],
    refuses: [
      [[[7, 9], { M01: 9, M02: 7 }]],
      [[[7, 9], { M01: 7, M03: 9 }]],
      [[[7, 9], { M01: 7 }]],
      [[[7, 9], { a1: 7, b2: 9 }]],
    ],
  },
};
