import { describe } from '@jest/globals';
import { many, type Row, twins } from './testing/twins.ts';

const rows = (...pairs: readonly (readonly [unknown, unknown])[]): readonly Row[] => pairs;

describe('codes that are of several sets', () => {
  twins([
    ['sexes', 'harmless', 'gender', rows(['M', 'male'], ['F', 'female'], ['U', 'unknown'])],
    ['sizes as marital states', 'ask', 'shirts', rows(['S', 'single'], ['M', 'married'])],
    ['as the field is called', 'harmless', 'maritalStatus', rows(['S', 'single'], ['M', 'married'])],
    ['power as meals', 'ask', 'power', rows(['AC', 'before meals'], ['PC', 'after meals'])],
    ['countries', 'harmless', 'country', rows(['Georgia', 'GE'], ['India', 'IN'])],
    ['girls', 'ask', 'girl', rows(['Georgia', 'GE'], ['India', 'IN'])],
  ]);
});

describe('figures that are of several notations', () => {
  twins([
    ['months', 'harmless', 'x', rows(['202405', '2024-05'], ['202411', '2024-11'])],
    ['months, or days', 'ask', 'x', rows(['200512', '2005-12'], ['200511', '2005-11'])],
    ['months of cards', 'harmless', 'expiry', rows(['09/26', '2026-09'], ['11/27', '2027-11'])],
    ['days', 'ask', 'when', rows(['09/10', '2010-09'], ['11/12', '2012-11'])],
    ['terms', 'harmless', 'term', rows(['24M', 'P24M'], ['36M', 'P36M'])],
    ['minutes', 'ask', 'keepAlive', rows(['5M', 'P5M'], ['1D', 'P1D'])],
    ['weekdays', 'harmless', 'x', rows(['SAT', 'Saturday'], ['MON', 'Monday'])],
    ['a test', 'ask', 'exam', many(3, () => ['SAT', 'Saturday'])],
    ['amounts', 'harmless', 'x', rows(['550.10', 550.1], ['620.37', 620.37])],
    ['classes', 'ask', 'x', rows(['2512.10', 2512.1], ['2513.20', 2513.2])],
    ['accounting', 'harmless', 'amount', rows(['(12)', -12], ['5', 5])],
    ['a rank', 'ask', 'rank', rows(['(4)', -4], ['2', 2])],
    ['a day', 'harmless', 'asOf', rows(['20240305', '2024-03-05'], ['20240306', '2024-03-06'])],
    ['a batch', 'bug', 'batch', rows(['2024065', '2024-03-05'], ['2024066', '2024-03-06'])],
    ['truth', 'harmless', 'active', rows(['Y', true], ['N', false])],
    ['a mutation', 'ask', 'mutation', rows(['T', true], ['N', false])],
    ['counted', 'ask', 'installmentsPaid', rows([1, true], [0, false])],
  ]);
});

describe('what separates figures, and what is not told', () => {
  twins([
    [
      'cut at one place',
      'harmless',
      'x',
      rows(['AB-1234', 'AB1234'], ['CD-5678', 'CD5678'], ['EF-9012', 'EF9012']),
    ],
    [
      'two numbers',
      'ask',
      'x',
      rows(['RR120/80', 'RR12080'], ['RR135/85', 'RR13585'], ['RR110/70', 'RR11070']),
    ],
    ['a version', 'ask', 'x', rows(['v1.10.2', 'v1102'], ['v1.11.3', 'v1113'], ['v2.10.4', 'v2104'])],
    ['no name', 'harmless', 'middleName', rows(['', null], ['Ann', 'Ann'])],
    ['everything', 'ask', 'pathPrefix', rows(['', null], ['/a', '/a'])],
    ['a version that is new', 'harmless', 'schemaVersion', many(3, () => [undefined, '2.5'])],
    ['a fee that is new', 'ask', 'schemaFee', many(3, () => [undefined, '2.5'])],
  ]);
});

describe('bare numbers of one answer', () => {
  const timeouts = (connect: number, read: number) =>
    many(2, (i) => [
      { connect: '5 s', read: '90 s', no: i },
      { connect, read, no: i },
    ]);
  twins([
    ['count one unit', 'harmless', 'x', timeouts(5, 90)],
    ['count two', 'ask', 'x', timeouts(5, 90_000)],
  ]);
});

describe('what a name excludes', () => {
  const document = (name: string) =>
    many(2, (i) => [`{"${name}":"ü","n":${i}}`, `{"${name}":"u\u0308","n":${i}}`]);
  twins([
    ['a price list that does not end', 'harmless', 'validUntil', rows(['9999-12-31', null])],
    ['a detention that does not end', 'ask', 'detentionEnds', rows(['9999-12-31', null])],
    ['letters composed', 'harmless', 'payload', document('city')],
    ['a password within a document', 'ask', 'payload', document('password')],
    ['a day', 'harmless', 'bookedOn', rows(['20240305', '2024-03-05'])],
    ['an invoice', 'ask', 'invoice', rows(['20240305', '2024-03-05'])],
    [
      'two figures of a tyre',
      'ask',
      'x',
      rows(['205/55R16', '20555R16'], ['195/65R15', '19565R15'], ['225/45R17', '22545R17']),
    ],
  ]);
});

describe('what stands at another label, or is called by a word', () => {
  const loads = [
    [0, 0, 1],
    [2, 1, 1],
    [0, 0, 0],
    [1, 2, 0],
    [1, 1, 2],
  ] as const;
  const told = (object: (fore: number, mid: number, aft: number) => unknown): readonly Row[] =>
    loads.map(([fore, mid, aft]) => [`FORE ${fore} MID ${mid} AFT ${aft}`, object(fore, mid, aft)]);
  twins([
    ['each at its label', 'harmless', 'trim', told((fore, mid, aft) => ({ fore, mid, aft }))],
    ['two exchanged', 'bug', 'trim', told((fore, mid, aft) => ({ fore, mid: aft, aft: mid }))],
    [
      'labels of a letter',
      'ask',
      'x',
      loads.map(([a, b, c]) => [`N ${a} NT ${b} E ${c}`, { noon: a, night: c, evening: b }]),
    ],
    ['names in small letters', 'harmless', 'x', rows(['WIDTH=5;HEIGHT=7', { width: 5, height: 7 }])],
    ['carbon monoxide and cobalt', 'ask', 'x', rows(['CO=5;N=7', { Co: 5, N: 7 }])],
    ['magnesium', 'ask', 'x', rows([{ Mg: 5 }, { mg: 5 }])],
    ['hours', 'harmless', 'x', rows(['0900-1730', { from: '09:00', to: '17:30' }])],
    ['years', 'ask', 'x', rows(['1914-1918', { from: '19:14', to: '19:18' }])],
    ['a mark of credit', 'harmless', 'x', rows(['911.55 CR', { amount: 911.55, direction: 'CREDIT' }])],
    ['a currency', 'harmless', 'x', rows(['EUR', 'Euro'])],
    ['all', 'ask', 'x', rows(['ALL', 'Albanian Lek'])],
    ['a currency beside it', 'harmless', 'x', rows(['ALL', 'Albanian Lek'], ['EUR', 'Euro'])],
  ]);
});
