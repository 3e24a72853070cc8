import { type Member, type Row, restOf, spanOf } from './align.ts';
import { isName, labelsOf } from './labels.ts';
import type { Leaf } from './leaves.ts';
import { inOrder, sortOf } from './roles.ts';
import { isFigures, type Token } from './tokens.ts';

/** A member whose value stands beside the name of another member, and not beside its own; or two in the wrong order for their names. */
export function crossedBy(rows: readonly Row[], members: readonly Member[]): Member | undefined {
  const bySide = crossedAt(rows, members, -1) ?? crossedAt(rows, members, 1);
  if (bySide !== undefined) return bySide;
  const keys = new Set(members.map(({ key }) => key));
  const byLabel = members.find((member) =>
    rows.some((row) => {
      const labels = labelsAt(row, member, members);
      if (labels.length === 0 || labels.some((label) => isName(label, member.key))) return false;
      return [...keys].some(
        (key) => key !== member.key && labels.some((label) => label.length > 1 && isName(label, key)),
      );
    }),
  );
  if (byLabel !== undefined) return byLabel;
  const unnamed = members.filter((member) => !isNamed(rows, member, members));
  for (const group of groupsOf(rows, unnamed)) {
    if (group.length > 1 && orderOf(rows, group) === false) return group[0];
  }
  return undefined;
}

/** All values have the name of a member right before them, or right behind: fee 10 tax 30. The first whose name is not its own. */
function crossedAt(rows: readonly Row[], members: readonly Member[], side: -1 | 1): Member | undefined {
  if (members.length < 2) return undefined;
  let crossed: Member | undefined;
  for (const row of rows) {
    for (const member of members) {
      const span = spanOf(row, member);
      if (span === undefined) return undefined;
      let at = side < 0 ? span.first - 1 : span.last + 1;
      while (/^[^\p{L}\p{N}]+$/u.test(row.tokens[at]?.text ?? '')) at += side;
      const label = row.tokens[at]?.text ?? '';
      const named = members.filter(({ key }) => isName(label, key)).length;
      // One letter is the name of the only member that begins with it.
      if (named === 0 || (label.length < 2 && (named > 1 || !/^\p{Lu}$/u.test(label)))) return undefined;
      if (!isName(label, member.key)) crossed ??= member;
    }
  }
  return crossed;
}

/** What another member says is no label. */
function labelsAt(row: Row, member: Member, members: readonly Member[]): readonly string[] {
  const span = spanOf(row, member);
  if (span === undefined) return [];
  const labels = labelsOf(row.text, row.tokens, span);
  if (labels.length === 0) return [];
  const rest = new Set(restOf(row, members).map((at) => row.tokens[at]));
  return labels.flatMap((token) =>
    rest.has(token) && !isTaken(row, token, member, members) ? [token.text] : [],
  );
}

/** The word is the name of the member behind it, or before it, where that stands beside it. */
function isTaken(row: Row, label: Token, member: Member, members: readonly Member[]): boolean {
  return members.some((other) => {
    const span = other === member || !isName(label.text, other.key) ? undefined : spanOf(row, other);
    return span !== undefined && labelsOf(row.text, row.tokens, span).includes(label);
  });
}

function isNamed(rows: readonly Row[], member: Member, members: readonly Member[]): boolean {
  return rows.every(
    (row) =>
      !row.leaves.has(member.path) ||
      labelsAt(row, member, members).some((label) => isName(label, member.key)),
  );
}

/** Members that could be confused: of the same sort, as sortOf sees their texts. */
function groupsOf(rows: readonly Row[], members: readonly Member[]): readonly (readonly Member[])[] {
  const sorts = Map.groupBy(members, ({ path, key }) =>
    sortOf(
      rows.flatMap(({ leaves }) => leaves.get(path)?.text ?? []),
      key,
    ),
  );
  return [...sorts.values()];
}

function orderOf(rows: readonly Row[], group: readonly Member[]): boolean | undefined {
  const found = rows
    .filter(({ leaves }) => group.every(({ path }) => leaves.has(path)))
    .map((row) => {
      const roles = group.map((member) => ({ key: member.key, at: spanOf(row, member)?.first ?? 0 }));
      return inOrder(roles, row.text);
    });
  return found.includes(false) ? false : found.length > 0 && !found.includes(undefined) ? true : undefined;
}

/** Each member has its name beside it, or is the only one of its sort (or the last that is left), or stands where its name asks for. */
export function areToldApart(rows: readonly Row[], members: readonly Member[]): boolean {
  if (isOtherSymbol(rows, members)) return false;
  const isOpen = isLabelBetween(rows, members) || isNamedElsewhere(rows, members);
  const unnamed = members.filter((member) => isOpen || !isNamed(rows, member, members));
  return groupsOf(rows, unnamed).every(
    (group) => group.length === 1 || (orderOf(rows, group) === true && !isDenied(rows, group)),
  );
}

