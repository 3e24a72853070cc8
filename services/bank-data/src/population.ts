/**
 * The customers of the demo's bank. Both banks are loaded with them, as if the books had been carried over on one evening, and the
 * traffic logs in as them. Deterministic: the same customer is the same everywhere, for ever.
 */
export interface SeedCustomer {
  /** `C00042`. */
  readonly id: string;
  readonly name: string;
  readonly pin: string;
  readonly vip: boolean;
  /** 300 to 850. */
  readonly creditScore: number;
  /** A current account, then a savings account. */
  readonly accounts: readonly [SeedAccount, SeedAccount];
}

export interface SeedAccount {
  /** Seven digits. */
  readonly id: string;
  readonly kind: 'current' | 'savings';
  readonly blocked: boolean;
  readonly openingCents: bigint;
}

export const CUSTOMER_COUNT = 400;
/** Accounts of merchants: anybody may pay into them, and no customer reads them. */
export const MERCHANT_ACCOUNTS: readonly string[] = Array.from({ length: 20 }, (_, i) =>
  String(9_000_001 + i),
);
/** The banks' business date: it stands in their control tables and moves only by end-of-day processing, never by the machine's clock. */
export const BUSINESS_DATE = '2026-01-05';

const FIRST_NAMES = [
  'Ada',
  'Alan',
  'Barbara',
  'Edsger',
  'Frances',
  'Grace',
  'John',
  'Katherine',
  'Niklaus',
  'Tony',
];
const LAST_NAMES = [
  'Abel',
  'Berger',
  'Conte',
  'Dahl',
  'Ersoy',
  'Fontaine',
  'Grant',
  'Haas',
  'Ito',
  'Jansen',
  'Kovacs',
];

/** All customers, in order of their ids; every tenth is a VIP, every fiftieth has a blocked savings account. */
export function population(): readonly SeedCustomer[] {
  return Array.from({ length: CUSTOMER_COUNT }, (_, i) => customer(i + 1));
}

function customer(number: number): SeedCustomer {
  const digits = String(number).padStart(5, '0');
  const name = `${FIRST_NAMES[scatter(number, 1) % FIRST_NAMES.length]} ${LAST_NAMES[scatter(number, 2) % LAST_NAMES.length]}`;
  const account = (
    kind: SeedAccount['kind'],
    last: number,
    cents: number,
    blocked: boolean,
  ): SeedAccount => ({
    id: `1${digits}${last}`,
    kind,
    blocked,
    openingCents: BigInt(cents),
  });
  return {
    id: `C${digits}`,
    name,
    pin: String(scatter(number, 3) % 10_000).padStart(4, '0'),
    vip: number % 10 === 3,
    creditScore: 300 + (scatter(number, 4) % 551),
    accounts: [
      account('current', 1, 500_000 + (scatter(number, 5) % 4_500_000), false),
      account('savings', 2, 1_000_000 + (scatter(number, 6) % 19_000_000), number % 50 === 0),
    ],
  };
}

/** A fixed hash of two small numbers (the finalizer of MurmurHash3), so that neighbours look unrelated. */
function scatter(number: number, salt: number): number {
  let h = Math.imul(number, 0x9e3779b1) ^ Math.imul(salt, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
