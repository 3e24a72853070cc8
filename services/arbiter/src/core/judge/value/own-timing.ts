import { remembered } from './remembered.ts';
import type { Side } from './side.ts';
import { wordsOf } from './text.ts';

/** How long the answer itself took; a bare duration may be that of a call or a flight. */
const OWN_TIMING =
  /\b(?:took|elapsed|latency|(?:response|processing|server|query|execution|exec|render(?:ing)?|request|db|cpu|backend) ?(?:time|duration|ms|millis)|time taken|runtime|run time)\b/;

/** Whether the name says that the number is measured on who answers: each system has its own. */
export const isOwnTiming: (field: string) => boolean = remembered((field) =>
  OWN_TIMING.test(wordsOf(field.split(/[.[]/).at(-1) ?? '')),
);

/** Positive numbers, that no second run of legacy repeats. */
export function areTimings(
  all: readonly { readonly legacy: Side; readonly modern: Side; readonly legacy2: Side | undefined }[],
): boolean {
  return all.every(
    ({ legacy, modern, legacy2 }) =>
      isPositive(legacy) && isPositive(modern) && (legacy2 === undefined || legacy2.raw !== legacy.raw),
  );
}

function isPositive({ number }: Side): boolean {
  return number !== undefined && number.units > 0n;
}
