/** Values that are not there: open ends, empty lists and missing members. */
import { type Family, type Random, twins } from '../kit.ts';
import { Day, json, list } from '../kit-values.ts';
import { shown } from '../shown.ts';

const openEnds = twins(
  {
    fields: ['terminationDate', 'contractEnd', 'membershipEnds'],
    clear: true,
    least: 5,
    value(random: Random) {
      if (random.chance(0.5)) return shown(json('        '), 'null', json('1970-01-01'));
      const day = Day.any(random, 2012, 2026);
      return { legacy: json(`${day.yyyy}${day.mm}${day.dd}`), right: json(day.iso) };
    },
  },
  {
    name: 'k_blank_end_date_null',
    why: 'Blanks and null both say that there is no end; the dates that exist agree.',
  },
  {
    name: 'k_blank_end_date_became_1970',
    why: 'Contracts without an end are answered as ended in 1970.',
    critical: true,
  },
);

const hazards = [
  'QT prolongation',
  'bleeding risk',
  'renal dose',
  'duplicate therapy',
  'hypoglycaemia',
] as const;

const warnings = twins(
  {
    fields: ['interactionWarnings', 'alerts', 'safetyNotes'],
    clear: true,
    least: 5,
    value(random: Random) {
      if (random.chance(0.5)) return { legacy: '[]', right: undefined };
      const found = random.shuffled(hazards).slice(0, random.int(1, 3));
      const legacy = list(found.map((hazard) => json(hazard)));
      return { legacy, right: legacy, wrong: undefined };
    },
  },
  {
    name: 'k_empty_warnings_left_out',
    why: 'Only lists without any warning are left out; each warning is still answered.',
  },
  {
    name: 'k_warnings_left_out',
    why: 'Lists that hold warnings are left out as if there were none.',
    critical: true,
  },
);

export const families: readonly Family[] = [...openEnds, ...warnings];
