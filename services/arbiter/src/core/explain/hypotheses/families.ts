import type { Family } from '../hypothesis.ts';
import { binary } from './binary.ts';
import { constant } from './constant.ts';
import { fewerDigits } from './digits.ts';
import { factor } from './factor.ts';
import { ofTheRequest } from './facts.ts';
import { instant } from './instant.ts';
import { limit } from './limit.ts';
import { lineRounding } from './line-rounding.ts';
import { list } from './list.ts';
import { noiseBias } from './noise-bias.ts';
import { numberInText } from './number-in-text.ts';
import { objectPart } from './object-part.ts';
import { linear, offset } from './offset.ts';
import { operandRounding } from './operand-rounding.ts';
import { plain } from './plain.ts';
import { reciprocal } from './reciprocal.ts';
import { stale } from './stale.ts';
import { step } from './step.ts';
import { structure } from './structure.ts';
import { textForm } from './text.ts';
import { textPart } from './text-part.ts';
import { unstable } from './unstable.ts';

const NUMBERS: readonly Family[] = [
  factor,
  offset,
  limit,
  fewerDigits,
  step,
  binary,
  linear,
  reciprocal,
  ofTheRequest,
  operandRounding,
  lineRounding,
];

/** What explains a value that has no parts. */
const LEAVES: readonly Family[] = [plain, ...NUMBERS, instant, constant, textForm, textPart];

/** All kinds of explanation; of equally good ones, the first stands. */
export const FAMILIES: readonly Family[] = [
  ...LEAVES,
  stale,
  numberInText([factor, offset, limit]),
  objectPart(LEAVES),
  list,
  structure,
  noiseBias,
  unstable,
];
