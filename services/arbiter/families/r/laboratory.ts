/** A laboratory: results, flags, ranges, units; from HL7 segments to FHIR-like JSON. */
import { coded } from '../code-table.ts';
import { type Family, type Random, twins } from '../kit.ts';
import { decimal, json, list, object } from '../kit-values.ts';
import { shown, shownJson } from '../shown.ts';

const drugs = ['AMP', 'CIP', 'GEN', 'CTX', 'MEM', 'VAN', 'TZP', 'SXT'] as const;
const sensitivity = { S: 'susceptible', I: 'intermediate', R: 'resistant' } as const;

/** Exact conversions: what is measured, in thousandths of the old unit, and how many of the new one are one of the old. */
const conversions = [
  { old: 'g/dL', new: 'g/L', low: 70, high: 180, scale: 1, shift: 0 },
  { old: 'g', new: 'kg', low: 1_800, high: 4_900, scale: 0, shift: 3 },
  { old: 'mg/L', new: 'g/L', low: 120, high: 9_800, scale: 0, shift: 3 },
  { old: 'mL', new: 'L', low: 250, high: 3_400, scale: 0, shift: 3 },
] as const;

const findings = [
  'No evidence of malignancy.',
  'Moderate growth of Escherichia coli.',
  'Specimen slightly haemolysed.',
  'Repeat in two weeks advised.',
  'Left bundle branch block, unchanged.',
  'Suspicious nodule, biopsy advised.',
] as const;

/** An end of the measuring range as analysers print it: the lower one after `<`, the upper one after `>`. */
const limit = (random: Random, comparator: string): string =>
  random.pick(comparator.startsWith('<') ? ['0.01', '0.05', '0.3', '3', '5.0'] : ['60', '150', '600', '999']);

