/** Flags, lists and optional values. */
import { defect, twins } from '../kit.ts';
import { decimal, json, minorUnits } from '../kit-values.ts';

const modes = ['CHECKING', 'SAVINGS', 'BROKERAGE', 'ESCROW'] as const;

export const families = [
  ...twins(
    {
      fields: ['entitlements', 'serviceFlags', 'doorAccess', 'OPT-FLAGS'],
      least: 2,
      value(random) {
        const flags = random.text('YN', 6);
        const list = [...flags].map((flag) => flag === 'Y');
        const legacy = json(flags);
        const reversed = json([...list].reverse());
        return reversed === json(list)
          ? { legacy, right: json(list) }
          : { legacy, right: json(list), wrong: reversed };
      },
    },
    { name: 'flag_string_to_booleans', why: 'Each Y or N became true or false at the same position.' },
    {
      name: 'flag_string_reversed',
      critical: true,
      why: 'The flags come in the reverse order, so each right belongs to another thing.',
    },
  ),
  ...twins(
    {
      fields: ['instalments', 'schedule', 'amountsDue', 'tranches'],
      value(random) {
        const amounts = Array.from({ length: random.int(3, 7) }, () =>
          decimal(minorUnits(random, 1_000, 900_000), 2),
        );
        const list = (texts: readonly string[]) => `[${texts.join(',')}]`;
        return { legacy: json(amounts.join('|')), right: list(amounts), wrong: list(amounts.slice(0, -1)) };
      },
    },
    {
      name: 'piped_amounts_to_array',
      why: 'The amounts between the bars are the elements of the array, in the same order.',
    },
    {
      name: 'last_instalment_lost',
      critical: true,
      why: 'The last amount has no bar behind it and is missing in the array.',
    },
  ),
  ...twins(
    {
      fields: ['fee', 'commission', 'surcharge', 'roundingGain'],
      value(random) {
        if (random.chance(0.5)) {
          const text = decimal(minorUnits(random, 100, 9_000), 2);
          return { legacy: json(text), right: text };
        }
        const text = decimal(random.int(1, 99), 2);
        return { legacy: json(text.slice(1)), right: text, wrong: undefined };
      },
    },
    {
      name: 'leading_point_completed',
      why: 'COBOL prints .50 for 0.50; the rewrite answers the same number.',
    },
    {
      name: 'leading_point_not_parsed',
      critical: true,
      why: 'Amounts below one, printed as .50, are missing in the answer.',
    },
  ),
  ...twins(
    {
      fields: ['secondaryCode', 'promoCode', 'ALT-REF', 'suspenseReason'],
      value(random) {
        if (random.chance(0.5))
          return { legacy: json(' '.repeat(8)), right: undefined, wrong: json('00000000') };
        const code = `${random.text('ABCDEFGHKLMNPRSTUVWXYZ', 3)}${random.digits(5)}`;
        return { legacy: json(code), right: json(code) };
      },
    },
    {
      name: 'spaces_to_absent',
      why: 'A COBOL field of spaces holds no value, and the rewrite leaves it out.',
    },
    {
      name: 'spaces_to_zero_code',
      critical: false,
      why: 'A field of spaces holds no value; the rewrite invents the code 00000000.',
    },
  ),
  defect(
    {
      fields: ['accountKind', 'product', 'ACCT-TYP', 'bookType'],
      value(random) {
        if (random.chance(0.4)) return { legacy: 'null', right: 'null', wrong: json(modes[0]) };
        const mode = json(random.pick(modes));
        return { legacy: mode, right: mode };
      },
    },
    {
      name: 'unset_becomes_first_enum_value',
      critical: true,
      why: 'Where legacy has no value the rewrite answers the first value of the enumeration.',
    },
  ),
  defect(
    {
      fields: ['blocked', 'doNotContact', 'onHold', 'recalled'],
      always: true,
      value(random) {
        const set = random.chance(0.3);
        return { legacy: String(set), right: String(set), wrong: String(!set) };
      },
    },
    { name: 'boolean_inverted', critical: true, why: 'Each value is the opposite of what legacy answers.' },
  ),
  ...twins(
    {
      fields: ['segments', 'holdCodes', 'coverages', 'allergies'],
      value(random) {
        const codes = random.shuffled(['PEN', 'LTX', 'NUT', 'SUL', 'IOD', 'ASA']).slice(0, random.int(2, 4));
        const wrong = [codes.join(',')];
        return {
          legacy: json(codes.join(' ')),
          right: json(codes),
          wrong: json(random.chance(0.5) ? wrong : codes.slice(1)),
        };
      },
    },
    {
      name: 'blank_separated_codes_to_array',
      why: 'The codes between the blanks are the elements of the array.',
    },
    {
      name: 'blank_separated_codes_merged',
      critical: true,
      why: 'Codes were merged into one that does not exist, or the first one is missing.',
    },
  ),
  ...twins(
    {
      fields: ['bodyTemperature', 'coldChain', 'storageTemp', 'patientTemp'],
      value(random) {
        const tenths = random.int(20, 415);
        const fahrenheit = decimal(tenths * 18 + 3_200, 2);
        return {
          legacy: json(`${fahrenheit} °F`),
          right: json(`${decimal(tenths, 1)} °C`),
          wrong: json(`${fahrenheit} °C`),
        };
      },
    },
    { name: 'fahrenheit_to_celsius', why: 'Exactly the same temperature on the other scale.' },
    {
      name: 'fahrenheit_relabelled',
      critical: true,
      why: 'The number stayed and only the unit changed: another temperature.',
    },
  ),
];
