import { parseNotation } from '@chronos/entanglement/core/mapping/date-steps.ts';
import { declaredFactor } from '@chronos/entanglement/core/mapping/field-steps.ts';
import { parseFactor } from '@chronos/entanglement/core/mapping/numbers.ts';
import { parsePartsPattern } from '@chronos/entanglement/core/mapping/parts-step.ts';
import { Unit } from '@chronos/proto/chronos/v1/conversions_pb.js';
import type { Entity, EntityField, TableSide } from '@chronos/proto/chronos/v1/entanglement_pb.js';
import type { Migration } from '@chronos/proto/chronos/v1/migration_pb.js';
import type { Problem } from './validate.ts';

/**
 * What the fields of an entanglement cannot say one by one. Whether tables and columns are there, only the databases know: `chronos entangle check`
 * asks them.
 */
export function entanglementProblems(spec: Migration): Problem[] {
  const { entanglement } = spec;
  if (entanglement === undefined) return databaseWithoutUse(spec);
  const names = entanglement.entities.map(({ name }) => name);
  return [
    ...databaseProblems(spec),
    ...taken(names, 'entanglement.entities'),
    ...entanglement.entities.flatMap((entity, at) => {
      const path = `entanglement.entities[${at}]`;
      return [
        ...entityProblems(entity, path),
        ...entity.dependsOn.flatMap((name, index) =>
          names.includes(name) && name !== entity.name
            ? []
            : [
                {
                  path: `${path}.depends_on[${index}]`,
                  message: `"${name}" is no other entity; accepted: ${names.join(', ')}`,
                },
              ],
        ),
      ];
    }),
    ...cycleProblems(entanglement.entities),
  ];
}

/** A SQLite file is of use by itself: the builds that Chronos starts get it as DATABASE_URL. */
function databaseWithoutUse(spec: Migration): Problem[] {
  return (['legacy', 'modern'] as const)
    .filter((side) => {
      const { database, builds = [] } = spec[side] ?? {};
      return database !== undefined && !(database.source.case === 'sqlite' && builds.length > 0);
    })
    .map((side) => ({
      path: `${side}.database`,
      message: 'is for entanglement, which the migration does not declare',
    }));
}

function databaseProblems(spec: Migration): Problem[] {
  return (['legacy', 'modern'] as const).flatMap((side) => {
    const universe = spec[side];
    const given = [universe?.postgres, universe?.database].filter(
      (database) => database !== undefined,
    ).length;
    if (given === 1) return [];
    const message =
      given === 0
        ? 'entanglement needs the database: give database (one that you run) or postgres (one that Chronos makes for the builds)'
        : 'give database (one that you run) or postgres (one that Chronos makes), not both';
    return [{ path: `${side}.database`, message }];
  });
}

function entityProblems(entity: Entity, path: string): Problem[] {
  const fields = entity.fields.map(({ name }) => name);
  return [
    ...taken(fields, `${path}.fields`),
    ...entity.key.flatMap((name, at) => keyProblems(entity, name, `${path}.key[${at}]`)),
    ...entity.fields.flatMap((field, at) => fieldProblems(entity, field, `${path}.fields[${at}]`)),
    ...(['legacy', 'modern'] as const).flatMap((side) =>
      sideProblems(entity[side], fields, `${path}.${side}`),
    ),
    ...columnsTwice(entity, path),
  ];
}

function keyProblems(entity: Entity, name: string, path: string): Problem[] {
  const field = entity.fields.find((candidate) => candidate.name === name);
  const accepted = entity.fields.map((candidate) => candidate.name).join(', ');
  if (field === undefined) return [{ path, message: `"${name}" is no field; accepted: ${accepted}` }];
  return field.ignore ? [{ path, message: `"${name}" is ignored: a key must be compared` }] : [];
}

function fieldProblems(entity: Entity, field: EntityField, path: string): Problem[] {
  const problems: Problem[] = [];
  for (const side of ['legacy', 'modern'] as const) {
    const [lookup, column] = field[side].split('.');
    if (column === undefined) continue;
    const known = entity[side]?.lookups.map(({ name }) => name) ?? [];
    if (lookup === undefined || !known.includes(lookup))
      problems.push({
        path: `${path}.${side}`,
        message: `${side} has no lookup "${lookup}"; accepted: ${known.join(', ') || 'none is declared'}`,
      });
  }
  const conversions = [
    Object.keys(field.codes).length > 0,
    field.unit !== Unit.UNSPECIFIED || field.factor !== '',
    field.date !== undefined,
    field.old?.hex === true,
    (field.old?.parts ?? '') !== '',
  ].filter(Boolean).length;
  if (conversions > 1)
    problems.push({
      path,
      message: 'codes, a unit or factor, a date, hex and parts exclude one another: give one',
    });
  return [...problems, ...conversionProblems(field, path)];
}

