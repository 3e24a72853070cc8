/** Everyday defects behind answers that are otherwise equal to the letter: tiers, caps, signs, states. */
import { defect } from '../kit.ts';
import { decimal, json, object } from '../kit-values.ts';

interface Slip {
  readonly name: string;
  readonly why: string;
  readonly critical: boolean;
  readonly fields: readonly string[];
  readonly states: readonly (readonly [state: string, slipped?: string])[];
}
const slips: readonly Slip[] = [
  {
    name: 'batch-in-quarantine-is-released',
    why: 'Batches in quarantine come out as released and would be sold.',
    critical: true,
    fields: ['batchStatus', 'stock.state', 'QSTAT'],
    states: [['RELEASED'], ['EXPIRED'], ['QUARANTINE', 'RELEASED']],
  },
  {
    name: 'preliminary-result-is-final',
    why: 'Preliminary results come out as final, so a physician relies on figures nobody has validated.',
    critical: true,
    fields: ['resultStatus', 'report.state', 'validation'],
    states: [['final'], ['corrected'], ['preliminary', 'final']],
  },
  {
    name: 'suspended-sim-is-active',
    why: 'Suspended SIM cards, reported as stolen or unpaid, come out as active.',
    critical: true,
    fields: ['simStatus', 'line.state', 'SIM_ST'],
    states: [['ACTIVE'], ['TERMINATED'], ['SUSPENDED', 'ACTIVE']],
  },
  {
    name: 'loan-in-arrears-is-performing',
    why: 'Loans in arrears come out as performing, so nobody reminds the debtor or provides for the loss.',
    critical: true,
    fields: ['loanStatus', 'performance', 'account.state'],
    states: [['PERFORMING'], ['REDEEMED'], ['ARREARS', 'PERFORMING']],
  },
  {
    name: 'reserved-book-is-on-shelf',
    why: 'Books that are reserved for a reader come out as available to anybody.',
    critical: false,
    fields: ['itemState', 'copy.status', 'availability'],
    states: [['on shelf'], ['on loan'], ['reserved', 'on shelf']],
  },
];

export const families = [
  ...slips.map(({ name, why, critical, fields, states }) =>
    defect(
      {
        fields,
        value(random) {
          const [state, slipped] = random.pick(states);
          const legacy = json(state);
          return {
            legacy,
            right: legacy,
            ...(slipped === undefined ? {} : { wrong: json(slipped) }),
          };
        },
      },
      { name, why, critical },
    ),
  ),
  defect(
    {
      fields: ['offer', 'pricing', 'rateTier'],
      least: 6,
      value(random) {
        const ltv = random.chance(0.3) ? 8000 : random.int(4500, 9500);
        const tier = (rate: string) => object({ ltv: decimal(ltv, 2), rate });
        const legacy = tier(ltv <= 6000 ? '3.59' : ltv <= 8000 ? '3.89' : '4.39');
        return { legacy, right: legacy, ...(ltv === 8000 ? { wrong: tier('4.39') } : {}) };
      },
    },
    {
      name: 'rate-tier-at-exact-bound',
      why: 'At a loan to value of exactly 80.00 the rewrite takes the rate of the next dearer tier.',
      critical: true,
    },
  ),
  defect(
    {
      fields: ['lateFee', 'overdue', 'fine'],
      value(random) {
        const days = random.int(1, 90);
        const fee = (pence: number) => object({ daysLate: String(days), fine: decimal(pence, 2) });
        const legacy = fee(Math.min(days * 20, 1000));
        return { legacy, right: legacy, ...(days > 50 ? { wrong: fee(days * 20) } : {}) };
      },
    },
    {
      name: 'late-fee-without-cap',
      why: 'Legacy never takes more than 10.00; the rewrite goes on adding for each day.',
      critical: true,
    },
  ),
  defect(
    {
      fields: ['document', 'invoice', 'billItem'],
      value(random) {
        const credit = random.chance(0.35);
        const units = random.int(150, 90_000);
        const document = (amount: number) =>
          object({ type: json(credit ? 'CREDIT' : 'INVOICE'), amount: decimal(amount, 2) });
        const legacy = document(credit ? -units : units);
        return { legacy, right: legacy, ...(credit ? { wrong: document(units) } : {}) };
      },
    },
    {
      name: 'credit-note-with-positive-amount',
      why: 'Credit notes are negative in legacy and positive in the rewrite: the refund became a charge.',
      critical: true,
    },
  ),
];
