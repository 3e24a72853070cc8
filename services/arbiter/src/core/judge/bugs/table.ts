import { numberChanged } from './number-changed.ts';
import type { BugRule } from './rule.ts';
import { truthInverted } from './truth-inverted.ts';
import { defaultPut, valueLost } from './value-lost.ts';

/** Every way in which a difference is shown to be a bug; the first that shows one is named, so that the most telling stand first. */
export const BUG_RULES: readonly BugRule[] = [valueLost, truthInverted, defaultPut, numberChanged];
