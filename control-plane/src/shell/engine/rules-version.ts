import { createHash } from 'node:crypto';
import type { MigrationRecord } from '../../core/model.ts';

/**
 * Version of what decides the verdicts of one route group: the migration's own, and over it the ids of the group's field rules, which never
 * change once made. So a changed rule starts the evidence of its group anew, and of no other.
 */
export function groupRulesVersion(
  { rulesVersion, fieldRules }: Pick<MigrationRecord, 'rulesVersion' | 'fieldRules'>,
  group: string,
): string {
  const ids = fieldRules.filter((rule) => rule.group === group).map(({ id }) => id);
  if (ids.length === 0) return rulesVersion;
  return createHash('sha256')
    .update(JSON.stringify([rulesVersion, ...ids.sort()]))
    .digest('hex');
}
