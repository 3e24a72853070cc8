/** Code tables of payments: states, return reasons, charges, kinds of collection. */
import { coded } from '../code-table.ts';
import type { Family } from '../kit.ts';

const state = coded(
  ['paymentStatus', 'txSts', 'status'],
  [
    ['ACSC', 'SETTLED'],
    ['ACSC', 'SETTLED'],
    ['ACCP', 'ACCEPTED'],
    ['PDNG', 'PENDING', 'SETTLED'],
    ['RJCT', 'REJECTED', 'SETTLED'],
    ['CANC', 'CANCELLED', 'SETTLED'],
  ],
  { name: 'o_payment_status_names', why: 'The ISO 20022 payment states are spelled out.' },
  {
    name: 'o_unsettled_reported_settled',
    why: 'Rejected, cancelled or pending payments are reported as settled.',
    critical: true,
  },
);

const reasons = coded(
  ['rejectReason', 'returnReasonCode', 'rsnCd'],
  [
    ['AC01', 'INCORRECT_ACCOUNT_NUMBER'],
    ['AC04', 'CLOSED_ACCOUNT', 'INCORRECT_ACCOUNT_NUMBER'],
    ['AM04', 'INSUFFICIENT_FUNDS', 'CLOSED_ACCOUNT'],
    ['MD01', 'NO_MANDATE', 'INSUFFICIENT_FUNDS'],
    ['MD07', 'DEBTOR_DECEASED', 'NO_MANDATE'],
  ],
  { name: 'o_return_reasons_named', why: 'The SEPA return codes are replaced by their names.' },
  {
    name: 'o_return_reasons_one_row_off',
    why: 'The names are those of the neighbouring rows of the code table: AM04 is insufficient funds, not a closed account.',
    critical: false,
  },
  3,
);

const charges = coded(
  ['chargeBearer', 'detailsOfCharges', 'chrgBr'],
  [
    ['OUR', 'DEBT', 'CRED'],
    ['SHA', 'SHAR'],
    ['BEN', 'CRED', 'DEBT'],
  ],
  {
    name: 'o_charge_bearer_iso',
    why: 'The SWIFT MT words OUR, SHA and BEN are DEBT, SHAR and CRED in ISO 20022.',
  },
  {
    name: 'o_charge_bearer_exchanged',
    why: 'OUR means the debtor pays and BEN the creditor; modern has them the other way round.',
    critical: true,
  },
  2,
);

const sequence = coded(
  ['sequenceType', 'mandateSequence', 'seqTp'],
  [
    ['FRST', 'first'],
    ['RCUR', 'recurring'],
    ['FNAL', 'final', 'recurring'],
    ['OOFF', 'oneOff', 'recurring'],
  ],
  { name: 'o_direct_debit_sequence', why: 'The sequence types of SEPA direct debits are spelled out.' },
  {
    name: 'o_one_off_debit_recurring',
    why: 'A one-off or final collection is answered as recurring, so money may be collected again.',
    critical: true,
  },
);

export const families: readonly Family[] = [...state, ...reasons, ...charges, ...sequence];
