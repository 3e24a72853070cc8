import { describe } from '@jest/globals';
import { twins } from './testing/twins.ts';

const polygon = (...corners: readonly (readonly number[])[]) => ({ type: 'Polygon', coordinates: [corners] });
const [A, B, C, D] = [
  [1.5, 48.25],
  [2.5, 48.75],
  [2.25, 49.5],
  [1.75, 49.125],
] as const;

describe('the same in another order', () => {
  twins([
    [
      'sorted by name with their shares',
      'ask',
      'x',
      [
        [
          'Rossi, Maria 25% / Rossi, Anna 75%',
          [
            { name: 'Anna Rossi', share: 0.75 },
            { name: 'Maria Rossi', share: 0.25 },
          ],
        ],
        [
          'Okafor, Ivan 40% / Okafor, Ahmed 60%',
          [
            { name: 'Ahmed Okafor', share: 0.6 },
            { name: 'Ivan Okafor', share: 0.4 },
          ],
        ],
        [
          'Patel, Anna 10% / Patel, Olga 90%',
          [
            { name: 'Anna Patel', share: 0.1 },
            { name: 'Olga Patel', share: 0.9 },
          ],
        ],
      ],
    ],
    [
      'sorted by name without their shares',
      'ask',
      'x',
      [
        [
          'Rossi, Maria 25% / Rossi, Anna 75%',
          [
            { name: 'Anna Rossi', share: 0.25 },
            { name: 'Maria Rossi', share: 0.75 },
          ],
        ],
        [
          'Okafor, Ivan 40% / Okafor, Ahmed 60%',
          [
            { name: 'Ahmed Okafor', share: 0.4 },
            { name: 'Ivan Okafor', share: 0.6 },
          ],
        ],
        [
          'Patel, Anna 10% / Patel, Olga 90%',
          [
            { name: 'Anna Patel', share: 0.1 },
            { name: 'Olga Patel', share: 0.9 },
          ],
        ],
        [
          'Novak, Anna 20% / Novak, Olga 80%',
          [
            { name: 'Anna Novak', share: 0.2 },
            { name: 'Olga Novak', share: 0.8 },
          ],
        ],
      ],
    ],
    ['a ring from another corner', 'ask', 'x', [[polygon(A, B, C, D, A), polygon(C, D, A, B, C)]]],
    ['a ring of other corners', 'bug', 'x', [[polygon(A, B, C, D, A), polygon(C, D, B, A, C)]]],
    [
      'a relation from its other side',
      'ask',
      'x',
      [
        [
          { person: 'Ann', is: 'parent of', other: 'Bo' },
          { person: 'Bo', is: 'child of', other: 'Ann' },
        ],
      ],
    ],
    [
      'no bit of a word is set',
      'ask',
      'x',
      [
        ['0x0202', ['LOW', 'BURST']],
        ['0x0000', []],
      ],
    ],
  ]);
});
