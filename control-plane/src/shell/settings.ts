import type { TokenRecord } from '../core/mission-control/access.ts';
import { type Config, parseConfig } from './config.ts';
import { readTokens } from './mission-control/tokens-file.ts';

export interface Settings {
  readonly config: Config;
  /** Undefined: no tokens are asked for. */
  readonly tokens: readonly TokenRecord[] | undefined;
}

/** The environment and the files that it names, or every problem at once. */
export async function readSettings(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Settings | { readonly problems: readonly string[] }> {
  const parsed = parseConfig(env);
  if ('problems' in parsed) return parsed;
  const { config } = parsed;
  if (config.apiTokensFile === undefined) return { config, tokens: undefined };
  const read = await readTokens(config.apiTokensFile);
  return 'problems' in read ? read : { config, tokens: read.tokens };
}
