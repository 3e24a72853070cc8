import { isAlias, isNode, type LineCounter } from 'yaml';
import type { Problem } from './problem.ts';

/** Collects problems and remembers where each field path stands, so that a rule broken later can still be shown at its line. */
export class Places {
  readonly problems: Problem[] = [];
  readonly #lines: LineCounter;
  readonly #offsets = new Map<string, number>();
  readonly #texts = new Map<string, string>();

  constructor(lines: LineCounter) {
    this.#lines = lines;
  }

  /** A field was seen at this node; `text` is the value as it is written. */
  remember(path: string, node: unknown, text: string): void {
    const offset = offsetOf(node);
    if (offset !== undefined) this.#offsets.set(path, offset);
    this.#texts.set(path, text);
  }

  /** The file has something at this path. */
  has(path: string): boolean {
    return this.#offsets.has(path);
  }

  /** The value at a path as it is written in the file; undefined for mappings and lists. */
  textAt(path: string): string | undefined {
    return this.#texts.get(path);
  }

  /** Records a problem at a node. */
  problemAt(node: unknown, path: string, message: string, accepted: string): void {
    this.#push(offsetOf(node) ?? this.#offsetOfPath(path), path, message, accepted);
  }

  /** Records a problem at a path, or at the nearest parent that the file has. */
  problemAtPath(path: string, message: string, accepted: string): void {
    this.#push(this.#offsetOfPath(path), path, message, accepted);
  }

  /** The path, or something around it, already has a problem: a second one would only repeat the first. */
  isReported(path: string): boolean {
    return this.problems.some(
      (problem) => problem.path === path || (problem.path !== '' && isInside(path, problem.path)),
    );
  }

  /** Something inside the value at the path has a problem. */
  hasProblemInside(path: string): boolean {
    return this.problems.some((problem) => path === '' || isInside(problem.path, path));
  }

  #offsetOfPath(path: string): number {
    for (let rest = path; rest !== ''; rest = parentOf(rest)) {
      const offset = this.#offsets.get(rest);
      if (offset !== undefined) return offset;
    }
    return this.#offsets.get('') ?? 0;
  }

  #push(offset: number, path: string, message: string, accepted: string): void {
    const { line, col } = this.#lines.linePos(offset);
    this.problems.push({ line: Math.max(1, line), column: Math.max(1, col), path, message, accepted });
  }
}

function offsetOf(node: unknown): number | undefined {
  if (!isNode(node) && !isAlias(node)) return undefined;
  return node.range?.[0];
}

function isInside(path: string, parent: string): boolean {
  return path.startsWith(parent) && (path[parent.length] === '.' || path[parent.length] === '[');
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.'), path.lastIndexOf('[')));
}
