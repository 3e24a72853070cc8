/** Clinical data: results, orders, codes, findings. */
import type { Family } from '../kit.ts';
import { json } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { bugOnly, pair, tabled } from './common.ts';

const labValues = pair(
  {
    fields: ['result', 'OBX-5', 'finding', 'labValue'],
    routes: ['GET /patients/{mrn}/results', 'POST /hl7/oru'],
    always: true,
    value(random) {
      const [unit, limit, low, high] = random.pick([
        ['ng/mL', '<0.50', 60, 900],
        ['mIU/L', '<0.01', 20, 650],
        ['mg/L', '<5.00', 510, 24_000],
        ['IU/mL', '>1000.00', 100, 90_000],
        ['nmol/L', '<20.00', 2100, 15_000],
      ] as const);
      const beyond = random.chance(0.3);
      const number = beyond ? limit.slice(1) : (random.int(low, high) / 100).toFixed(2);
      const plain = { value: number, unit };
      return shownJson(
        `${beyond ? limit.slice(0, 1) : ''}${number} ${unit}`,
        beyond ? { comparator: limit.slice(0, 1), ...plain } : plain,
        plain,
      );
    },
  },
  {
    name: 'cc_lab_value_with_comparator',
    why: 'Number, unit and, beyond the limit of detection, the comparator are the parts of the printed result.',
  },
  {
    name: 'cc_lab_value_comparator_lost',
    critical: true,
    why: 'Below or above the measurable range became an exact measurement, on which a physician would act.',
  },
);

const analytes = [
  ['glucose', 18.016, 38.67, 60, 320],
  ['cholesterol', 38.67, 38.67, 110, 330],
  ['triglycerides', 88.57, 38.67, 45, 420],
  ['LDL-C', 38.67, 38.67, 50, 220],
] as const;

const molar = pair(
  {
    fields: ['observation', 'chemistry', 'BLUTWERT', 'analyte'],
    routes: ['GET /patients/{mrn}/results', 'GET /lab/orders/{id}'],
    always: true,
    value(random) {
      const [analyte, right, wrong, low, high] = random.pick(analytes);
      const milligrams = random.int(low, high);
      const modern = (factor: number) => ({
        analyte,
        value: Number((milligrams / factor).toFixed(2)),
        unit: 'mmol/L',
      });
      return shownJson({ analyte, value: milligrams, unit: 'mg/dL' }, modern(right), modern(wrong));
    },
  },
  {
    name: 'cc_lab_units_mass_to_molar',
    why: 'Each analyte is divided by a tenth of its molar mass (glucose 18, cholesterol 38.7, triglycerides 88.6), as it must be.',
  },
  {
    name: 'cc_lab_units_one_factor_for_all',
    critical: true,
    why: 'The factor of cholesterol is used for glucose and triglycerides too: a diabetic looks hypoglycaemic.',
  },
);

const bloodGroups = tabled(
  {
    fields: ['bloodGroup', 'ABORH', 'donationLabel', 'recipient'],
    routes: ['GET /donations/{din}', 'GET /patients/{mrn}/transfusion'],
  },
  [
    ['51', 'O RhD positive'],
    ['62', 'A RhD positive'],
    ['73', 'B RhD positive'],
    ['84', 'AB RhD positive'],
    ['95', 'O RhD negative'],
    ['06', 'A RhD negative'],
    ['17', 'B RhD negative', 'B RhD positive'],
    ['28', 'AB RhD negative', 'AB RhD positive'],
  ],
  {
    name: 'cc_isbt_blood_groups_in_words',
    why: 'These are the ABO and RhD codes of ISBT 128, each in words, one code for one group.',
  },
  {
    name: 'cc_isbt_rhesus_wrong_for_b',
    critical: true,
    why: 'B and AB negative are shown as positive, the group of other codes, so the wrong blood may be given.',
  },
);

const sigs = pair(
  {
    fields: ['sig', 'dosage', 'EINNAHME', 'instruction'],
    routes: ['GET /prescriptions/{id}', 'POST /pharmacy/orders'],
    always: true,
    value(random) {
      const [code, times, days] = random.pick([
        ['QD', 1, 1],
        ['BID', 2, 1],
        ['TID', 3, 1],
        ['QID', 4, 1],
        ['QOD', 1, 2],
        ['QWK', 1, 7],
      ] as const);
      const [amount, form] = [random.pick([1, 1, 2]), random.pick(['TAB', 'CAP'])];
      const modern = (period: number) => ({
        dose: amount,
        form: form === 'TAB' ? 'tablet' : 'capsule',
        route: 'oral',
        timesPerPeriod: times,
        periodDays: period,
      });
      return shownJson(`${amount} ${form} PO ${code}`, modern(days), modern(1));
    },
  },
  {
    name: 'cc_prescription_sig_structured',
    why: 'BID is twice a day, QOD once in two days, QWK once in seven: the structure says what the abbreviation says.',
  },
  {
    name: 'cc_prescription_sig_weekly_made_daily',
    critical: true,
    why: 'Every other day and weekly became daily, the classic fatal error with methotrexate.',
  },
);

