import type { CelFunc } from '@bufbuild/cel';

/** Type of a value by the name that CEL has for it (`decimal`, `string`, `list` …); `dyn`: known only when it runs. */
export interface Shape {
  readonly type: string;
  /** Of an object whose fields are known. */
  readonly fields?: Readonly<Record<string, Shape>>;
}

/** Whether a function takes values of these types. */
export function fits(func: CelFunc, target: Shape | undefined, types: readonly Shape[]): boolean {
  if ((func.target === undefined) !== (target === undefined) || func.arguments.length !== types.length)
    return false;
  if (func.target && target && !takes(func.target.name, target.type)) return false;
  return func.arguments.every((parameter, i) => takes(parameter.name, types[i]?.type ?? 'dyn'));
}

function takes(parameter: string, type: string): boolean {
  return (
    parameter === 'dyn' || type === 'dyn' || parameter === type || (type === NUMBER && isNumber(parameter))
  );
}

/** One type for what may be any of these. */
export function common(types: readonly string[]): string {
  if (types.every((type) => type === types[0])) return types[0] ?? 'dyn';
  return types.every(isNumber) ? NUMBER : 'dyn';
}

/** Either of the two kinds of numbers, which one is known only when it runs. */
const NUMBER = 'number';

function isNumber(type: string): boolean {
  return type === 'int' || type === 'decimal' || type === NUMBER;
}

/** Types that a function takes. */
export function signature(func: CelFunc): string {
  return `${func.target ? `${func.target.name}.` : ''}(${func.arguments.map(({ name }) => name).join(', ')})`;
}

/** An operator as it is written. */
export function operatorText(name: string): string {
  return name.replaceAll('_', '').replace('@', '') || name;
}
