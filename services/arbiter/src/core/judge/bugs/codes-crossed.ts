import { sameReading } from '../readings/relate.ts';
import { abbreviates } from '../value/abbreviations.ts';
import { isRegrouped, sortedWords } from './codes.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';
import { textPairs } from './text-pairs.ts';

export const codesCrossed: BugRule = {
  name: 'codes-crossed',
  needs: ['texts'],
  shows:
    'A code is spelled out as the text that another code of the field abbreviates (CR as DEBIT), or as other numbers or signs than its own.',
  spares: 'Codes of which no short form is known (asked).',
  find(context) {
    const codes = [...new Set(context.all.flatMap(({ legacy }) => legacy.text ?? []))]
      .filter((code) => code.length <= 40)
      .slice(0, 60);
    const found = textPairs(context).flatMap((pair) => {
      if (pair.legacy.length > 40 || (/^[0-9]+$/.test(pair.legacy) && pair.modern.includes(pair.legacy)))
        return [];
      const owner = codes.find(
        (code) => code !== pair.legacy && code.length >= 2 && abbreviates(code, pair.modern),
      );
      if (owner === undefined && !oppositeSigns(pair.legacy, pair.modern)) return [];
      if (abbreviates(pair.legacy, pair.modern) || isRegrouped(pair.legacy, pair.modern)) return [];
      if (sortedWords(pair.legacy) === sortedWords(pair.modern)) return [];
      // CN is China by its registry, whatever its letters are like.
      if (sameReading(pair.at.legacy, pair.at.modern) !== undefined) return [];
      const how = owner === undefined ? 'says the opposite' : `is what ${JSON.stringify(owner)} stands for`;
      return [{ pair, how }];
    });
    const first = found[0];
    if (first === undefined) return undefined;
    const explanation = `Modern says ${shown(first.pair.at.modern)} for ${shown(first.pair.at.legacy)}, which ${first.how}`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

/** One says positive, the other negative. */
function oppositeSigns(a: string, b: string): boolean {
  const [l, m] = [signOf(a), signOf(b)];
  return l !== undefined && m !== undefined && l !== m;
}

function signOf(text: string): '+' | '-' | undefined {
  const match = /(?:^|[^A-Za-z])(pos(?:itive)?|neg(?:ative)?)$|[A-Za-z]([+-])$/i.exec(text);
  if (match === null) return undefined;
  const word = (match[1] ?? match[2] ?? '').toLowerCase();
  return word.startsWith('p') || word === '+' ? '+' : '-';
}
