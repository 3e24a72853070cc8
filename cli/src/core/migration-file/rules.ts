/** The rules of migration.proto (protovalidate), told in words at the place in the file. */
import type { DescField } from '@bufbuild/protobuf';
import { type Path, pathToString } from '@bufbuild/protobuf/reflect';
import { createValidator, type Violation } from '@bufbuild/protovalidate';
import { MessageRulesSchema } from '@chronos/proto/buf/validate/validate_pb.js';
import { type Migration, MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { acceptedElement, acceptedField } from './accepted.ts';
import type { Places } from './places.ts';

const validator = createValidator();

/** Rules that count elements: they stand on their own even when an element has a problem. */
const counting = new Set(['repeated.min_items', 'repeated.max_items', 'map.max_pairs']);

/** Adds a problem for each rule that the message breaks, unless what breaks it has been reported already. */
export function brokenRules(migration: Migration, places: Places): void {
  const result = validator.validate(MigrationSchema, migration);
  if (result.kind === 'error') throw result.error;
  if (result.kind === 'valid') return;
  // Decided before the first is added: two broken rules never hide each other, only what reading the file has reported hides a rule.
  const news = result.violations.filter((violation) => {
    const path = pathToString(violation.field);
    return !places.isReported(path) && (counting.has(violation.ruleId) || !places.hasProblemInside(path));
  });
  for (const violation of news) {
    const path = pathToString(violation.field);
    places.problemAtPath(path, ...explain(violation, path, places));
  }
}

/** What is wrong, and what is accepted. */
function explain(violation: Violation, path: string, places: Places): [message: string, accepted: string] {
  const last = violation.field.at(-1);
  const field = lastField(violation.field);
  if (last?.kind === 'oneof')
    return ['is missing', `one of ${last.fields.map((member) => member.name).join(', ')}`];
  if (field === undefined || violation.rule.length === 0) return [`breaks a rule: ${violation.message}`, ''];
  if (violation.ruleId === 'required') return ['is missing', acceptedField(field)];
  if (violation.ruleId === 'repeated.unique') return ['names one thing twice', acceptedField(field)];
  if (counting.has(violation.ruleId)) {
    if (!places.has(path)) return ['is missing', acceptedField(field)];
    return [
      violation.ruleId === 'repeated.min_items' ? 'has too few items' : 'has too many items',
      acceptedField(field),
    ];
  }
  if (isMessageRule(violation)) return [`breaks a rule: ${violation.message}`, ''];
  const written = places.textAt(path);
  if (written === undefined || written === '') return ['is missing', acceptedElement(field)];
  return [
    `is ${written}`,
    last?.kind === 'list_sub' || last?.kind === 'map_sub' ? acceptedElement(field) : acceptedField(field),
  ];
}

/** A rule over several fields of a message (CEL), which brings its own sentence. */
function isMessageRule(violation: Violation): boolean {
  const first = violation.rule[0];
  return first?.kind === 'field' && first.parent.typeName === MessageRulesSchema.typeName;
}

function lastField(path: Path): DescField | undefined {
  const fields = path.filter((step): step is DescField => step.kind === 'field');
  return fields.at(-1);
}
