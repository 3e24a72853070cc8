/** Rare domains: genes, chemical formulas, carpentry, map squares, areas of land, stars. */
import { coded } from '../code-table.ts';
import type { Family } from '../kit.ts';
import { two } from '../kit-values.ts';
import { shownJson } from '../shown.ts';
import { capped, pair } from './sized.ts';

/** Gene symbols were renamed in 2020 because spreadsheets took some of them for dates. */
const genes = coded(
  ['geneSymbol', 'marker', 'locus', 'panelGene'],
  [
    ['BRCA2', 'BRCA2'],
    ['TP53', 'TP53'],
    ['CFTR', 'CFTR'],
    ['EGFR', 'EGFR'],
    ['SEPT9', 'SEPTIN9', '9-Sep'],
    ['SEPT2', 'SEPTIN2', '2-Sep'],
    ['MARCH5', 'MARCHF5', '5-Mar'],
    ['DEC1', 'DELEC1', '1-Dec'],
  ],
  {
    name: 'bb_gene_symbols_renamed',
    why: 'SEPTIN9, MARCHF5 and DELEC1 are the new approved symbols of the genes once called SEPT9, MARCH5 and DEC1.',
  },
  {
    name: 'bb_gene_symbols_become_dates',
    why: 'A spreadsheet took gene symbols for dates, so which gene was examined cannot be read any more.',
    critical: true,
  },
  8,
).map(capped);

const subscript = (formula: string) =>
  formula.replace(/(?<=[A-Za-z)])\d+/g, (digits) =>
    [...digits].map((digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join(''),
  );
const formulas = pair(
  {
    fields: ['substance', 'formula', 'stoff', 'sdsComponent'],
    once: true,
    value(random) {
      const [formula, percent] = [
        random.pick([
          'CO',
          'Co',
          'CoCl2',
          'COCl2',
          'NO2',
          'HF',
          'Hf',
          'C6H6',
          'NaOH',
          'H2SO4',
          'Ca(OH)2',
          'CS2',
          'Cs2O',
          'SiO2',
        ]),
        random.int(1, 95),
      ];
      const modern = (text: string) => ({ formula: subscript(text), concentration: `${percent} %` });
      return shownJson(
        `${formula} ${percent}%`,
        modern(formula),
        modern(formula.replace(/^Co/, 'CO').replace(/^Hf/, 'HF')),
      );
    },
  },
  {
    name: 'bb_chemical_formula_with_subscripts',
    why: 'The digits of the formulas are set as subscripts; the elements and their numbers are the same.',
  },
  {
    name: 'bb_chemical_formula_case_of_element_lost',
    why: 'The case of a letter is lost: cobalt (Co) becomes carbon monoxide (CO), its chloride phosgene, hafnium (Hf) hydrogen fluoride.',
    critical: true,
  },
);

/** Feet, inches and fractions of an inch. */
const timber = pair(
  {
    fields: ['cutLength', 'rafter', 'span', 'pipeRun'],
    value(random) {
      const [feet, inches] = [random.int(1, 19), random.int(0, 11)];
      const [fraction, eighths] = random.pick([
        ['', 0],
        ['', 0],
        [' 1/2', 4],
        [' 1/4', 2],
        [' 3/4', 6],
        [' 5/8', 5],
      ] as const);
      const modern = (inch: number) => ({ millimetres: Number((inch * 25.4).toFixed(3)) });
      const whole = feet * 12 + inches;
      return shownJson(`${feet}' ${inches}${fraction}"`, modern(whole + eighths / 8), modern(whole));
    },
  },
  {
    name: 'bb_feet_and_inches_in_millimetres',
    why: 'Twelve inches to the foot and 25.4 millimetres to the inch, fractions included: the same length.',
  },
  {
    name: 'bb_feet_and_inches_without_fraction',
    why: 'The fraction of an inch is lost, so the piece is cut up to two centimetres too short.',
    critical: false,
  },
);

/** Squares of the British National Grid, from the south-west corner of TQ and its neighbours, in units of 100 km. */
const squares = {
  TQ: [5, 1],
  SU: [4, 1],
  SK: [4, 3],
  NZ: [4, 5],
  NT: [3, 6],
  NS: [2, 6],
  ST: [3, 1],
  SJ: [3, 3],
} as const;
const grid = pair(
  {
    fields: ['incidentLocation', 'gridRef', 'position', 'site'],
    value(random) {
      const letters = random.pick(Object.keys(squares)) as keyof typeof squares;
      const [east, north] = squares[letters];
      const [x, y] = [random.digits(5), random.digits(5)];
      const modern = (a: string, b: string) => ({
        crs: 'EPSG:27700',
        easting: Number(`${east}${a}`),
        northing: Number(`${north}${b}`),
      });
      return shownJson(`${letters} ${x} ${y}`, modern(x, y), modern(y, x));
    },
  },
  {
    name: 'bb_grid_reference_as_coordinates',
    why: 'The letters of the grid reference are its square of 100 km; easting comes first, then northing.',
  },
  {
    name: 'bb_grid_reference_axes_swapped',
    why: 'Within the square easting and northing are swapped, so the ambulance is sent to a place kilometres away.',
    critical: true,
  },
);

/** Hectares, ares (100 square metres) and square metres. */
const land = pair(
  {
    fields: ['area', 'flaeche', 'superficie', 'parcelArea'],
    value(random) {
      const [ha, a, m2] = [random.int(0, 40), random.int(0, 99), random.int(0, 99)];
      const legacy = `${ha} ha ${two(a)} a ${two(m2)} m²`;
      const modern = (value: number) => ({ value, unit: 'm²' });
      return shownJson(legacy, modern(ha * 10_000 + a * 100 + m2), modern(Number(`${ha}${a}${m2}`)));
    },
  },
  {
    name: 'bb_hectares_and_ares_in_square_metres',
    why: 'A hectare has ten thousand and an are one hundred square metres; the area is the same.',
  },
  {
    name: 'bb_hectares_and_ares_strung_together',
    why: 'Ares or square metres below ten lose their zero when the numbers are strung together, so the land shrinks to a tenth.',
    critical: true,
  },
);

/** Right ascension: 24 hours make a circle. */
const stars = pair(
  {
    fields: ['rightAscension', 'ra', 'alpha', 'targetCoord'],
    once: true,
    value(random) {
      const [h, m, s] = [random.int(0, 23), random.int(0, 59), random.int(1, 599) / 10];
      const hours = h + m / 60 + s / 3600;
      const degrees = (value: number) => ({ frame: 'ICRS', raDeg: Number(value.toFixed(4)) });
      return shownJson(
        `${two(h)}h ${two(m)}m ${s.toFixed(1).padStart(4, '0')}s`,
        degrees(hours * 15),
        degrees(hours),
      );
    },
  },
  {
    name: 'bb_right_ascension_in_degrees',
    why: 'An hour of right ascension is fifteen degrees, so the telescope points to the same star.',
  },
  {
    name: 'bb_right_ascension_hours_called_degrees',
    why: 'Decimal hours are given as degrees, so the telescope points to quite another part of the sky.',
    critical: false,
  },
);

export const families: readonly Family[] = [...genes, ...formulas, ...timber, ...grid, ...land, ...stars];
