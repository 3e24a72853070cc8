import { countsMinutes } from '../value/durations.ts';
import type { Side } from '../value/side.ts';
import { stoppedTimes, TIMES_MIN } from '../value/stopped-times.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

/** Hours, minutes, seconds or degrees, minutes, seconds in a text; the last two are sixtieths. */
const SIXTIETHS =
  /^0*([0-9]{1,4})(?: ?h ?|:|° ?|d | )([0-5][0-9])(?: ?(?:m|min|h|hrs?|hours?)?\.?|(?:['′:m ] ?)([0-5][0-9])["″s]?)?(?: ?[NSEW])?$/;

export const sixtiethsAsDecimals: BugRule = {
  name: 'sixtieths-as-decimals',
  shows:
    'Minutes and seconds taken for decimals, or decimals for minutes: 39:15 h as 39.15, 2h14m as 214, 16°37\'28" as 16.3728, 24.25 as 24:25.',
  spares:
    'Full hours and degrees; numbers that are not written with the same figures; 615 as 06:15, a time of day; 11.55 as 11:55 where all of legacy’s are times of day.',
  find(context) {
    if (stoppedTimes(context.all) >= TIMES_MIN) return undefined;
    const found = context.unproven.filter(
      ({ legacy, modern, varies }) =>
        !varies &&
        !isClock(legacy, modern) &&
        !countsMinutes(legacy.text, modern.raw) &&
        (isJoined(legacy, modern) || isJoined(modern, legacy)),
    );
    const [first] = found;
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: sixtieths and decimals are confused`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

/** 615 and 06:15, 184230 and 18:42:30: a time of day that legacy keeps as its figures. */
function isClock({ isNumber, text: told, raw = '' }: Side, { text = '' }: Side): boolean {
  const figures = isNumber ? raw : (told ?? '');
  return (
    /^(?:[0-9]{3,4}|[0-9]{6})$/.test(figures) &&
    /^[0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?$/.test(text) &&
    [text, text.replace(/:00$/, '')].some(
      (clock) => clock.replaceAll(':', '') === figures.padStart(clock.length > 5 ? 6 : 4, '0'),
    )
  );
}

function isJoined({ text }: Side, other: Side): boolean {
  const digits = other.isNumber ? other.raw : other.text;
  if (text === undefined || digits === undefined || !/^-?[0-9]+(?:\.[0-9]+)?$/.test(digits)) return false;
  const [, whole, minutes, seconds = ''] = SIXTIETHS.exec(text) ?? [];
  if (whole === undefined || minutes === undefined || Number(minutes + seconds) === 0) return false;
  const [before = '', after = ''] = digits.replace('-', '').split('.');
  const behind = minutes + seconds;
  if (after === '') return before.replace(/^0+/, '') === (whole + behind).replace(/^0+/, '');
  return Number(before) === Number(whole) && after.replace(/0+$/, '') === behind.replace(/0+$/, '');
}
