import type { Family, Hypothesis } from '../hypothesis.ts';

/** As good as nothing said of the value. */
const ALL_OPEN = 64;

/** The last resort: legacy does not agree with itself, so the field tells nothing by its value alone. */
export const unstable: Family = () => [UNSTABLE];

const UNSTABLE: Hypothesis = {
  name: 'not-deterministic',
  formula: 'legacy itself answers differently when it is asked twice',
  parameters: {},
  bits: 0,
  plain: true,
  check: ({ legacy, legacy2, differs }) => {
    if (!legacy2 || !differs) return 'silent';
    return legacy2.raw !== legacy.raw ? ALL_OPEN : 'wrong';
  },
};
