/** Codes of countries, hospitals and forms. */
import { coded } from '../code-table.ts';

export const families = [
  ...coded(
    ['country', 'countryOfResidence', 'nationality', 'originCountry'],
    [
      ['DE', 'DEU'],
      ['CH', 'CHE', 'CHN'],
      ['AT', 'AUT', 'AUS'],
      ['AU', 'AUS', 'AUT'],
      ['SE', 'SWE'],
      ['ES', 'ESP', 'EST'],
      ['SK', 'SVK', 'SVN'],
      ['CN', 'CHN'],
      ['NE', 'NER', 'NGA'],
    ],
    {
      name: 'country_alpha2_to_alpha3',
      why: 'ISO 3166 codes of two and of three letters of the same country.',
    },
    {
      name: 'country_look_alikes',
      critical: true,
      why: 'Countries with similar codes are confused (CH is Switzerland and not China, AT is Austria and not Australia).',
    },
  ),
  ...coded(
    ['bloodType', 'aboRh', 'BLD-GRP', 'donorGroup'],
    [
      ['A POS', 'A+'],
      ['A NEG', 'A-', 'A+'],
      ['B POS', 'B+'],
      ['O POS', 'O+'],
      ['O NEG', 'O-', 'O+'],
      ['AB NEG', 'AB-', 'AB+'],
    ],
    { name: 'blood_group_signs', why: 'POS and NEG are the rhesus factor that plus and minus denote.' },
    {
      name: 'rhesus_negative_as_positive',
      critical: true,
      why: 'A rhesus-negative patient is shown as positive.',
    },
  ),
  ...coded(
    ['triage', 'triageLevel', 'urgency'],
    [
      ['RED', '1', '5'],
      ['ORANGE', '2', '4'],
      ['YELLOW', '3'],
      ['GREEN', '4', '2'],
      ['BLUE', '5', '1'],
    ],
    {
      name: 'triage_colour_to_level',
      why: 'The Manchester triage colours from red (1, immediate) to blue (5) and their levels.',
    },
    {
      name: 'triage_scale_reversed',
      critical: true,
      why: 'The levels run the other way: red, which is immediate, became 5, the least urgent.',
    },
    3,
  ),
  ...coded(
    ['smoker', 'consent', 'taxExempt', 'AUTOPAY-FLG'],
    [
      ['J', 'YES'],
      ['N', 'NO', 'YES'],
    ],
    { name: 'ja_nein_to_yes_no', why: 'J is ja and N is nein: the same answers in English.' },
    {
      name: 'nein_counted_as_yes',
      critical: true,
      why: 'N came back as YES: any filled flag counted as set.',
    },
    3,
  ),
  ...coded(
    ['diagnosis', 'icd10', 'principalDiagnosis'],
    [
      ['E119', 'E11.9', 'E11'],
      ['I10', 'I10'],
      ['J189', 'J18.9', 'J18'],
      ['S72001A', 'S72.001A', 'S72.001'],
      ['N179', 'N17.9', 'N17'],
      ['K359', 'K35.9', 'K35'],
    ],
    {
      name: 'icd10_with_its_dot',
      why: 'The dot behind the third character belongs to the printed form of the same ICD-10 code.',
    },
    {
      name: 'icd10_cut',
      critical: true,
      why: 'The digits behind the dot are gone: a wider diagnosis, which is billed differently.',
    },
  ),
];
