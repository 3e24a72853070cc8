import type { BugRule, Observed } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

/** Figures with a point or comma before three more, and at most a unit behind them: 21.190 kg. */
const GROUPED = /^([1-9][0-9]{0,2})[.,]([0-9]{3})(?: ?[\p{L}%€$£]{1,12}\.?)?$/u;

export const pointReadTwice: BugRule = {
  name: 'point-read-twice',
  needs: ['several'],
  shows:
    'A point or comma before three figures stands between thousands in some requests and before decimals in others (21.190 kg as 21190, 34.420 kg as 34.42).',
  spares: 'Fields of which all are read in one way (asked, or other rules).',
  find(context) {
    const read = context.all.flatMap((at) => {
      const as = at.varies ? undefined : readAs(at);
      return as === undefined ? [] : [{ at, as }];
    });
    const decimals = read.filter(({ as }) => as === 'decimals').map(({ at }) => at);
    const thousands = read.filter(({ as }) => as === 'thousands').map(({ at }) => at);
    const [few] = [decimals, thousands].toSorted((a, b) => a.length - b.length);
    const [first] = decimals;
    if (first === undefined || thousands[0] === undefined || few === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}, but ${shown(thousands[0].modern)} for ${shown(thousands[0].legacy)}`;
    return { severity: severityOf(context), explanation, shownBy: few.length };
  },
};

function readAs({ legacy, modern }: Observed): 'thousands' | 'decimals' | undefined {
  const [, head = '', tail = ''] = GROUPED.exec(legacy.text?.trim() ?? '') ?? [];
  const number = modern.isNumber ? Number(modern.raw) : Number.NaN;
  if (head === '' || Number.isNaN(number)) return undefined;
  if (number === Number(head + tail)) return 'thousands';
  return number === Number(`${head}.${tail}`) ? 'decimals' : undefined;
}
