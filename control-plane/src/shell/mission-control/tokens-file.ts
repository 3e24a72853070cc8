import { readFileSync } from 'node:fs';
import { parseTokens, type TokenRecord } from '../../core/mission-control/access.ts';

/** The tokens of the file, or what is wrong with it. */
export function readTokens(
  path: string,
): { readonly tokens: readonly TokenRecord[] } | { readonly problems: readonly string[] } {
  try {
    const parsed = parseTokens(readFileSync(path, 'utf8'));
    return 'tokens' in parsed
      ? parsed
      : { problems: parsed.problems.map((problem) => `CHRONOS_API_TOKENS_FILE: ${path}: ${problem}`) };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { problems: [`CHRONOS_API_TOKENS_FILE cannot be read: ${words}`] };
  }
}