/** Each conversion must be one to one, for a repair may have to write either side. */
function conversionProblems(field: EntityField, path: string): Problem[] {
  const problems: Problem[] = [];
  const meanings = Object.values(field.codes);
  const twice = meanings.find((meaning, at) => meanings.indexOf(meaning) !== at);
  if (twice !== undefined)
    problems.push({
      path: `${path}.codes`,
      message: `two codes mean "${twice}": which of them would a repair write?`,
    });
  const factor = declaredFactor(field);
  if (field.unit !== Unit.UNSPECIFIED && field.factor !== '')
    problems.push({ path: `${path}.factor`, message: 'is said by the unit already: give one of them' });
  else if (factor !== '' && parseFactor(factor) === undefined)
    problems.push({
      path: `${path}.factor`,
      message: `${factor} cannot be undone exactly: accepted are products of twos, fives and tens, such as 0.001 or 25`,
    });
  for (const side of ['legacy', 'modern'] as const) {
    const notation = field.date?.[side];
    if (notation !== undefined && parseNotation(notation) === undefined)
      problems.push({
        path: `${path}.date.${side}`,
        message: `"${notation}" is not accepted: YYYY, MM and DD once each, perhaps hh, mm and ss, with separators that are no letters or digits`,
      });
  }
  const { old } = field;
  if (old === undefined) return problems;
  if ((old.pad === '') !== (old.width === 0))
    problems.push({ path: `${path}.old.pad`, message: 'pad and width go together' });
  if (old.parts !== '' && parsePartsPattern(old.parts) === undefined)
    problems.push({
      path: `${path}.old.parts`,
      message: `"${old.parts}" is not accepted: names in angle brackets, distinct, with something between every two: "<code:number> <message>"`,
    });
  return problems;
}

function sideProblems(side: TableSide | undefined, fields: readonly string[], path: string): Problem[] {
  if (side === undefined) return [];
  return [
    ...taken(
      side.lookups.map(({ name }) => name),
      `${path}.lookups`,
    ),
    ...side.fill.flatMap(({ field, values }, at): Problem[] => {
      if ((field === '') !== (values.length === 0))
        return [{ path: `${path}.fill[${at}]`, message: 'field and values go together' }];
      return field === '' || fields.includes(field)
        ? []
        : [
            {
              path: `${path}.fill[${at}].field`,
              message: `"${field}" is no field; accepted: ${fields.join(', ')}`,
            },
          ];
    }),
  ];
}

/** Two fields that write one column would contradict each other. */
function columnsTwice(entity: Entity, path: string): Problem[] {
  return (['legacy', 'modern'] as const).flatMap((side) => {
    const columns = entity.fields.map((field) => field[side]);
    return columns.flatMap((column, at) => {
      const first = columns.indexOf(column);
      return first === at
        ? []
        : [
            {
              path: `${path}.fields[${at}].${side}`,
              message: `column "${column}" is field "${entity.fields[first]?.name}" already`,
            },
          ];
    });
  });
}

function taken(names: readonly string[], path: string): Problem[] {
  return names.flatMap((name, at) =>
    names.indexOf(name) === at
      ? []
      : [{ path: `${path}[${at}].name`, message: `"${name}" is taken by ${path}[${names.indexOf(name)}]` }],
  );
}

/** An entity that depends on itself through others can never be written first. */
function cycleProblems(entities: readonly Entity[]): Problem[] {
  const parents = new Map(entities.map(({ name, dependsOn }) => [name, dependsOn]));
  return entities.flatMap(({ name }, at) => {
    const seen = new Set<string>();
    const queue = [...(parents.get(name) ?? [])].filter((parent) => parent !== name);
    for (const parent of queue) {
      if (seen.has(parent)) continue;
      seen.add(parent);
      queue.push(...(parents.get(parent) ?? []));
    }
    return seen.has(name)
      ? [
          {
            path: `entanglement.entities[${at}].depends_on`,
            message: `"${name}" depends on itself through ${[...seen].filter((other) => other !== name).join(', ')}`,
          },
        ]
      : [];
  });
}
