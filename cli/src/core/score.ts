import { type ConfidenceInterval, confidenceSequence } from '@chronos/confidence/e-process.ts';

export type Scored =
  | { readonly ok: true; readonly score: ConfidenceInterval }
  | { readonly ok: false; readonly problem: string };

const keys = ['compared', 'mismatched', 'alpha'] as const;
const lineCharactersMax = 10_000;

/** One line of `chronos score`: JSON in, the interval or what is wrong with the line out. */
export function scoreLine(line: string): Scored {
  const read = readLine(line);
  if (typeof read === 'string') return { ok: false, problem: read };
  const { compared, mismatched, alpha } = read;
  return { ok: true, score: confidenceSequence(compared, mismatched, alpha) };
}

type Counts = { readonly [key in (typeof keys)[number]]: number };

function readLine(line: string): Counts | string {
  if (line.length > lineCharactersMax) return `is longer than ${lineCharactersMax} characters`;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return `is no JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'is no JSON object; accepted: {"compared": 10000, "mismatched": 0, "alpha": 0.01}';
  const entries = new Map<string, unknown>(Object.entries(value));
  const problems: string[] = [];
  for (const name of entries.keys())
    if (!isKey(name)) problems.push(`${JSON.stringify(name)} is not a known key`);
  const numberOf = (
    key: (typeof keys)[number],
    accepted: string,
    isValid: (value: number) => boolean,
  ): number => {
    const given = entries.get(key);
    if (typeof given === 'number' && isValid(given)) return given;
    problems.push(
      `${key} is ${given === undefined ? 'missing' : JSON.stringify(given)}; accepted: ${accepted}`,
    );
    return Number.NaN;
  };
  const isCount = (number: number) => Number.isSafeInteger(number) && number >= 0;
  const compared = numberOf('compared', 'a whole number from 0 to 2^53 - 1', isCount);
  const mismatched = numberOf(
    'mismatched',
    'a whole number from 0 to compared',
    (number) => isCount(number) && !(number > compared),
  );
  const alpha = numberOf('alpha', 'a number above 0 and below 1', (number) => number > 0 && number < 1);
  return problems.length > 0 ? problems.join('; ') : { compared, mismatched, alpha };
}

function isKey(name: string): boolean {
  return keys.some((key) => key === name);
}
