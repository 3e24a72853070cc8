import { isArray, isObject } from '../../compare/value.ts';
import type { Observed } from '../bugs/rule.ts';
import type { Episode, Triple } from '../episode.ts';
import type { Judgement } from '../judgement.ts';
import { isAnyAmount } from '../proofs/money-object.ts';
import { readQuantity } from '../value/quantities.ts';
import { Side } from '../value/side.ts';
import {
  type Alignment,
  align,
  assignRest,
  byParts,
  isSign,
  labelsLeft,
  type Member,
  type Row,
  restOf,
  spanOf,
} from './align.ts';
import { leavesOf } from './leaves.ts';
import { areHundredths, isInUnitOfName, scalarText } from './other-units.ts';
import { segmentsOf } from './segments.ts';
import { isTitleGlued } from './title-glued.ts';
import { textAt, tokensOf } from './tokens.ts';
import { areToldApart, crossedBy, isMinusOpen, isSaid } from './told-apart.ts';

const ROWS_MAX = 2000;

/** What is asked where nothing is lost and only the names are new: there is an explanation, so no score may call it a bug. */
export const TAKEN_APART = 'taken-apart';

/**
 * A text that the other side tells as an object or a list of objects: the places of the members in the texts are found over all observations,
 * then each member is judged like a field of its own. Proven when each is, nothing else of the text says anything, and no member could be
 * confused with another; undefined when the places are not found.
 */
export function takeApart(
  episode: Episode,
  all: readonly Observed[],
  judge: (part: Episode) => Judgement,
): Judgement | undefined {
  const differing = all.filter(({ differs }) => differs);
  for (const textIsLegacy of [true, false]) {
    const rows = rowsOf(differing, textIsLegacy);
    if (rows === undefined || rows.length === 0 || rows.length > ROWS_MAX) continue;
    const found = align(rows);
    if (found !== undefined) return judgeMembers(episode, rows, found, textIsLegacy, judge);
  }
  return undefined;
}

/** Undefined unless every observation is a text beside an object, or beside as many objects as it has segments. */
function rowsOf(all: readonly Observed[], textIsLegacy: boolean): readonly Row[] | undefined {
  const rows: Row[] = [];
  const pairs = all.map(({ legacy, modern }) => ({
    text: (textIsLegacy ? legacy : modern).text,
    tree: textIsLegacy ? modern : legacy,
  }));
  if (pairs.some(({ text, tree }) => text === undefined || (tree.fields ?? tree.items) === undefined))
    return undefined;
  const segments = segmentsOf(pairs.map(({ text = '', tree }) => ({ text, count: tree.items?.length })));
  if (segments === undefined) return undefined;
  for (const [i, { tree }] of pairs.entries()) {
    const values = tree.items ?? (tree.value === undefined ? [] : [tree.value]);
    for (const [j, value] of values.entries()) {
      const text = segments[i]?.[j];
      const tokens = text === undefined ? undefined : tokensOf(text);
      const leaves = isObject(value) && !isArray(value) ? leavesOf(value) : undefined;
      if (text === undefined || tokens === undefined || leaves === undefined) return undefined;
      rows.push({ text, tokens, leaves: new Map(leaves.map((leaf) => [leaf.path, leaf])) });
    }
  }
  return rows;
}

