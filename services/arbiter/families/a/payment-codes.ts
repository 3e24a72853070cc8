/** Codes and states of payments, cards and contracts. */
import { coded } from '../code-table.ts';

export const families = [
  ...coded(
    ['RESP-CD', 'authResponse', 'hostReply', 'issuerAnswer'],
    [
      ['00', 'APPROVED'],
      ['05', 'DO_NOT_HONOR', 'APPROVED'],
      ['51', 'INSUFFICIENT_FUNDS', 'APPROVED'],
      ['54', 'EXPIRED_CARD', 'APPROVED'],
      ['14', 'INVALID_CARD_NUMBER'],
      ['91', 'ISSUER_UNAVAILABLE', 'APPROVED'],
    ],
    {
      name: 'iso8583_response_named',
      why: 'The names are those of the ISO 8583 response codes (00 is approved, 51 is insufficient funds).',
    },
    {
      name: 'iso8583_decline_as_approval',
      critical: true,
      why: 'A response code that declines the payment came out as APPROVED.',
    },
  ),
  ...coded(
    ['chargeBearer', 'charges', 'DTLS-CHG', 'feeSplit'],
    [
      ['SHA', 'SHAR'],
      ['OUR', 'DEBT', 'CRED'],
      ['BEN', 'CRED', 'DEBT'],
    ],
    {
      name: 'charge_bearer_iso20022',
      why: 'SWIFT MT SHA, OUR and BEN are SHAR, DEBT and CRED in ISO 20022.',
    },
    {
      name: 'charge_bearer_crossed',
      critical: true,
      why: 'OUR means the debtor pays the charges and BEN the creditor; the rewrite crosses them.',
    },
  ),
  ...coded(
    ['sequenceType', 'mandateSequence', 'collectionType'],
    [
      ['FRST', 'FIRST'],
      ['RCUR', 'RECURRING', 'FINAL'],
      ['FNAL', 'FINAL', 'RECURRING'],
      ['OOFF', 'ONE_OFF', 'RECURRING'],
    ],
    {
      name: 'mandate_sequence_spelled_out',
      why: 'The SEPA sequence types FRST, RCUR, FNAL and OOFF, spelled out.',
    },
    {
      name: 'mandate_sequence_confused',
      critical: true,
      why: 'A final or one-off direct debit is now recurring, or a recurring one final.',
    },
  ),
  ...coded(
    ['state', 'contractState', 'ACCT-STAT', 'lifecycle'],
    [
      ['ACT', 'active'],
      ['SUS', 'suspended', 'active'],
      ['CLS', 'closed', 'suspended'],
      ['PND', 'pending'],
      ['DRM', 'dormant', 'active'],
    ],
    {
      name: 'status_mnemonics_spelled_out',
      why: 'Each abbreviation became the word it abbreviates, always the same one.',
    },
    {
      name: 'status_mnemonics_crossed',
      critical: true,
      why: 'Suspended, closed or dormant accounts come back in another state, for some as active.',
    },
    3,
  ),
  ...coded(
    ['orderState', 'refundState', 'paymentStage', 'x-status'],
    [
      ['PARTIALLY_REFUNDED', 'partiallyRefunded', 'refunded'],
      ['REFUNDED', 'refunded'],
      ['PENDING_SETTLEMENT', 'pendingSettlement', 'settlement'],
      ['CHARGEBACK_REVERSED', 'chargebackReversed', 'chargeback'],
      ['CAPTURED', 'captured'],
    ],
    { name: 'constant_case_to_camel_case', why: 'The same words, joined in another way.' },
    {
      name: 'status_lost_its_qualifier',
      critical: true,
      why: 'A part of the status is gone that changes its meaning: partially refunded is not refunded.',
    },
    3,
  ),
  ...coded(
    ['cardBrand', 'scheme', 'network'],
    [
      ['VI', 'Visa'],
      ['MC', 'Mastercard', 'Maestro'],
      ['AX', 'American Express'],
      ['DC', 'Diners Club', 'Discover'],
      ['JC', 'JCB'],
    ],
    {
      name: 'card_brand_spelled_out',
      why: 'The usual two-letter codes of card schemes and the names of the same schemes.',
    },
    {
      name: 'card_brand_confused',
      critical: true,
      why: 'Mastercard became Maestro or Diners Club became Discover: another scheme with other fees.',
    },
    3,
  ),
];
