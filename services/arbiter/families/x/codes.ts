/** Public code tables of card networks, social insurers, airlines and hotels, translated row by row. */
import { type Family, type Naming, type Random, twins } from '../kit.ts';
import { json } from '../kit-values.ts';

type Row = readonly [legacy: string, right: string, wrong?: string];

/** A translation of a code table under a telling name; the bug confuses the same row every time. */
function translated(
  fields: readonly string[],
  rows: readonly Row[],
  harmless: Naming,
  bug: Naming & { readonly critical: boolean },
): Family[] {
  const value = (random: Random) => {
    const [legacy, right, wrong] = random.pick(rows);
    const both = { legacy: json(legacy), right: json(right) };
    return wrong === undefined ? both : { ...both, wrong: json(wrong) };
  };
  return twins({ fields, clear: true, least: 3, always: true, value }, harmless, bug);
}

export const families: Family[] = [
  ...translated(
    ['responseCode', 'authResponse', 'hostResponseCode'],
    [
      ['00', 'APPROVED'],
      ['00', 'APPROVED'],
      ['05', 'DO_NOT_HONOR'],
      ['14', 'INVALID_CARD_NUMBER'],
      ['51', 'INSUFFICIENT_FUNDS', 'APPROVED'],
      ['54', 'EXPIRED_CARD'],
      ['91', 'ISSUER_UNAVAILABLE'],
    ],
    {
      name: 'auth_response_spelled_out',
      why: 'The two-digit response codes of ISO 8583 are answered by their meanings.',
    },
    {
      name: 'auth_response_51_approved',
      critical: true,
      why: 'Response 51 is insufficient funds, and the rewrite answers that it was approved.',
    },
  ),
  ...translated(
    ['posEntryMode', 'entryMode', 'panEntryMode'],
    [
      ['05', 'CHIP'],
      ['07', 'CONTACTLESS_CHIP'],
      ['90', 'MAGNETIC_STRIPE'],
      ['80', 'FALLBACK_TO_MAGNETIC_STRIPE', 'CHIP'],
      ['01', 'MANUAL_KEY_ENTRY'],
    ],
    {
      name: 'entry_mode_spelled_out',
      why: 'The entry modes of ISO 8583 are answered by their meanings.',
    },
    {
      name: 'entry_mode_fallback_as_chip',
      critical: true,
      why: 'A magnetic stripe fallback (80) is answered as a chip read, so fraud liability lands on the wrong side.',
    },
  ),
  ...translated(
    ['cvv2Result', 'cvvResultCode', 'securityCodeResult'],
    [
      ['M', 'MATCH'],
      ['N', 'NO_MATCH'],
      ['P', 'NOT_PROCESSED', 'MATCH'],
      ['U', 'ISSUER_UNABLE_TO_VERIFY'],
      ['S', 'SHOULD_BE_ON_CARD'],
    ],
    {
      name: 'cvv_result_spelled_out',
      why: 'The result letters of the security code check are answered by their usual meanings.',
    },
    {
      name: 'cvv_unprocessed_as_match',
      critical: true,
      why: 'P says the security code was not checked at all; the rewrite claims that it matched.',
    },
  ),
  ...translated(
    ['disputeStage', 'chargebackStage', 'caseStage'],
    [
      ['RETRIEVAL', 'retrieval_request'],
      ['CHARGEBACK', 'chargeback'],
      ['CHARGEBACK', 'chargeback'],
      ['REPRESENT', 'representment'],
      ['PREARB', 'pre_arbitration', 'arbitration'],
      ['ARB', 'arbitration'],
    ],
    {
      name: 'dispute_stage_written_out',
      why: 'The abbreviated stages of a dispute are answered by the full words for the same stages.',
    },
    {
      name: 'dispute_prearb_as_arbitration',
      critical: true,
      why: 'A case in pre-arbitration is answered as one in arbitration, which costs fees and has other deadlines.',
    },
  ),
  ...translated(
    ['maritalStatus', 'civilStatus', 'familyStatus'],
    [
      ['S', 'SINGLE'],
      ['M', 'MARRIED'],
      ['M', 'MARRIED'],
      ['D', 'DIVORCED', 'DECEASED'],
      ['W', 'WIDOWED'],
    ],
    {
      name: 'marital_letters_spelled_out',
      why: 'The usual letters of marital status are answered by the words they begin.',
    },
    {
      name: 'marital_divorced_as_deceased',
      critical: true,
      why: 'D in a marital status is divorced, and the rewrite declares the person dead.',
    },
  ),
  ...translated(
    ['claimDecision', 'benefitDecision', 'decisionStatus'],
    [
      ['GRANTED', 'granted'],
      ['GRANTED', 'granted'],
      ['PARTLY GRANTED', 'partly_granted', 'granted'],
      ['REFUSED', 'refused'],
      ['WITHDRAWN BY CLAIMANT', 'withdrawn_by_claimant', 'refused'],
      ['PENDING', 'pending'],
    ],
    {
      name: 'decision_words_to_snake_case',
      why: 'The same decision in small letters with underscores.',
    },
    {
      name: 'decision_withdrawn_as_refused',
      critical: true,
      why: 'Claims that were withdrawn are answered as refused, or partly granted ones as granted: another decision.',
    },
  ),
  ...translated(
    ['cabin', 'cabinClass', 'serviceClass'],
    [
      ['F', 'FIRST'],
      ['J', 'BUSINESS'],
      ['W', 'PREMIUM_ECONOMY', 'ECONOMY'],
      ['Y', 'ECONOMY'],
      ['Y', 'ECONOMY'],
    ],
    {
      name: 'cabin_letters_spelled_out',
      why: 'The IATA letters F, J, W and Y are answered by the cabins they stand for.',
    },
    {
      name: 'cabin_premium_as_economy',
      critical: false,
      why: 'W is premium economy, and the rewrite answers plain economy: a downgrade.',
    },
  ),
  ...translated(
    ['segmentStatus', 'bookingStatus', 'itineraryStatus'],
    [
      ['HK', 'CONFIRMED'],
      ['HK', 'CONFIRMED'],
      ['HK', 'CONFIRMED'],
      ['HL', 'WAITLISTED', 'CONFIRMED'],
      ['UN', 'UNABLE_NOT_OPERATING'],
      ['HX', 'CANCELLED'],
    ],
    {
      name: 'segment_status_spelled_out',
      why: 'The IATA status codes HK, HL, UN and HX are answered by their meanings.',
    },
    {
      name: 'segment_waitlist_as_confirmed',
      critical: true,
      why: 'HL is a place on the waiting list, and the rewrite tells the passenger that the seat is confirmed.',
    },
  ),
  ...translated(
    ['bedType', 'roomType', 'roomCategory'],
    [
      ['SGL', 'SINGLE'],
      ['DBL', 'DOUBLE'],
      ['DBL', 'DOUBLE'],
      ['TWN', 'TWIN', 'DOUBLE'],
      ['TPL', 'TRIPLE'],
    ],
    {
      name: 'room_codes_spelled_out',
      why: 'The usual three-letter room codes are answered by the words they abbreviate.',
    },
    {
      name: 'room_twin_as_double',
      critical: false,
      why: 'A twin room has two beds, and the rewrite answers a double: colleagues get one bed.',
    },
  ),
];
