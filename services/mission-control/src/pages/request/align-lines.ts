/** One line of a side-by-side: absent where only the other side has it. */
export interface AlignedLine {
  readonly left?: string;
  readonly right?: string;
  readonly same: boolean;
}

/** Longer texts are put side by side line by line, without looking for what was moved. */
const linesMax = 400;

/** Puts two texts side by side so that equal lines stand together (longest common subsequence); changed lines meet in their order. */
export function alignLines(left: readonly string[], right: readonly string[]): AlignedLine[] {
  if (left.length > linesMax || right.length > linesMax) return beside(left, right);
  const common = commonLengths(left, right);
  const lines: AlignedLine[] = [];
  let from = { left: 0, right: 0 };
  const flush = (toLeft: number, toRight: number) => {
    lines.push(...beside(left.slice(from.left, toLeft), right.slice(from.right, toRight)));
  };
  let at = 0;
  let to = 0;
  while (at < left.length && to < right.length) {
    if (left[at] === right[to]) {
      flush(at, to);
      lines.push({ left: left[at]!, right: right[to]!, same: true });
      at += 1;
      to += 1;
      from = { left: at, right: to };
    } else if (common[at + 1]![to]! >= common[at]![to + 1]!) at += 1;
    else to += 1;
  }
  flush(left.length, right.length);
  return lines;
}

function beside(left: readonly string[], right: readonly string[]): AlignedLine[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
    const [one, other] = [left[index], right[index]];
    return {
      ...(one === undefined ? {} : { left: one }),
      ...(other === undefined ? {} : { right: other }),
      same: one === other,
    };
  });
}

/** Length of the longest common subsequence of what is left from each pair of places on. */
function commonLengths(left: readonly string[], right: readonly string[]): Uint16Array[] {
  const table = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let at = left.length - 1; at >= 0; at -= 1) {
    for (let to = right.length - 1; to >= 0; to -= 1) {
      table[at]![to] =
        left[at] === right[to]
          ? table[at + 1]![to + 1]! + 1
          : Math.max(table[at + 1]![to]!, table[at]![to + 1]!);
    }
  }
  return table;
}
