/** Codes of payments and cards that a hub translates from its COBOL tables: EPC, SWIFT MT, ISO 8583. */
import { coded } from '../code-table.ts';
import { type Family, twins } from '../kit.ts';
import { decimal, minorUnits, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const marks = [
  ['C', 1, 1],
  ['D', -1, -1],
  ['RC', -1, 1],
  ['RD', 1, -1],
] as const;

export const families: readonly Family[] = [
  ...coded(
    ['returnReason', 'rejectReason', 'statusReason', 'rTransactionReason'],
    [
      ['AC01', 'INCORRECT_ACCOUNT_NUMBER'],
      ['AC04', 'CLOSED_ACCOUNT', 'INSUFFICIENT_FUNDS'],
      ['AC06', 'BLOCKED_ACCOUNT'],
      ['AM04', 'INSUFFICIENT_FUNDS', 'CLOSED_ACCOUNT'],
      ['MD01', 'NO_MANDATE'],
      ['MD07', 'END_CUSTOMER_DECEASED'],
      ['MS03', 'REASON_NOT_SPECIFIED'],
      ['RC01', 'BANK_IDENTIFIER_INCORRECT'],
    ],
    {
      name: 'r_return_reason_named',
      why: 'Every ISO 20022 return reason is answered by the name the code list gives it.',
    },
    {
      name: 'r_account_closed_or_empty_confused',
      critical: true,
      why: 'AC04 is a closed account and AM04 lacking funds; the rewrite exchanges the two, so a collection is retried or given up wrongly.',
    },
    4,
  ),
  ...coded(
    ['sequenceType', 'SeqTp', 'collectionSequence'],
    [
      ['FRST', 'FIRST'],
      ['RCUR', 'RECURRING'],
      ['OOFF', 'ONE_OFF', 'RECURRING'],
      ['FNAL', 'FINAL', 'RECURRING'],
    ],
    {
      name: 'r_debit_sequence_in_words',
      why: 'FRST, RCUR, OOFF and FNAL are written as the words they abbreviate.',
    },
    {
      name: 'r_one_off_debit_recurs',
      critical: true,
      why: 'A one-off or final direct debit (OOFF, FNAL) is answered as recurring, so the payer may be debited again.',
    },
    4,
  ),
  ...coded(
    ['responseCode', 'authorisationResult', 'actionCode', 'DE39'],
    [
      ['00', 'APPROVED'],
      ['05', 'DO_NOT_HONOUR', 'APPROVED'],
      ['14', 'INVALID_CARD_NUMBER'],
      ['43', 'STOLEN_CARD', 'APPROVED'],
      ['51', 'INSUFFICIENT_FUNDS'],
      ['54', 'EXPIRED_CARD'],
      ['91', 'ISSUER_UNAVAILABLE', 'APPROVED'],
    ],
    {
      name: 'r_authorisation_code_named',
      why: 'The ISO 8583 response codes are answered by their names, one name for each code.',
    },
    {
      name: 'r_decline_becomes_approval',
      critical: true,
      why: 'Declines (05, 43, 91) are answered as APPROVED like 00, so refused card payments go through.',
    },
    6,
  ),
  ...coded(
    ['chargeBearer', 'detailsOfCharges', 'chrgBr'],
    [
      ['OUR', 'DEBT', 'CRED'],
      ['SHA', 'SHAR'],
      ['BEN', 'CRED', 'DEBT'],
    ],
    {
      name: 'r_charges_option_iso',
      why: 'OUR, SHA and BEN of an MT103 are DEBT, SHAR and CRED in ISO 20022: the same party pays the charges.',
    },
    {
      name: 'r_charges_on_the_other_party',
      critical: true,
      why: 'OUR means that the debtor pays (DEBT) and BEN the creditor (CRED); the rewrite exchanges them.',
    },
    2,
  ),
  ...coded(
    ['eci', 'authenticationOutcome', 'threeDsResult'],
    [
      ['05', 'FULLY_AUTHENTICATED'],
      ['06', 'AUTHENTICATION_ATTEMPTED'],
      ['07', 'NOT_AUTHENTICATED', 'FULLY_AUTHENTICATED'],
    ],
    {
      name: 'r_cardholder_authentication_named',
      why: 'Each electronic commerce indicator of the card scheme keeps one name: 05 authenticated, 06 attempted, 07 not.',
    },
    {
      name: 'r_unauthenticated_taken_for_authenticated',
      critical: true,
      why: 'Indicator 07 (no authentication) is answered as fully authenticated like 05, so liability is shifted wrongly.',
    },
    6,
  ),
  ...twins(
    {
      fields: ['entryAmount', 'signedAmount', 'bookedAmount'],
      least: 6,
      value: (random) => {
        const [mark, right, wrong] = random.pick(marks);
        const units = minorUnits(random);
        const legacy = object({ mark: `"${mark}"`, amount: `"${decimal(units, 2).replace('.', ',')}"` });
        return shown(legacy, decimal(right * units, 2), decimal(wrong * units, 2));
      },
    },
    {
      name: 'r_debit_mark_to_sign',
      why: 'Credits and reversed debits are positive, debits and reversed credits negative: the sign says what the mark said.',
    },
    {
      name: 'r_reversal_mark_ignored',
      critical: true,
      why: 'RC and RD are reversals of a credit and of a debit; the rewrite signs them like the original booking.',
    },
  ),
  ...twins(
    {
      fields: ['instructedAmount', 'settlementAmount', 'amount32A'],
      value: (random) => {
        const units = random.chance(0.5) ? random.int(11, 99_999) * 10 : minorUnits(random, 101);
        const exact = decimal(units, 2);
        const swift = exact.replace('.', ',').replace(/0+$/, '');
        const digits = swift.replace(',', '');
        return shownJson(swift, exact, decimal(Number(digits), 2));
      },
    },
    {
      name: 'r_swift_amount_padded',
      why: 'A SWIFT amount leaves out trailing zeros after its comma; the rewrite writes the same amount with two decimals.',
    },
    {
      name: 'r_swift_amount_short_of_zeros',
      critical: true,
      why: 'The rewrite takes the last two digits for cents, so that 1234,5 becomes 123.45 and 1234, becomes 12.34.',
    },
  ),
];
