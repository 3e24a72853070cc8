import { add, type Decimal, subtract } from './decimal.ts';
import type { InterestRule } from './interest.ts';

/** A ledger entry as far as it matters for restating it. */
export interface LedgerEntry {
  readonly number: bigint;
  readonly amount: Decimal;
  readonly balanceAfter: Decimal;
  /** How interest was booked; absent for entries whose amount depends on nothing. */
  readonly interest?: { readonly rule: string; readonly rate: Decimal; readonly days: number };
}

/**
 * Books an account's entries anew where a wrong rule booked interest. Entries must be consecutive and start at the first wrong one or before;
 * amounts that depend on nothing stay, balances after the first corrected entry move along, and interest booked by any rule on a moved balance
 * is computed again (interest on wrong interest is wrong too). Returns the entries that changed or changed their rule.
 */
export function restate(
  entries: readonly LedgerEntry[],
  wrongRules: readonly string[],
  rule: InterestRule,
  vip: boolean,
): LedgerEntry[] {
  const changed: LedgerEntry[] = [];
  const [first] = entries;
  if (first === undefined) return changed;
  let balance = subtract(first.balanceAfter, first.amount);
  for (const entry of entries) {
    const before = subtract(entry.balanceAfter, entry.amount);
    const moved = subtract(balance, before).units !== 0n;
    const { interest } = entry;
    const rebook = interest !== undefined && (moved || wrongRules.includes(interest.rule));
    const amount = rebook
      ? rule.interest({ balance, rate: interest.rate, days: interest.days, vip })
      : entry.amount;
    balance = add(balance, amount);
    if (rebook) {
      changed.push({ ...entry, amount, balanceAfter: balance, interest: { ...interest, rule: rule.name } });
    } else if (moved) {
      changed.push({ ...entry, balanceAfter: balance });
    }
  }
  return changed;
}
