/** States and codes that a rewrite translates, and flags of forms. */
import { coded } from '../code-table.ts';
import { type Family, type Random, twins } from '../kit.ts';
import { json } from '../kit-values.ts';

const paymentState = coded(
  ['paymentStatus', 'transferState', 'instructionStatus'],
  [
    ['ACSC', 'settled'],
    ['PDNG', 'pending'],
    ['RJCT', 'rejected', 'pending'],
    ['CANC', 'cancelled', 'pending'],
  ],
  { name: 'g_iso_payment_status_in_words', why: 'The words are the meanings of the ISO 20022 status codes.' },
  {
    name: 'g_rejected_payment_pending',
    why: 'Rejected and cancelled payments are answered as still pending.',
    critical: true,
  },
);

const cardAnswer = coded(
  ['authResult', 'responseCode', 'issuerAnswer'],
  [
    ['00 APPROVED', 'approved'],
    ['51 INSUFFICIENT FUNDS', 'insufficientFunds', 'approved'],
    ['54 EXPIRED CARD', 'expiredCard', 'approved'],
    ['43 STOLEN CARD', 'stolenCard', 'approved'],
  ],
  {
    name: 'g_card_answer_as_word',
    why: 'The word says the same as the text beside the code of the card network.',
  },
  {
    name: 'g_card_decline_approved',
    why: 'A decline of the issuer is answered as an approval.',
    critical: true,
  },
);

const mandate = coded(
  ['sequenceType', 'mandateSequence', 'debitKind'],
  [
    ['FRST', 'first'],
    ['RCUR', 'recurring'],
    ['FNAL', 'final', 'first'],
    ['OOFF', 'one-off', 'recurring'],
  ],
  { name: 'g_debit_sequence_in_words', why: 'The words are the meanings of the SEPA sequence codes.' },
  {
    name: 'g_final_debit_called_first',
    why: 'A final or single direct debit is answered as one of a running series.',
    critical: false,
  },
);

const arrears = coded(
  ['loanState', 'creditStatus', 'facilityState'],
  [
    ['UP_TO_DATE', 'Up to date'],
    ['IN_ARREARS', 'In arrears', 'Up to date'],
    ['DEFAULTED', 'Defaulted', 'In arrears'],
    ['REPAID', 'Repaid'],
  ],
  { name: 'g_loan_state_for_readers', why: 'The same state of the loan, written for readers.' },
  {
    name: 'g_loan_state_one_better',
    why: 'Loans in arrears or default are answered one state better.',
    critical: true,
  },
);

const parcel = coded(
  ['shipmentStatus', 'parcelState', 'delivery'],
  [
    ['OUT_FOR_DELIVERY', 'outForDelivery', 'delivered'],
    ['DELIVERED', 'delivered'],
    ['RETURNED_TO_SENDER', 'returnedToSender', 'delivered'],
    ['LOST', 'lost'],
  ],
  { name: 'g_parcel_state_camel_case', why: 'The same state in another writing of its words.' },
  {
    name: 'g_parcel_called_delivered',
    why: 'Parcels on the way or sent back are answered as delivered.',
    critical: false,
  },
);

const checkbox = twins(
  {
    fields: ['overdraftAllowed', 'abroadEnabled', 'marketingConsent'],
    clear: true,
    least: 6,
    value(random: Random) {
      return random.chance(0.5)
        ? { legacy: json('on'), right: 'true' }
        : { legacy: json('off'), right: 'false', wrong: 'true' };
    },
  },
  { name: 'g_switch_to_boolean', why: 'On is true and off is false in every observation.' },
  {
    name: 'g_switch_off_is_true',
    why: 'Any text counts as true, so switches that are off are answered as on.',
    critical: true,
  },
);

export const families: readonly Family[] = [
  ...paymentState, ...cardAnswer, ...mandate, ...arrears, ...parcel, ...checkbox,
]; // biome-ignore format: a list of names
