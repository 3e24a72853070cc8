import {
  type BodyFormat,
  type FieldMapping,
  Format,
  type Migration,
} from '@chronos/proto/chronos/v1/migration_pb.js';
import { groupProblems, type SpecProblem } from '../../approve/problems.ts';
import { parseFieldPath, type Step } from '../field-path.ts';
import { parseNotation, partsOf } from './date-notation.ts';

/** Everything that is wrong with a migration's mappings across formats. */
export function formatProblems(spec: Pick<Migration, 'formats' | 'routes'>): SpecProblem[] {
  return spec.formats.flatMap((mapping, i) => {
    const at = `formats[${i}]`;
    return [
      ...groupProblems(`${at}.group`, mapping.group, spec.routes),
      ...bodyFormatProblems(`${at}.legacy`, mapping.legacy),
      ...bodyFormatProblems(`${at}.modern`, mapping.modern),
      ...mapping.map.flatMap((field, f) => fieldProblems(`${at}.map[${f}]`, field)),
      ...twice(at, mapping.map),
    ];
  });
}

function bodyFormatProblems(at: string, format: BodyFormat | undefined): SpecProblem[] {
  if (!format) return [];
  const isFixed = format.format === Format.FIXED_WIDTH;
  if (isFixed && format.records.length === 0)
    return [
      { path: `${at}.records`, message: 'is missing; fixed-width text needs at least one kind of line' },
    ];
  if (!isFixed && format.records.length > 0)
    return [{ path: `${at}.records`, message: 'is for format fixed_width alone' }];
  return format.records.flatMap(({ columns }, r) => {
    const sorted = [...columns].sort((a, b) => a.start - b.start);
    return sorted.flatMap((column, c) => {
      const next = sorted[c + 1];
      if (!next || column.start + column.length <= next.start) return [];
      const path = `${at}.records[${r}].columns[${columns.indexOf(next)}].start`;
      const free = column.start + column.length;
      return [
        { path, message: `${next.start} lies within column ${column.name}, which ends before ${free}` },
      ];
    });
  });
}

function fieldProblems(at: string, field: FieldMapping): SpecProblem[] {
  const problems: SpecProblem[] = [];
  const [legacy, modern] = (['legacy', 'modern'] as const).map((side) => {
    if (field[side] === '') return undefined;
    const path = parseFieldPath(field[side]);
    const reason = path.ok ? stepsProblem(path.steps) : path.reason;
    if (reason !== undefined) problems.push({ path: `${at}.${side}`, message: `"${field[side]}" ${reason}` });
    return path.ok ? path.steps : undefined;
  });
  if (legacy && modern && lists(legacy) !== lists(modern)) {
    const message = `"${field.modern}" has ${lists(modern)} [*] where legacy's path has ${lists(legacy)}; each stands for the other side's`;
    problems.push({ path: `${at}.modern`, message });
  }
  const ways = [field.factor !== '' && 'factor', field.unit !== 0 && 'unit', field.date && 'date'];
  const given = [...ways, Object.keys(field.codes).length > 0 && 'codes'].filter(
    (way) => typeof way === 'string',
  );
  if (given.length > 1)
    problems.push({ path: `${at}.${given[0]}`, message: `give one of ${given.join(', ')}, not several` });
  return [...problems, ...dateProblems(at, field)];
}

function stepsProblem(steps: readonly Step[]): string | undefined {
  const [root] = steps;
  if (root?.kind !== 'field' || root.name !== 'body')
    return 'must begin with body: only bodies are translated';
  if (steps.length === 1) return 'names the whole body; name its fields';
  return steps.some(({ kind }) => kind === 'any-field')
    ? 'must name its fields: * stands for none here'
    : undefined;
}

function lists(steps: readonly Step[]): number {
  return steps.filter(({ kind }) => kind === 'any-index').length;
}

function dateProblems(at: string, { date }: FieldMapping): SpecProblem[] {
  if (!date) return [];
  const problems: SpecProblem[] = [];
  const [legacy, modern] = (['legacy', 'modern'] as const).map((side) => {
    const notation = parseNotation(date[side]);
    if (!notation && date[side] !== '') {
      const message = `"${date[side]}" is no notation; accepted: YYYY MM DD hh mm ss, each once, with separators, as DD.MM.YYYY`;
      problems.push({ path: `${at}.date.${side}`, message });
    }
    return notation;
  });
  if (legacy && modern && partsOf(legacy) !== partsOf(modern)) {
    const message = `"${date.modern}" must name the same parts as "${date.legacy}": ${partsOf(legacy)}`;
    problems.push({ path: `${at}.date.modern`, message });
  }
  return problems;
}

/** Two fields of legacy's cannot both be one of modern's. */
function twice(at: string, fields: readonly FieldMapping[]): SpecProblem[] {
  const first = new Map<string, number>();
  return fields.flatMap(({ modern }, f) => {
    const earlier = first.get(modern);
    first.set(modern, earlier ?? f);
    if (earlier === undefined || modern === '') return [];
    return [{ path: `${at}.map[${f}].modern`, message: `"${modern}" is mapped by map[${earlier}] already` }];
  });
}
