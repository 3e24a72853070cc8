import { type Domain, reading } from './reading.ts';

const WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    debit: ['dr', 'debit', 'dbit', 'soll'],
    credit: ['cr', 'credit', 'crdt', 'haben'],
  }).flatMap(([key, words]) => words.map((word) => [word, key] as const)),
);

export const debitCredit: Domain = {
  name: 'debit-credit',
  reads: 'Debit or credit: DR, DBIT (ISO 20022), DEBIT, Soll and CR, CRDT, CREDIT, Haben.',
  read({ text }) {
    const key = text === undefined || text.length > 6 ? undefined : WORDS.get(text.toLowerCase());
    return key === undefined ? [] : reading('word', key, true);
  },
};
