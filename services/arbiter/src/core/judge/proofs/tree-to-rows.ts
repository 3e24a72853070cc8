import { isArray, isObject, type Value } from '../../compare/value.ts';
import { NESTING_MAX, rawOf, type Side } from '../value/side.ts';
import { wordsOf } from '../value/text.ts';
import type { ProofRule } from './rule.ts';

const NODES_MAX = 500;
const PARENT = /(?:^|[_a-z])(?:parent|superior)(?:_?(?:id|key|no|code|name|ref|node))?$/i;

/** The parent of each node by its identifier; the root has ''. */
export type Parents = ReadonlyMap<string, string>;

export const treeToRows: ProofRule = {
  name: 'tree-to-rows',
  accepts:
    'A tree of nodes within each other as rows that name their parent: {"id":1,"children":[{"id":2}]} and [{"id":1,"parent":null},{"id":2,"parent":1}]; rows that are only numbered from 1 on for it, by their other member.',
  refuses:
    'A node that is missing, added or has another parent, nodes with further members, identifiers that come twice.',
  prove({ legacy, modern }) {
    const [ours, theirs] = [parentsOf(legacy), parentsOf(modern)];
    if (ours === undefined || theirs === undefined) return undefined;
    return sameParents(ours, theirs) ? 'Both are the same tree: each node has the same parent.' : undefined;
  },
};

/** What these lead to stands below; what others lead to may stand above, or be no part at all. */
const DOWNWARD =
  /\b(?:children|child(?: nodes)?|kids|items|nodes|elements|entries|parts|subs?|sub [a-z ]+|subordinates|subtree|branches|members|units|teams|departments|folders|categories|kinder|unter[a-z]+|components|positions|contains|contents?|includes|holds|inner|nested)\b/;

export function sameParents(ours: Parents, theirs: Parents): boolean {
  return ours.size === theirs.size && [...ours].every(([node, parent]) => theirs.get(node) === parent);
}

/** Undefined for what is neither a tree nor rows with parents. */
export function parentsOf(side: Side): Parents | undefined {
  return side.read(read);
}

function read({ fields, items }: Side): Parents | undefined {
  const parents = new Map<string, string>();
  if (fields !== undefined) return walk(fields, '', 0, parents) && parents.size > 1 ? parents : undefined;
  if (items === undefined || items.length < 2 || items.length > NODES_MAX) return undefined;
  const named = byName(items);
  if (named !== undefined) return named;
  for (const item of items) {
    if (!isObject(item) || item.size > 2) return undefined;
    const own = [...item].find(([key]) => !PARENT.test(key));
    const up = [...item].find(([key]) => PARENT.test(key));
    if (own === undefined || (item.size === 2 && up === undefined)) return undefined;
    const node = rawOf(own[1]);
    if (parents.has(node)) return undefined;
    parents.set(node, up === undefined || up[1] === null || up[1] === '' ? '' : rawOf(up[1]));
  }
  return [...parents.values()].some((up) => up !== '') ? parents : undefined;
}

/** Rows of three members, of which one only numbers them from 1 on so that parents can be told: the nodes by their other member. */
function byName(items: readonly Value[]): Parents | undefined {
  const names = new Map<string, string>();
  const ups: (readonly [string, string])[] = [];
  for (const [i, item] of items.entries()) {
    if (!isObject(item) || item.size !== 3) return undefined;
    const up = [...item].find(([key]) => PARENT.test(key));
    const own = [...item].filter(([key]) => key !== up?.[0]).map(([, value]) => rawOf(value));
    const [number, name] = own[0] === String(i + 1) ? own : own.toReversed();
    if (up === undefined || number !== String(i + 1) || name === undefined || /^[[{]/.test(name))
      return undefined;
    names.set(number, name);
    ups.push([name, up[1] === null ? '' : rawOf(up[1])]);
  }
  const parents = new Map(ups.map(([name, up]) => [name, up === '' ? '' : (names.get(up) ?? '?')] as const));
  return parents.size === items.length ? parents : undefined;
}

function walk(
  node: ReadonlyMap<string, Value>,
  parent: string,
  depth: number,
  parents: Map<string, string>,
): boolean {
  const own = [...node].find(([, value]) => value !== null && !isArray(value) && !isObject(value));
  const below = [...node].find(([key, value]) => isArray(value) && DOWNWARD.test(wordsOf(key)));
  if (own === undefined || node.size > (below === undefined ? 1 : 2) || depth > NESTING_MAX) return false;
  const name = rawOf(own[1]);
  if (parents.has(name) || parents.size > NODES_MAX) return false;
  parents.set(name, parent);
  const items = below === undefined || !isArray(below[1]) ? [] : below[1];
  return items.every((item) => isObject(item) && walk(item, name, depth + 1, parents));
}
