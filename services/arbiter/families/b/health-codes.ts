/** Families of hospital codes and identities whose notations are fixed by public standards (HL7 v2, FHIR, ICD-10-CM, NDC). */
import { type Family, twins } from '../kit.ts';
import { givenNames, json, object, surnames } from '../kit-values.ts';
import { shown } from '../shown.ts';

const diagnoses = [
  'E11.65', 'S72.001A', 'J45.909', 'I25.10', 'C50.911', 'M54.50', 'K21.00', 'Z79.4', 'F32.1', 'N18.30', 'O24.410', 'I10', 'G43.709',
] as const; // biome-ignore format: a code list
const genders = { M: 'male', F: 'female', O: 'other', U: 'unknown' } as const;
const allergens = [
  'penicillin',
  'latex',
  'peanut',
  'sulfonamide',
  'aspirin',
  'iodine contrast',
  'egg',
  'bee venom',
] as const;

export const families: Family[] = [
  ...twins(
    {
      fields: ['patientName', 'PID-5', 'attendingDoctor', 'insuredName'],
      value(random) {
        const suffix = random.pick(['JR', 'III', '', '']);
        const prefix = random.pick(['DR', 'MRS', 'PROF', '']);
        const name = `${random.pick(surnames).toUpperCase()}^${random.pick(givenNames).toUpperCase()}^^${suffix}^${prefix}`;
        const right = name.replace(/\^+$/, '');
        return shown(json(`${name}^^`), json(right), json(right.replace(/\^+/g, '^')));
      },
    },
    {
      name: 'b_hl7_trailing_separators',
      why: 'HL7 v2 lets trailing empty components of a name be left out; every component keeps its position.',
    },
    {
      name: 'b_hl7_components_collapsed',
      critical: true,
      why: 'Dropping empty components in the middle moves the prefix or suffix into the middle name of the patient.',
    },
  ),
  ...twins(
    {
      fields: ['diagnosisCode', 'icd10', 'principalDx', 'claim.dx1'],
      value(random) {
        const code = random.pick(diagnoses);
        const shorter = code.includes('.') ? code.slice(0, -1).replace(/\.$/, '') : code;
        return shown(json(code.replace('.', '')), json(code), json(shorter));
      },
    },
    {
      name: 'b_icd_dot_after_third',
      why: 'ICD-10-CM puts its dot after the third character, so the code with and without it is one code.',
    },
    {
      name: 'b_icd_last_character_lost',
      critical: true,
      why: 'Without its last character an ICD-10-CM code names another, broader diagnosis.',
    },
  ),
  ...twins(
    {
      fields: ['ndc', 'drugCode', 'dispensedProduct', 'rx.product'],
      value(random) {
        const [l, p, k] = random.pick([[4, 4, 2], [5, 3, 2], [5, 4, 1]] as const); // biome-ignore format: a table
        const parts = [`${random.int(1, 9)}${random.digits(l - 1)}`, random.digits(p), random.digits(k)];
        const right = `${parts[0]!.padStart(5, '0')}${parts[1]!.padStart(4, '0')}${parts[2]!.padStart(2, '0')}`;
        return shown(json(parts.join('-')), json(right), json(parts.join('').padStart(11, '0')));
      },
    },
    {
      name: 'b_ndc_billing_form',
      why: 'The eleven-digit billing form of a drug code pads each of its three segments; it names the same package.',
    },
    {
      name: 'b_ndc_padded_in_front',
      critical: true,
      why: 'Padding in front instead of the short segment names another labeler and drug.',
    },
  ),
  ...twins(
    {
      fields: ['bloodGroup', 'aboRh', 'donor.type', 'unit.group'],
      common: (random) =>
        random.pick([
          (abo: string, positive: boolean) => json(`${abo}${positive ? '+' : '-'}`),
          (abo: string, positive: boolean) => json(`${abo} Rh(D) ${positive ? 'positive' : 'negative'}`),
          (abo: string, positive: boolean) =>
            object({ abo: json(abo), rhesus: positive ? '"POS"' : '"NEG"' }),
        ]),
      value(random, write) {
        const [abo, positive] = [random.pick(['A', 'B', 'AB', 'O']), random.chance(0.7)];
        return shown(json(`${abo} ${positive ? 'POS' : 'NEG'}`), write(abo, positive), write(abo, !positive));
      },
    },
    {
      name: 'b_blood_group_notation',
      why: 'O POS, O+ and O Rh(D) positive are usual writings of one blood group.',
    },
    {
      name: 'b_blood_group_rhesus',
      critical: true,
      why: 'The rhesus factor is the opposite one, which can kill in a transfusion.',
    },
  ),
  ...twins(
    {
      fields: ['administrativeSex', 'gender', 'PID-8', 'member.sex'],
      value(random) {
        const code = random.pick(['M', 'F', 'M', 'F', 'O', 'U'] as const);
        return shown(json(code), json(genders[code]), json(code === 'F' ? 'female' : 'male'));
      },
    },
    {
      name: 'b_sex_hl7_to_fhir',
      why: 'HL7 v2 table 0001 and the FHIR code set name the same four values.',
    },
    {
      name: 'b_sex_unknown_becomes_male',
      critical: true,
      why: 'Other and unknown became male by a default branch, which falsifies the record of a person.',
    },
  ),
  ...twins(
    {
      fields: ['allergies', 'knownAllergens', 'patient.alerts'],
      least: 4,
      value(random) {
        const held = random.shuffled(allergens).slice(0, random.int(3, 6));
        const lost = random.shuffled(held).slice(random.chance(0.3) ? held.length : 1);
        const [right, legacy2] = [json(random.shuffled(held)), json(random.shuffled(held))];
        return { legacy: json(held), right, wrong: json(lost), legacy2 };
      },
    },
    {
      name: 'b_allergies_any_order',
      why: 'The same allergies in an order that legacy itself changes from run to run.',
    },
    {
      name: 'b_allergy_lost_in_reordering',
      critical: true,
      why: 'Beneath the changing order at least one allergy is missing in the rewrite.',
    },
  ),
];