/** A name between two numbers is that of either, unless each member has its name on the same side: 120 fee 5. */
function isLabelBetween(rows: readonly Row[], members: readonly Member[]): boolean {
  return rows.some((row) => {
    const spans = members.flatMap((member) => {
      const span = row.leaves.has(member.path) ? spanOf(row, member) : undefined;
      const figures = row.tokens.slice(span?.first, (span?.last ?? 0) + 1);
      return span !== undefined && figures.some(isFigures) ? [span] : [];
    });
    const nameAt = (at: number) => {
      const { text = '' } = row.tokens[at] ?? {};
      return /^\p{L}/u.test(text) && members.some(({ key }) => isName(text, key));
    };
    const between = spans.some(
      ({ last }) => nameAt(last + 1) && spans.some(({ first }) => first === last + 2),
    );
    if (!between || spans.length < 2) return false;
    const before = spans.every(
      ({ first }) => nameAt(first - 1) || /^[:=.]$/.test(row.tokens[first - 1]?.text ?? ''),
    );
    return !before && !spans.every(({ last }) => nameAt(last + 1));
  });
}

/** A label of two letters is another symbol in another case: CO is no Co. */
function isOtherSymbol(rows: readonly Row[], members: readonly Member[]): boolean {
  const names = members.map(({ path }) => path.split('.').at(-1) ?? '').filter((name) => name.length === 2);
  const isSymbol = (name: string) => /^\p{Lu}\p{Ll}$/u.test(name);
  return names.some((name) =>
    rows.some(({ tokens }) =>
      tokens.some(
        ({ text }) =>
          text !== name && text.toLowerCase() === name.toLowerCase() && (isSymbol(name) || isSymbol(text)),
      ),
    ),
  );
}

/** Each number has a word before it, and a member stands behind the word of another: {noon, evening} in N 0 E 1, if noon is 1. */
function isNamedElsewhere(rows: readonly Row[], members: readonly Member[]): boolean {
  return rows.some((row) => {
    const told = members.flatMap(({ path, key, ...member }) => {
      const span = row.leaves.has(path) ? spanOf(row, { path, key, ...member }) : undefined;
      if (span === undefined || !isFigures(row.tokens[span.first] ?? { text: '', start: 0, end: 0 }))
        return [];
      const at = /^[:=]$/.test(row.tokens[span.first - 1]?.text ?? '') ? span.first - 2 : span.first - 1;
      return [{ key, label: row.tokens[at]?.text ?? '' }];
    });
    const words = new Set(told.map(({ label }) => label));
    return (
      told.length > 1 &&
      words.size === told.length &&
      told.every(({ label }) => /^\p{L}/u.test(label)) &&
      // Names of other things (kg, from) are no labels of members.
      told.some(({ key, label }) => isName(label, key)) &&
      told.some(({ key, label }) => !isName(label, key))
    );
  });
}

const BOUNDS: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:low|lower|min|minimum)\b/, /^(?:high|upper|max|maximum)\b/],
];

/** The values deny the names: a low that is higher than its high. */
function isDenied(rows: readonly Row[], group: readonly Member[]): boolean {
  return BOUNDS.some(([low, high]) => {
    const [a, b] = [low, high].map((name) => group.find(({ key }) => name.test(key)));
    if (a === undefined || b === undefined) return false;
    return rows.some(({ leaves }) => Number(leaves.get(a.path)?.text) > Number(leaves.get(b.path)?.text));
  });
}

/** A minus between a word and figures is a sign as well as a joint: T-5. */
export function isMinusOpen({ tokens }: Row): boolean {
  return tokens.some(({ text, start, end }, at) => {
    const [before, behind] = [tokens[at - 1], tokens[at + 1]];
    if (text !== '-' || before?.end !== start || behind?.start !== end) return false;
    return /^\p{Lu}$/u.test(before.text) && isFigures(behind);
  });
}

/** A word of the text that is the name of a member, a joint, or the unit; and the one that a rate is told for. */
export function isSaid(label: string, rows: readonly Row[], unit: string | undefined): boolean {
  if (label === unit || /^(?:x|for|of|to|and|from|at|in|per|the|nr|point)$/i.test(label)) return true;
  // No. 5, not no penicillin.
  if (/^no$/i.test(label)) return rows.every(({ text }) => /\bno(?:[.:#]| ?[0-9])/i.test(text));
  if (label === '1' && rows.every(({ text }) => /^1 .*=/.test(text))) return true;
  return rows.some(({ leaves }) => [...leaves.values()].some(({ key }: Leaf) => isName(label, key)));
}
