import { daysOf } from '../value/instants.ts';
import type { BugRule } from './rule.ts';
import { severityOf } from './severity.ts';
import { shown } from './shown.ts';

export const impossibleValue: BugRule = {
  name: 'impossible-value',
  shows:
    'A time or date that there is not (6:75, 7:5, 25:00:00, 2024-02-30, 2004-30) where legacy has a value.',
  spares: 'Values of which legacy has such as well: 24:00:00, 0000-00-00, ratios like 16:90.',
  find(context) {
    if (context.all.some(({ legacy }) => isImpossible(legacy.text))) return undefined;
    const found = context.unproven.filter(
      ({ varies, legacy, modern }) =>
        !varies &&
        !isSamePeriod(legacy.text, modern.text) &&
        (isImpossible(modern.text) ||
          isBeyondDay(legacy.text, modern.text) ||
          isWithoutZero(legacy.text, modern.text)),
    );
    const [first] = found;
    if (first === undefined) return undefined;
    const explanation = `Legacy has ${shown(first.legacy)}, modern ${shown(first.modern)}: there is no such time or date`;
    return { severity: severityOf(context), explanation, shownBy: found.length };
  },
};

/** 2024/13 is the thirteenth month of a payroll, with a dash as well. */
function isSamePeriod(legacy = '', modern = ''): boolean {
  return /^[0-9]{4}\/[0-9]{2}$/.test(legacy) && legacy.replace('/', '-') === modern;
}

/** 24:59 for a time of day; a length of time may have as many hours. */
function isBeyondDay(legacy: string | undefined, modern: string | undefined): boolean {
  return (
    /^[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})? ?[ap]m$/i.test(legacy ?? '') &&
    /^24:(?!00(?::00)?$)/.test(modern ?? '')
  );
}

/** 7:5 for 07:05: minutes have two figures. */
function isWithoutZero(legacy = '', modern = ''): boolean {
  const [, hour, minute] = /^([0-9]{1,2}):([0-9])$/.exec(modern) ?? [];
  return hour !== undefined && legacy.replace(/^0/, '') === `${hour}:0${minute}`;
}

function isImpossible(text: string | undefined): boolean {
  if (text === undefined || text.length > 40) return false;
  const date = /^([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]|$)/.exec(text);
  if (date !== null && daysOf(Number(date[1]), Number(date[2]), Number(date[3])) === undefined) return true;
  // 2023-24 is a year and the next.
  const month = /^([12][0-9]{3})-([0-9]{2})$/.exec(text);
  if (month !== null && Number(month[2]) > 12 && (Number(month[1]) + 1) % 100 !== Number(month[2]))
    return true;
  const clock = /(?:^|[T ])([0-9]{1,3}):([0-9]{2})(?::([0-9]{2}))?(?:[.,][0-9]+)?(?:Z|[+-][0-9:]+)?$/.exec(
    text,
  );
  return clock !== null && (Number(clock[2]) > 59 || Number(clock[3] ?? 0) > 60);
}
