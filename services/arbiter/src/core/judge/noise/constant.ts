import type { Context } from '../bugs/rule.ts';
import type { Judgement } from '../judgement.ts';
import { readNothing } from '../value/nothing.ts';
import { noiseBug } from './outcome.ts';

/** Requests of which legacy gives another text in each run before one text of modern for all of them is no chance. */
const ROWS_MIN = 4;
/** Those that legacy was asked twice. */
const AGAIN_MIN = 2;
/** Shorter texts come again. */
const CHARS_MIN = 4;

/** Legacy makes every text anew, and modern gives one and the same to everybody: a code that anyone knows, a cached answer. */
export function judgeConstant(context: Context): Judgement | undefined {
  const rows = context.all.filter(({ differs, varies }) => differs || varies);
  const again = rows.filter(({ legacy2 }) => legacy2 !== undefined);
  if (rows.length < ROWS_MIN || again.length < AGAIN_MIN || !again.every(({ varies }) => varies))
    return undefined;
  const ours = rows.flatMap(({ legacy, legacy2 }) =>
    legacy2 === undefined ? [legacy.text] : [legacy.text, legacy2.text],
  );
  if (!ours.every((text) => text !== undefined && text.length >= CHARS_MIN)) return undefined;
  const [first] = rows;
  const isOne = rows.every(({ modern }) => modern.raw === first?.modern.raw);
  if (!isOne || first === undefined || first.modern.text === undefined) return undefined;
  if (new Set(ours).size < ours.length || readNothing(first.modern) !== undefined) return undefined;
  return noiseBug(
    context,
    'constant-of-fresh',
    `Legacy gives another text in each run, modern one and the same in all ${rows.length} requests.`,
  );
}
