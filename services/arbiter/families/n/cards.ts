/** A card processor's answers: ISO 8583 fields behind JSON, rewritten with readable values. */
import { type Family, type Random, twins } from '../kit.ts';
import { Day, decimal, json, minorUnits, object, two } from '../kit-values.ts';
import { shown } from '../shown.ts';

const bins = ['492912', '540123', '455676', '521899', '402944'] as const;
/** ISO 8583 field 39, as the rewrite names it. The defect's default for what its table lacks is an approval. */
const responses = [
  ['00', 'APPROVED'],
  ['05', 'DECLINED'],
  ['10', 'PARTIALLY_APPROVED', 'APPROVED'],
  ['41', 'LOST_CARD', 'APPROVED'],
  ['51', 'INSUFFICIENT_FUNDS'],
  ['54', 'EXPIRED_CARD'],
  ['62', 'RESTRICTED_CARD', 'APPROVED'],
  ['91', 'ISSUER_UNAVAILABLE'],
] as const;
/** ISO 4217: number, letters, digits behind the point. */
const monies = [
  ['978', 'EUR', 2],
  ['826', 'GBP', 2],
  ['756', 'CHF', 2],
  ['392', 'JPY', 0],
  ['414', 'KWD', 3],
] as const;

function masked(random: Random) {
  const [bin, last] = [random.pick(bins), random.digits(4)];
  const parts = (last4: string) => object({ bin: json(bin), last4: json(last4) });
  return shown(json(`${bin}******${last}`), parts(last), parts(bin.slice(0, 4)));
}

const monthEnd = (year: number, month: number) => Day.of(year, month + 1, 1).plus(-1).iso;

function expiry(random: Random) {
  const [year, month] = [random.int(2024, 2031), random.int(1, 12)];
  const legacy = json(`${two(year % 100)}${two(month)}`);
  return shown(legacy, json(monthEnd(year, month)), json(monthEnd(year, month + 1)));
}

function fieldFour(random: Random) {
  const [number, letters, scale] = random.pick(monies);
  const units = scale === 0 ? random.int(120, 98_000) : minorUnits(random, 90, 900_000);
  const legacy = object({ amount: json(String(units).padStart(12, '0')), currency: json(number) });
  const modern = (places: number) =>
    object({ amount: json(decimal(units, places)), currency: json(letters) });
  return shown(legacy, modern(scale), modern(2));
}

function response(random: Random) {
  const [code, right, wrong] = random.pick(responses);
  return shown(json(code), json(right), json(wrong ?? right));
}

/** Field 37: year's last digit, day of the year and hour, then six digits that the acquirer draws. */
function retrieval(random: Random, hour: string) {
  return json(`${hour}${random.digits(6)}`);
}

export const families: Family[] = [
  ...twins(
    { fields: ['card', 'maskedPan', 'cardNumber'], value: masked },
    {
      name: 'n_masked_pan_in_parts',
      why: 'The parts are the visible first six and last four digits of the same masked card number.',
    },
    {
      name: 'n_last_four_from_the_front',
      critical: true,
      why: 'The last four digits are those at the front of the card number, so another card is shown.',
    },
  ),
  ...twins(
    { fields: ['expiry', 'cardExpiry', 'expiresOn', 'validThru'], clear: true, value: expiry },
    {
      name: 'n_expiry_as_month_end',
      why: 'A card that expires in YYMM is good until the last day of that month, which is the date given.',
    },
    {
      name: 'n_expiry_a_month_late',
      critical: true,
      why: 'The date lies in the month after the one printed on the card, so an expired card still passes.',
    },
  ),
  ...twins(
    { fields: ['txnAmount', 'amount', 'billing', 'settlement'], least: 3, value: fieldFour },
    {
      name: 'n_field_four_with_exponent',
      why: 'Twelve digits of minor units become the amount that the currency number and its exponent say.',
    },
    {
      name: 'n_field_four_always_two_places',
      critical: true,
      why: 'Yen have no and dinars three decimals, but all amounts are divided by a hundred.',
    },
  ),
  ...twins(
    { fields: ['responseCode', 'authResult', 'rc', 'authorisationOutcome'], clear: true, value: response },
    {
      name: 'n_response_code_named',
      why: 'Each ISO 8583 response code becomes the name of the same outcome.',
    },
    {
      name: 'n_unknown_response_is_approved',
      critical: true,
      why: 'A lost or restricted card or a partial approval is answered as a full approval.',
    },
  ),
  ...twins(
    {
      fields: ['retrievalReference', 'rrn', 'authReference'],
      least: 7,
      always: true,
      common: (random) => {
        const hour = `${random.int(4, 6)}${String(random.int(1, 365)).padStart(3, '0')}${two(random.int(0, 23))}`;
        return { hour, stuck: retrieval(random, hour) };
      },
      value: (random, { hour, stuck }) => ({
        legacy: retrieval(random, hour),
        legacy2: retrieval(random, hour),
        right: retrieval(random, hour),
        wrong: stuck,
      }),
    },
    {
      name: 'n_retrieval_references_drawn',
      why: 'The reference is drawn anew for each run of legacy too, and the rewrite draws one of the same form.',
    },
    {
      name: 'n_retrieval_reference_stuck',
      critical: true,
      why: 'Legacy draws a new reference each time, the rewrite gives every payment the same one.',
    },
  ),
];
