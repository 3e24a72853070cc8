import type { ProofCases } from './proof-cases.ts';

/** Pairs that the proofs of objects and rows accept and refuse. */
export const PROOFS_OF_STRUCTURES: ProofCases = {
  'tree-to-rows': {
    accepts: [
      [
        [
          [
            { id: 1, unit: 'Board', parent: null },
            { id: 2, unit: 'Audit', parent: 1 },
            { id: 3, unit: 'Claims', parent: 2 },
          ],
          { unit: 'Board', children: [{ unit: 'Audit', children: [{ unit: 'Claims', children: [] }] }] },
        ],
      ],
      [
        [
          { id: 1, children: [{ id: 2, children: [{ id: 3 }] }] },
          [
            { id: 1, parent: null },
            { id: 2, parent: 1 },
            { id: 3, parent: 2 },
          ],
        ],
      ],
    ],
    refuses: [
      // Where the numbers are not only those of the rows, they are lost.
      [
        [
          [
            { id: 7, unit: 'Board', parent: null },
            { id: 9, unit: 'Audit', parent: 7 },
          ],
          { unit: 'Board', children: [{ unit: 'Audit', children: [] }] },
        ],
      ],
      [
        [
          [
            { id: 1, unit: 'Board', parent: null },
            { id: 2, unit: 'Audit', parent: 1 },
            { id: 3, unit: 'Claims', parent: 2 },
          ],
          {
            unit: 'Board',
            children: [
              { unit: 'Audit', children: [] },
              { unit: 'Claims', children: [] },
            ],
          },
        ],
      ],
      [
        [
          { id: 1, children: [{ id: 2, children: [{ id: 3 }] }] },
          [
            { id: 1, parent: null },
            { id: 2, parent: 1 },
            { id: 3, parent: 1 },
          ],
        ],
      ],
      [[{ id: 1, children: [{ id: 2 }] }, [{ id: 1, parent: null }]]],
    ],
  },
  rearranged: {
    accepts: [
      [
        [
          { net: 10.7, gross: 11.45 },
          { grossAmount: 11.45, netAmount: 10.7 },
        ],
      ],
      [
        [
          { pair: 'EUR/PLN', rate: '4.3115' },
          { base: 'EUR', quote: 'PLN', rate: 4.3115 },
        ],
      ],
      [['USD 358,300.11', { amount: '358300.11', currency: 'USD' }]],
    ],
    refuses: [
      [
        [
          { net: 10.7, gross: 11.45 },
          { grossAmount: 10.7, netAmount: 11.45 },
        ],
      ],
      [['John Smith', { last: 'John', first: 'Smith' }]],
      [['CHF 156798.67', { amount: 'CHF', currency: '156798.67' }]],
      [[{ debit: 'A1', credit: 'B2' }, { entry: { credit: 'A1', debit: 'B2' } }]],
      [['52.1 13.2', { lon: 52.1, lat: 13.2 }]],

      [[{ pair: 'EUR/PLN' }, { base: 'PLN', quote: 'EUR' }]],
      [
        [
          { from: 'A', to: 'B' },
          { target: 'A', source: 'B' },
        ],
      ],
      [['USD 358,300.11', { amount: '358300', currency: 'USD' }]],
    ],
  },
  'pairs-to-members': {
    accepts: [
      [['CHILD=25.41;CARE=40.73', { CHILD: 25.41, CARE: 40.73 }]],
      [['care=40.73|child=25.41', { child: '25.41', care: '40.73' }]],
    ],
    refuses: [
      [['CHILD=25.41;CARE=40.73', { CHILD: 40.73, CARE: 25.41 }]],
      [['CHILD=25.41;CARE=40.73', { CHILD: 25.41 }]],
      [['CHILD=25.41;CHILD=40.73', { CHILD: 40.73, CARE: 25.41 }]],
      [[{ CHILD: '25.41' }, 'CHILD=25.41']],
    ],
  },
  'coded-keys': {
    accepts: [
      [
        [
          { 'JAN 2025': 157.35, 'FEB 2025': 4 },
          { '2025-01': 157.35, '2025-02': 4 },
        ],
      ],
    ],
    refuses: [
      [
        [
          { 'JAN 2025': 157.35, 'FEB 2025': 4 },
          { '2025-02': 157.35, '2025-03': 4 },
        ],
      ],
      [
        [
          { 'JAN 2025': 157.35, 'FEB 2025': 4 },
          { '2025-01': 4, '2025-02': 157.35 },
        ],
      ],
      [[{ 'JAN 2025': 157.35 }, { '2025-01': 157.35, '2025-02': 4 }]],
    ],
  },
  'map-to-rows': {
    accepts: [
      [
        [
          [
            { ref: 'R1', n: 'Ulm' },
            { ref: 'R2', n: 'Bonn' },
          ],
          { R1: 'Ulm', R2: 'Bonn' },
        ],
      ],
      [
        [
          { booked: 6.99, available: 1.5 },
          [
            { type: 'AVAILABLE', amount: 1.5 },
            { type: 'BOOKED', amount: 6.99 },
          ],
        ],
      ],
      [
        [
          { SEK: 6.99, USD: 1.5 },
          [
            { currency: 'USD', amount: 1.5 },
            { currency: 'SEK', amount: 6.99 },
          ],
        ],
      ],
    ],
    refuses: [
      [
        [
          [
            { ref: 'R1', n: 'Ulm' },
            { ref: 'R2', n: 'Bonn' },
          ],
          { R1: 'Bonn', R2: 'Ulm' },
        ],
      ],
      [
        [
          [
            { ref: 'R1', n: 'Ulm' },
            { ref: 'R1', n: 'Bonn' },
          ],
          { R1: 'Ulm' },
        ],
      ],
      [
        [
          { SEK: 6.99, USD: 1.5 },
          [
            { currency: 'USD', amount: 6.99 },
            { currency: 'SEK', amount: 1.5 },
          ],
        ],
      ],
      [[{ SEK: 6.99, USD: 1.5 }, [{ currency: 'USD', amount: 1.5 }]]],
      [
        [
          { SEK: 1.5, USD: 1.5 },
          [
            { currency: 'SEK', amount: 1.5 },
            { currency: 'SEK', amount: 1.5 },
          ],
        ],
      ],
      [[{ SEK: 6.99 }, [{ currency: 'SEK', amount: 6.99, held: 1 }]]],
    ],
  },
};
