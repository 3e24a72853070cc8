/** One thing wrong in a migration file. */
export type Problem = {
  /** 1-based; 0 when the problem is the file itself (too large, not readable). */
  readonly line: number;
  readonly column: number;
  /** Field path as protobuf writes it: `routes[0].match[1].path_exact`; empty for the whole file. */
  readonly path: string;
  /** What is wrong, a clause that follows the path. */
  readonly message: string;
  /** What would be accepted in its place; empty when the message says it. */
  readonly accepted: string;
};

/** All problems as text, in the order of the file; the shape editors and terminals recognise as `file:line:column: message`. */
export function renderProblems(file: string, problems: readonly Problem[]): string {
  const sorted = [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
  const lines = sorted.map((problem) => {
    const place = problem.line === 0 ? file : `${file}:${problem.line}:${problem.column}`;
    const subject = problem.path === '' ? '' : `${problem.path} `;
    const accepted = problem.accepted === '' ? '' : `\n    accepted: ${problem.accepted}`;
    return `${place}: ${subject}${problem.message}${accepted}`;
  });
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return `${lines.join('\n')}\n${count} in ${file}\n`;
}
