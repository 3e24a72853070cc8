import type { ApprovedRule } from '../approve/approved-rule.ts';
import { parseFieldPath, type Step } from './field-path.ts';

/** Rules by field path, merged into a tree that is walked along with the answer. */
interface RuleNode {
  readonly fields: Map<string, RuleNode>;
  readonly indices: Map<number, RuleNode>;
  anyField?: RuleNode;
  anyIndex?: RuleNode;
  /** The path as declared, where a rule ends here. */
  ignore?: string;
  unordered?: string;
  /** Approved corrections of the field here. */
  approved?: readonly ApprovedRule[];
}

/** The rules that still may apply at one place: several, since `body.*` and `body.items` both lead to the same field. */
export type RuleCursor = readonly RuleNode[];

const NONE: RuleCursor = [];

export interface RuleTree {
  readonly root: RuleCursor;
  /** Paths that could not be read; they match nothing, so that a typing error can only show more differences, never hide one. */
  readonly problems: readonly string[];
}

export function compilePathRules(
  ignore: readonly string[],
  unordered: readonly string[],
  approved: readonly ApprovedRule[] = [],
): RuleTree {
  const root = node();
  const problems: string[] = [];
  const add = (kind: 'ignore' | 'unordered', text: string) => {
    const parsed = parseFieldPath(text);
    if (parsed.ok) insert(root, parsed.steps)[kind] ??= text;
    else problems.push(`${kind} ${text}: ${parsed.reason}`);
  };
  for (const text of ignore) add('ignore', text);
  for (const text of unordered) add('unordered', text);
  for (const rule of approved) {
    const at = insert(root, rule.steps);
    at.approved = [...(at.approved ?? []), rule];
  }
  return { root: [root], problems };
}

export function enterField(cursor: RuleCursor, name: string): RuleCursor {
  let found: RuleNode[] | undefined;
  for (const at of cursor) found = withBoth(found, at.fields.get(name), at.anyField);
  return found ?? NONE;
}

export function enterIndex(cursor: RuleCursor, index: number): RuleCursor {
  let found: RuleNode[] | undefined;
  for (const at of cursor) found = withBoth(found, at.indices.get(index), at.anyIndex);
  return found ?? NONE;
}

/** The declared path that says what stands here is not compared. */
export function ignoredBy(cursor: RuleCursor): string | undefined {
  return cursor.find((at) => at.ignore !== undefined)?.ignore;
}

/** The declared path that says the array here has no order. */
export function unorderedBy(cursor: RuleCursor): string | undefined {
  return cursor.find((at) => at.unordered !== undefined)?.unordered;
}

/** The approved corrections of what stands here. */
export function approvedHere(cursor: RuleCursor): readonly ApprovedRule[] {
  const [only] = cursor;
  if (cursor.length <= 1) return only?.approved ?? NO_APPROVED;
  return cursor.flatMap((at) => at.approved ?? NO_APPROVED);
}

/** Names of fields below that have approved corrections: one that adds a field must be noticed where neither side has it. */
export function approvedFields(cursor: RuleCursor): readonly string[] {
  if (cursor.length === 0) return NO_NAMES;
  return cursor.flatMap((at) => [...at.fields].filter(([, below]) => below.approved).map(([name]) => name));
}

const NO_NAMES: readonly string[] = [];
const NO_APPROVED: readonly ApprovedRule[] = [];

/** Most fields have no rule below: nothing is allocated for them. */
function withBoth(
  found: RuleNode[] | undefined,
  named: RuleNode | undefined,
  any: RuleNode | undefined,
): RuleNode[] | undefined {
  if (named === undefined && any === undefined) return found;
  const all = found ?? [];
  if (named !== undefined) all.push(named);
  if (any !== undefined) all.push(any);
  return all;
}

function insert(root: RuleNode, steps: readonly Step[]): RuleNode {
  let at = root;
  for (const step of steps) {
    switch (step.kind) {
      case 'field':
        at = getOrAdd(at.fields, step.name);
        break;
      case 'index':
        at = getOrAdd(at.indices, step.index);
        break;
      case 'any-field':
        at = at.anyField ??= node();
        break;
      case 'any-index':
        at = at.anyIndex ??= node();
    }
  }
  return at;
}

function getOrAdd<K>(map: Map<K, RuleNode>, key: K): RuleNode {
  const known = map.get(key) ?? node();
  map.set(key, known);
  return known;
}

function node(): RuleNode {
  return { fields: new Map(), indices: new Map() };
}
