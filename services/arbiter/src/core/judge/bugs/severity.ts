import type { Severity } from '../judgement.ts';
import { readIdentifiers } from '../value/identifiers.ts';
import { readNumberText } from '../value/numbers.ts';
import type { Context } from './rule.ts';

/** Names may choose how severe a shown bug is; they never prove anything. */
const GRAVE =
  /amount|balance|price|fee|tax|total|rate|interest|payout|commission|discount|currency|iban|account|card|customer|owner|user|tenant|role|permission|scope|grant|admin|locked|blocked|limit|dose|allerg|consent|password|token|secret|betrag|konto|saldo|netto|brutto/i;

/** Critical when the values look like money or an identity, or the name says so; else major. */
export function severityOf(context: Pick<Context, 'episode' | 'profile' | 'unproven'>): Severity {
  return isGraveName(context.episode.field) || isMoneyLike(context) || isIdentity(context)
    ? 'critical'
    : 'major';
}

export function isGraveName(field: string): boolean {
  return GRAVE.test(field);
}

/** Numbers that always have two to four digits after the point, or amounts with a currency. */
export function isMoneyLike({ profile, unproven }: Pick<Context, 'profile' | 'unproven'>): boolean {
  const { numbers, scaleMin, scaleMax } = profile.data.legacy;
  if (numbers > 0 && scaleMin === scaleMax && scaleMin >= 2 && scaleMin <= 4) return true;
  return unproven.some(({ legacy }) => {
    const text = legacy.text;
    return text !== undefined && (readNumberText(text)?.marks.currency ?? '') !== '';
  });
}

function isIdentity({ unproven }: Pick<Context, 'unproven'>): boolean {
  return unproven.some(({ legacy }) => legacy.text !== undefined && readIdentifiers(legacy.text).length > 0);
}
