import { readFile } from 'node:fs/promises';
import { parseTokens, type TokenRecord } from '../../core/mission-control/access.ts';

/** The tokens of the file, or what is wrong with it. */
export async function readTokens(
  path: string,
): Promise<{ readonly tokens: readonly TokenRecord[] } | { readonly problems: readonly string[] }> {
  try {
    const parsed = parseTokens(await readFile(path, 'utf8'));
    return 'tokens' in parsed
      ? parsed
      : { problems: parsed.problems.map((problem) => `CHRONOS_API_TOKENS_FILE: ${path}: ${problem}`) };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { problems: [`CHRONOS_API_TOKENS_FILE cannot be read: ${words}`] };
  }
}
