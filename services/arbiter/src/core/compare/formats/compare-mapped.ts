import { DifferenceKind, Severity } from '@chronos/proto/events/v1/verdict_pb.js';
import { asked } from '../../judge/ruling.ts';
import { diffValues } from '../diff.ts';
import type { Location } from '../field-path.ts';
import type { Findings } from '../findings.ts';
import { enterField, enterIndex, ignoredBy, type RuleCursor } from '../path-rules.ts';
import type { Value } from '../value.ts';
import type { Mapping } from './mapping.ts';
import type { Place } from './matches.ts';
import { formatName } from './read-format.ts';
import { translate, type Untranslated } from './translate.ts';

/** Adds to `out` how legacy's answer, translated, differs from modern's; `rules` are those at the root. */
export function diffMapped(
  legacy: Value | undefined,
  modern: Value | undefined,
  mapping: Mapping,
  rules: RuleCursor,
  out: Findings,
): void {
  const translation = translate(legacy, modern, mapping);
  for (const one of translation.untranslated) addUntranslated(one, rules, out);
  diffValues(translation.legacy, translation.modern, { step: 'body' }, enterField(rules, 'body'), out);
}

function addUntranslated(
  { place, legacy, modern, explanation }: Untranslated,
  rules: RuleCursor,
  out: Findings,
): void {
  const at = locationOf(place);
  const kind = modern === undefined ? DifferenceKind.MISSING_IN_MODERN : DifferenceKind.VALUE;
  const ignored = ignoredOnTheWay(place, rules);
  out.add({
    at,
    kind,
    legacy,
    modern,
    explanation,
    ...(ignored === undefined
      ? { judged: asked('untranslated', Severity.MAJOR, explanation) }
      : { declared: `ignore:${ignored}` }),
  });
}

/** A rule covers all that is below its path. */
function ignoredOnTheWay(place: Place, rules: RuleCursor): string | undefined {
  let cursor = rules;
  for (const step of place) {
    cursor = typeof step === 'number' ? enterIndex(cursor, step) : enterField(cursor, step);
    const ignored = ignoredBy(cursor);
    if (ignored !== undefined) return ignored;
  }
  return undefined;
}

function locationOf(place: Place): Location {
  return (
    place.reduce<Location | undefined>(
      (parent, step) => (parent ? { parent, step } : { step }),
      undefined,
    ) ?? { step: 'body' }
  );
}

/** The content types that declared formats bring about are no difference; clients of the group know of the change. */
export function diffContentTypes(
  legacy: string,
  modern: string,
  { legacy: from, modern: to }: Mapping,
  out: Findings,
): void {
  if (legacy === modern) return;
  const [was, is] = [formatName(from.format), formatName(to.format)];
  out.add({
    at: { parent: { step: 'header' }, step: 'content-type' },
    kind: DifferenceKind.VALUE,
    legacy,
    modern,
    declared: `format:${was}→${is}`,
    explanation: `The migration file declares that legacy answers in ${was} and modern in ${is}.`,
  });
}
