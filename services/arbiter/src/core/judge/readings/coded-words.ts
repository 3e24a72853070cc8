/**
 * Closed vocabularies of business that systems keep as short codes, a line for each: what a thing can be, with the words that begin alike, so that
 * a code which could be two of them is seen to be open (DEL: deleted, delayed, delivered). Several words are joined by a low
 * line; forms of one word stand behind a slash.
 */
const VOCABULARIES = [
  // An account, a card, a contract, a permit.
  'active inactive blocked unblocked closed open dormant suspended expired cancelled/canceled stolen lost frozen pending locked unlocked restricted terminated revoked renewed withdrawn approved rejected reviewed draft deleted delinquent archived issued',
  // An order, a parcel, a claim, a case.
  'open reopened closed confirmed contested converted new pending assigned picked packed shipped dispatched delayed deleted delivered returned retired refunded received rejected released reserved reversed reviewed revoked settled cancelled/canceled completed accepted assessed approved appealed paid unpaid partial denied declined escalated expired failed finished',
  // A payment.
  'accepted accounted pending posted processed processing paid partial settled sent suspended rejected returned received released refunded reserved reversed reviewed revoked recalled failed cancelled/canceled captured cleared closed confirmed authorised/authorized voided declined declared delayed deleted deferred expired charged',
  // What is decided on a request.
  'allow block review refer reject decline deny challenge approve accept hold pass escalate',
  // How a meter or a value was read.
  'actual estimated calculated corrected customer/customer_read/customer_reported remote/remote_read replaced manual substituted forecast provisional validated',
  // How an interest or a price goes.
  'fixed variable capped floating stepped tracked indexed mixed',
  // The sequence of direct debits (ISO 20022 SequenceType).
  'first final recurring one_off represented',
  // Balances (ISO 20022 BalanceType).
  'closing_available closing_booked forward_available opening_available opening_booked interim_available interim_booked previously_closed_booked expected information',
  // Lines of a payroll.
  'earning deduction contribution benefit tax reimbursement garnishment',
];

/** What a thing can be, each in the forms in which it is written: in small letters, with blanks between words. */
export type Vocabulary = readonly (readonly string[])[];

export const CODED_WORDS: readonly Vocabulary[] = VOCABULARIES.map((line) =>
  line.split(' ').map((forms) => forms.split('/').map((word) => word.replaceAll('_', ' '))),
);
