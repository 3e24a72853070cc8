import { type Member, type Row, restOf, spanOf } from './align.ts';
import { isName, labelsOf } from './labels.ts';
import type { Leaf } from './leaves.ts';
import { inOrder, sortOf } from './roles.ts';
import type { Token } from './tokens.ts';

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
      if (label.length < 2 || !members.some(({ key }) => isName(label, key))) return undefined;
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
  const unnamed = members.filter((member) => !isNamed(rows, member, members));
  return groupsOf(rows, unnamed).every((group) => group.length === 1 || orderOf(rows, group) === true);
}

/** A word of the text that is the name of a member, a joint, or the unit; and the one that a rate is told for. */
export function isSaid(label: string, rows: readonly Row[], unit: string | undefined): boolean {
  if (label === unit || /^(?:x|for|of|to|and|from|at|in|per|the|no|nr|point)$/i.test(label)) return true;
  if (label === '1' && rows.every(({ text }) => /^1 .*=/.test(text))) return true;
  return rows.some(({ leaves }) => [...leaves.values()].some(({ key }: Leaf) => isName(label, key)));
}