function judgeMembers(
  episode: Episode,
  rows: readonly Row[],
  { members, left }: Alignment,
  textIsLegacy: boolean,
  judge: (part: Episode) => Judgement,
): Judgement | undefined {
  const crossed = crossedBy(rows, members);
  if (crossed !== undefined) return swapped(rows, crossed);
  const units = unitsOf(rows, left);
  const open = units === undefined ? left : left.filter((path) => path !== units.path);
  const more = open.length === 0 ? [] : assignRest(rows, members, open);
  const whole = more === undefined ? byParts(rows) : [...members, ...more];
  if (whole === undefined) return undefined;
  const parts = whole.map((member) => partOf(episode, rows, whole, member, textIsLegacy, units));
  if (parts.some((part) => part === undefined)) return undefined;
  const judged = parts.flatMap((part) => (part === undefined ? [] : [{ part, judgement: judge(part) }]));
  const wrong = judged.find(({ judgement }) => judgement.verdict === 'bug');
  // A place that was only left for a member shows nothing but where a unit says what is to be expected.
  const isGuessed =
    units === undefined &&
    whole.some(({ found }, i) => !found && judged[i]?.judgement === wrong?.judgement) &&
    !isWithout(wrong?.part);
  // Zeros before a part may fill it up (zeros-of-part-lost).
  if (isGuessed || wrong?.judgement.rule === 'leading-zeros-lost') return undefined;
  if (wrong?.judgement.rule === 'scale-changed') {
    if (isInUnitOfName(rows, wrong.part)) return undefined;
    if (areHundredths(rows, wrong.part)) return asked(episode, whole);
  }
  if (wrong !== undefined)
    return { ...wrong.judgement, explanation: `At ${wrong.part.field}: ${wrong.judgement.explanation}` };
  if (judged.some(({ judgement }) => judgement.verdict !== 'harmless')) return undefined;
  // With the members that were left: each number stands at its own label.
  const late = crossedBy(rows, whole);
  if (late !== undefined) return swapped(rows, late);
  if (isPercentUnsaid(rows, whole) || judged.some(({ part }) => areGroups(part)))
    return asked(episode, whole);
  const labels = labelsLeft(rows, whole);
  if (labels === undefined) return undefined;
  const isTold = labels.every((label) => isSaid(label, rows, units?.from));
  // An object that becomes a text is no structure any more for who reads it.
  const isOpen =
    isBoundChanged(rows, whole) ||
    rows.some(isMinusOpen) ||
    isAnotherAmount(episode, rows) ||
    rows.some(({ text, leaves }) =>
      isTitleGlued(
        text,
        [...leaves.values()].map((leaf) => leaf.text),
      ),
    );
  return textIsLegacy && isTold && !isOpen && areToldApart(rows, whole)
    ? proven(rows, whole)
    : asked(episode, whole);
}

/** An amount with its currency, under a name that is another than the field's own: a deposit is no price. */
function isAnotherAmount({ field }: Episode, rows: readonly Row[]): boolean {
  return rows.some(
    ({ leaves }) =>
      leaves.size === 2 &&
      [...leaves.values()].some(({ text }) => /^[A-Z]{3}$/.test(text)) &&
      [...leaves.values()].some(({ key, text }) => /^-?[0-9.]+$/.test(text) && !isAnyAmount(key, field)),
  );
}

/** 40.000 and 12.000, which may be as many thousand. */
function areGroups({ observations }: Episode): boolean {
  return observations.every(({ legacy, modern }) =>
    [legacy, modern].some((raw) => /^"[1-9][0-9]{0,2}\.[0-9]{3}"$/.test(raw ?? '')),
  );
}

/** A sign of percent in the text, and a member of the same figures of which no name says so. */
function isPercentUnsaid(rows: readonly Row[], members: readonly Member[]): boolean {
  return (
    rows.some(({ text }) => /[0-9] ?%/.test(text)) &&
    !members.some(({ key }) =>
      /\b(?:percent|percentage|pct|perc|prozent|rate|share|satz|zins|discount|rebate|tax|vat|unit|fraction|ratio|proportion)\b/.test(
        key,
      ),
    )
  );
}

/** A member is told to be beyond the range, while the text says nothing of that: 10-20 may as well hold its 20. */
function isBoundChanged(rows: readonly Row[], members: readonly Member[]): boolean {
  return (
    members.some(({ key }) => /\bexcl(?:usive|uded|uding)?\b/.test(key)) &&
    !rows.every(({ text }) => /[)(\][<]|\bexcl/i.test(text))
  );
}