export const families: readonly Family[] = [
  ...coded(
    ['interpretation', 'abnormalFlag', 'resultFlag'],
    [
      ['N', 'normal'],
      ['H', 'high'],
      ['L', 'low'],
      ['HH', 'critical high', 'high'],
      ['LL', 'critical low', 'low'],
    ],
    { name: 'r_flag_in_words', why: 'Every abnormal flag of HL7 table 0078 is answered by its own meaning.' },
    {
      name: 'r_panic_flag_weakened',
      critical: true,
      why: 'Critical results (HH, LL) are answered as merely high or low, like H and L, so nobody is called.',
    },
    5,
  ),
  ...coded(
    ['resultStatus', 'observationStatus', 'reportStatus'],
    [
      ['P', 'preliminary', 'final'],
      ['F', 'final'],
      ['C', 'corrected'],
      ['X', 'cancelled'],
    ],
    {
      name: 'r_result_status_in_words',
      why: 'P, F, C and X of a result are preliminary, final, corrected and cancelled.',
    },
    {
      name: 'r_preliminary_shown_as_final',
      critical: true,
      why: 'Preliminary results (P) are answered as final, like F, so a provisional value is acted upon.',
    },
    4,
  ),
  ...twins(
    {
      fields: ['quantity', 'resultQuantity', 'measurement'],
      common: (random) => random.pick(conversions),
      value: (random, kind) => {
        const units = random.int(kind.low, kind.high);
        const write = (value: string, unit: string) => object({ value, unit: json(unit) });
        const value = decimal(units, kind.scale);
        const converted = kind.shift === 0 ? String(units) : decimal(units, kind.shift);
        return shown(write(value, kind.old), write(converted, kind.new), write(value, kind.new));
      },
    },
    {
      name: 'r_quantity_in_other_unit',
      why: 'The value is converted together with its unit: 13.5 g/dL are 135 g/L.',
    },
    {
      name: 'r_unit_changed_value_kept',
      critical: true,
      why: 'The unit is another one and the number the same: 13.5 g/dL become 13.5 g/L.',
    },
  ),
  ...twins(
    {
      fields: ['result', 'observationValue', 'numericResult'],
      value: (random) => {
        const comparator = random.pick(['', '', '<', '>', '<=', '>=']);
        const value = comparator === '' ? decimal(random.int(12, 4_800), 1) : limit(random, comparator);
        const bare = object({ value });
        const right = comparator === '' ? bare : object({ comparator: json(comparator), value });
        return shown(json(`${comparator}${value}`), right, bare);
      },
    },
    {
      name: 'r_comparator_apart_from_value',
      why: 'The sign before the number stands in its own member: <0.01 is below 0.01 in both.',
    },
    {
      name: 'r_comparator_lost',
      critical: true,
      why: 'Results below or above the measuring range are answered as if the limit had been measured.',
    },
  ),
  ...twins(
    {
      fields: ['referenceRange', 'normalRange', 'range'],
      least: 2,
      value: (random) => {
        const low = random.int(10, 90);
        const [from, to] = [decimal(low, 1), decimal(low + random.int(5, 80), 1)];
        if (random.chance(0.5))
          return { legacy: json(`${from}-${to}`), right: object({ low: from, high: to }) };
        return random.chance(0.6)
          ? shown(json(`up to ${to}`), object({ high: to }), object({ low: to }))
          : shown(json(`from ${from}`), object({ low: from }), object({ high: from }));
      },
    },
    {
      name: 'r_range_with_bounds_named',
      why: 'Lower and upper bound are the same; a range with one bound (up to 5.0) has only that one.',
    },
    {
      name: 'r_one_sided_range_turned_round',
      critical: true,
      why: 'The upper bound of “up to 5.0” is answered as the lower one, so normal results are flagged and bad ones are not.',
    },
  ),
  ...twins(
    {
      fields: ['susceptibility', 'antibiogram', 'resistances'],
      value: (random) => {
        const tested = random.shuffled(drugs).slice(0, random.int(3, 7));
        const letters = tested.map(() => random.pick(['S', 'S', 'I', 'R'] as const));
        const write = (shift: number) =>
          list(
            tested.map((drug, at) =>
              object({ drug: json(drug), result: json(sensitivity[letters.at(at - shift) ?? 'S']) }),
            ),
          );
        return shown(json(tested.map((drug, at) => `${drug}:${letters[at]}`).join(' ')), write(0), write(1));
      },
    },
    {
      name: 'r_antibiogram_as_list',
      why: 'Every antibiotic has the same result, S, I and R in words.',
    },
    {
      name: 'r_antibiogram_results_moved',
      critical: true,
      why: 'The results stand beside the next antibiotic, so a resistant one is answered as susceptible.',
    },
  ),
  ...twins(
    {
      fields: ['reportText', 'comment', 'findings'],
      value: (random) => {
        const lines = random.shuffled(findings).slice(0, random.int(2, 5));
        return shownJson(lines.join('\\.br\\'), lines.join('\n'), lines[0]);
      },
    },
    {
      name: 'r_report_line_breaks',
      why: 'The escape \\.br\\ of HL7 is a line break; the text is the same.',
    },
    {
      name: 'r_report_ends_at_first_break',
      critical: true,
      why: 'Only the first line of the report is left: everything after the first line break is lost, findings included.',
    },
  ),
  ...twins(
    {
      fields: ['accessionNumber', 'placerOrderNumber', 'specimenId'],
      clear: true,
      least: 4,
      common: (random) => (random.chance(0.5) ? 'null' : '""'),
      value: (random, none) => {
        const fresh = () => json(`L26-${random.digits(7)}`);
        return { legacy: fresh(), right: fresh(), wrong: none, legacy2: fresh() };
      },
    },
    {
      name: 'r_accession_drawn_each_time',
      why: 'The number is drawn anew in every run, legacy’s second one included; the rewrite draws one of the same form.',
    },
    {
      name: 'r_accession_empty',
      critical: true,
      why: 'Legacy always gives the order a number, the rewrite leaves it empty, so the specimen belongs to nobody.',
    },
  ),
];
