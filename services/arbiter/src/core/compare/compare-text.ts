import { DifferenceKind } from '@chronos/proto/events/v1/verdict_pb.js';
import type { Location } from './field-path.ts';
import type { Findings } from './findings.ts';

/** Characters shown before the first difference. */
const CONTEXT_CHARS = 40;

/** Adds to `out` where two texts part; white space and line ends are text. `note` says why the answer is compared as text. */
export function compareText(legacy: string, modern: string, note: string, at: Location, out: Findings): void {
  if (legacy === modern) return;
  let first = 0;
  while (first < legacy.length && legacy[first] === modern[first]) first += 1;
  const before = legacy.slice(0, first);
  const line = before.split('\n').length;
  const column = first - before.lastIndexOf('\n');
  const excerpt = (text: string) =>
    (first > CONTEXT_CHARS ? '…' : '') + text.slice(Math.max(0, first - CONTEXT_CHARS), first + 256);
  out.add({
    at,
    kind: DifferenceKind.VALUE,
    legacy,
    modern,
    shown: { legacy: excerpt(legacy), modern: excerpt(modern) },
    explanation: `The texts differ from line ${line}, column ${column} on${note === '' ? '' : ` (${note})`}.`,
  });
}