const allergyLists = pair(
  {
    fields: ['allergies', 'AL1', 'intolerances', 'alert'],
    routes: ['GET /patients/{mrn}/summary', 'GET /emergency/dataset/{card}'],
    least: 10,
    always: true,
    value(random) {
      const kind = random.pick(['known', 'known', 'none', 'none', 'unasked']);
      if (kind === 'known') {
        const items = random
          .shuffled(['penicillin', 'latex', 'peanut', 'iodine contrast', 'wasp venom', 'sulfonamides'])
          .slice(0, random.int(1, 3));
        return { legacy: json(items.join('; ')), right: json({ assessed: true, items }) };
      }
      const none = { assessed: true, items: [] };
      if (kind === 'none') return { legacy: json('no known allergies'), right: json(none) };
      return shownJson('not asked', { assessed: false, items: [] }, none);
    },
  },
  {
    name: 'cc_allergies_asked_or_not',
    why: 'None known, not asked and a list of allergies remain three different statements with the same content.',
  },
  {
    name: 'cc_allergies_not_asked_made_none',
    critical: true,
    why: 'Nobody asked this patient, but the rewrite states that they were assessed and have no allergies.',
  },
);

const gestation = pair(
  {
    fields: ['gestationalAge', 'SSW', 'ga', 'pregnancyAge'],
    routes: ['GET /maternity/{id}', 'GET /newborns/{id}'],
    least: 10,
    value(random) {
      const [weeks, days] = [random.int(22, 41), random.int(0, 6)];
      return shownJson(
        `${weeks}+${days} weeks`,
        { days: weeks * 7 + days },
        { days: Math.round((weeks + days / 10) * 7) },
      );
    },
  },
  {
    name: 'cc_gestational_age_in_days',
    why: '31+4 is 31 weeks and 4 days, that is 221 days, and so for every value.',
  },
  {
    name: 'cc_gestational_age_as_decimal_weeks',
    critical: true,
    why: '31+4 was read as 31.4 weeks, so ages are a day or two short, which shifts treatment limits.',
  },
);

const genes = pair(
  {
    fields: ['gene', 'marker', 'panelEntry', 'GEN'],
    routes: ['GET /genetics/reports/{id}', 'GET /panels/{code}'],
    least: 12,
    always: true,
    value(random) {
      const [old, current, date] = random.pick([
        ['SEPT2', 'SEPTIN2', '2-Sep'],
        ['SEPT9', 'SEPTIN9', '9-Sep'],
        ['MARCH1', 'MARCHF1', '1-Mar'],
        ['MARCH8', 'MARCHF8', '8-Mar'],
        ['DEC1', 'DELEC1', '1-Dec'],
        ['BRCA1', 'BRCA1', 'BRCA1'],
        ['TP53', 'TP53', 'TP53'],
        ['CFTR', 'CFTR', 'CFTR'],
        ['MLL2', 'KMT2D', 'KMT2D'],
      ] as const);
      return shownJson(old, current, date);
    },
  },
  {
    name: 'cc_gene_symbols_renamed_by_committee',
    why: 'The nomenclature committee renamed these genes (SEPT2 to SEPTIN2 and so on); they are the same genes.',
  },
  {
    name: 'cc_gene_symbols_made_dates',
    critical: true,
    why: 'A spreadsheet took SEPT2 and MARCH1 for dates, so the report no longer names the gene.',
  },
);

const triage = bugOnly(
  {
    fields: ['queue', 'waitingList', 'TRIAGE', 'order'],
    routes: ['GET /emergency/board', 'GET /transplants/list/{organ}'],
    least: 10,
    always: true,
    value(random) {
      const arrived = Array.from({ length: random.int(3, 6) }, (_, at) => ({
        ticket: `A${100 + at * 3 + random.int(0, 2)}`,
        urgency: random.int(1, 5),
        position: 0,
      }));
      const ranked = (sign: number) =>
        [...arrived]
          .sort((a, b) => sign * (a.urgency - b.urgency) || a.ticket.localeCompare(b.ticket))
          .map((patient, at) => ({ ...patient, position: at + 1 }));
      return shownJson(ranked(1), ranked(1), ranked(-1));
    },
  },
  {
    name: 'cc_triage_most_urgent_last',
    critical: true,
    why: 'Legacy calls urgency 1 first, as the position says; the rewrite sorts the numbers downwards, so the most urgent wait longest.',
  },
);

export const families: readonly Family[] = [
  ...labValues,
  ...molar,
  ...bloodGroups,
  ...sigs,
  ...allergyLists,
  ...gestation,
  ...genes,
  ...triage,
];