/** All that the member has stands in its place, at one end, but not all that stands there: a digit is lost. */
function isWithout(part: Episode | undefined): boolean {
  const read = part?.observations.map(
    ({ legacy, modern }) => [scalarText(legacy), scalarText(modern)] as const,
  );
  return (
    read?.every(
      ([l, m]) => m.length >= CUT_MIN && l.length > m.length && (l.startsWith(m) || l.endsWith(m)),
    ) === true
  );
}

const CUT_MIN = 4;

interface Units {
  readonly path: string;
  readonly from: string;
  readonly to: string;
}

/** A member that names another unit than the one that the text has behind its numbers. */
function unitsOf(rows: readonly Row[], left: readonly string[]): Units | undefined {
  for (const path of left) {
    const names = new Set(rows.map(({ leaves }) => leaves.get(path)?.text ?? ''));
    const [to = ''] = names;
    if (names.size !== 1 || !isUnit(to)) continue;
    const told = new Set(rows.map(({ tokens }) => tokens.at(-1)?.text ?? ''));
    const [from = ''] = told;
    if (told.size === 1 && isUnit(from)) return { path, from, to };
  }
  return undefined;
}

function isUnit(name: string): boolean {
  return /^\p{L}/u.test(name) && readQuantity(new Side(JSON.stringify(`1 ${name}`))) !== undefined;
}

function partOf(
  episode: Episode,
  rows: readonly Row[],
  members: readonly Member[],
  member: Member,
  textIsLegacy: boolean,
  units: Units | undefined,
): Episode | undefined {
  const observations: Triple[] = [];
  for (const row of rows) {
    const { text, tokens, leaves } = row;
    const leaf = leaves.get(member.path);
    if (leaf === undefined) continue;
    const span = spanOf(row, member);
    if (span === undefined) return undefined;
    // A sign that no member has belongs to the figures behind it.
    const from = isSign(row, span.first - 1) && restOf(row, members).includes(span.first - 1) ? 1 : 0;
    const told = textAt(text, tokens, { ...span, first: span.first - from });
    const isMeasure = units !== undefined && /^-?[0-9.]+$/.test(told) && /^-?[0-9.]+$/.test(leaf.text);
    const ours = JSON.stringify(isMeasure ? `${told} ${units.from}` : told);
    const theirs = isMeasure ? JSON.stringify(`${leaf.text} ${units.to}`) : leaf.raw;
    observations.push(textIsLegacy ? { legacy: ours, modern: theirs } : { legacy: theirs, modern: ours });
  }
  return { ...episode, field: `${episode.field}${member.path}`, observations };
}

function names(members: readonly Member[]): string {
  return members.map(({ path }) => path.replace(/^\./, '')).join(', ');
}

function proven(rows: readonly Row[], members: readonly Member[]): Judgement {
  return {
    verdict: 'harmless',
    rule: TAKEN_APART,
    severity: '',
    explanation: `The text and the members ${names(members)} say the same, each at its place in all ${rows.length} of them.`,
  };
}

function asked({ field }: Episode, members: readonly Member[]): Judgement {
  return {
    verdict: 'ask',
    rule: TAKEN_APART,
    severity: '',
    explanation: `All of ${names(members)} stands in the text, and nothing tells which is which.`,
    question: `Do ${names(members)} stand in the text of ${field || 'this field'} in this order?`,
  };
}

function swapped(rows: readonly Row[], member: Member): Judgement {
  const row = rows.find(({ leaves }) => leaves.has(member.path));
  const leaf = row?.leaves.get(member.path);
  return {
    verdict: 'bug',
    rule: 'members-swapped',
    severity: 'critical',
    explanation: `${member.path.replace(/^\./, '')} is ${leaf?.raw}, which in ${JSON.stringify(row?.text)} stands where another member is told (${rows.length} requests).`,
  };
}
