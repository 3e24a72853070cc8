import { isArray, isObject, type Value } from '../../compare/value.ts';
import { unescapeEntities } from '../value/text.ts';
import { canonicalXml } from '../value/xml.ts';

interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Element[];
  text: string;
}

const TOKEN = /<(\/?)([^\s<>/]+)((?:\s[^<>]*)?)>|([^<]+)/g;
const ATTRIBUTE = /([^\s=]+)="([^"]*)"/g;

/** An XML element as what it says, in the structure of the value beside it: attributes and elements are members, elements of one name a list. */
export function readXmlAs(text: string, other: Value): Value | undefined {
  if (!text.trimStart().startsWith('<')) return undefined;
  const source = canonicalXml(text);
  const root = source === undefined ? undefined : parsed(source);
  if (root === undefined) return undefined;
  const only = isObject(other) && other.size === 1 ? other.get(root.name) : undefined;
  const inner = toldBy(root, only ?? other);
  return inner === undefined || only === undefined ? inner : new Map([[root.name, inner]]);
}

function parsed(source: string): Element | undefined {
  const top: Element = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [top];
  for (const [, end, name = '', attributes = '', words] of source.matchAll(TOKEN)) {
    const here = open.at(-1);
    if (here === undefined) return undefined;
    if (words !== undefined) here.text += unescapeEntities(words) ?? words;
    else if (end === '/') open.pop();
    else {
      const pairs = [...attributes.matchAll(ATTRIBUTE)].filter(([, key = '']) => !key.startsWith('xmlns'));
      const element: Element = {
        name,
        attributes: new Map(pairs.map(([, key = '', value = '']) => [key, unescapeEntities(value) ?? value])),
        children: [],
        text: '',
      };
      here.children.push(element);
      open.push(element);
    }
  }
  return open.length === 1 && top.children.length === 1 ? top.children[0] : undefined;
}

/** Undefined where text stands beside elements: such a text is a document. */
function toldBy(element: Element, other: Value | undefined): Value | undefined {
  const { attributes, children, text } = element;
  if (children.length > 0 && text.trim() !== '') return undefined;
  if (other !== undefined && isArray(other)) {
    if (attributes.size > 0 || new Set(children.map(({ name }) => name)).size > 1) return undefined;
    return all(children.map((child, i) => toldBy(child, other[i] ?? other[0])));
  }
  if (children.length === 0 && attributes.size === 0) return text;
  const members = new Map<string, Value>(attributes);
  const beside = other !== undefined && isObject(other) ? other : undefined;
  if (children.length === 0 && text !== '') members.set(beside?.has('text') ? 'text' : 'value', text);
  for (const name of new Set(children.map((child) => child.name))) {
    const named = children.filter((child) => child.name === name);
    const theirs = beside?.get(name);
    const isOne = named.length === 1 && !(theirs !== undefined && isArray(theirs) && !isList(named[0]));
    const value = isOne
      ? toldBy(named[0] as Element, theirs)
      : all(
          named.map((child, i) =>
            toldBy(child, theirs !== undefined && isArray(theirs) ? theirs[i] : undefined),
          ),
        );
    if (value === undefined || members.has(name)) return undefined;
    members.set(name, value);
  }
  return members;
}

/** An element of nothing but elements is itself the list. */
function isList(element: Element | undefined): boolean {
  return (
    element !== undefined &&
    element.attributes.size === 0 &&
    element.text.trim() === '' &&
    element.children.length > 0
  );
}

function all(values: readonly (Value | undefined)[]): Value | undefined {
  const told = values.filter((value) => value !== undefined);
  return told.length === values.length ? told : undefined;
}
