import { readFileSync } from 'node:fs';
import { parseMaskingKey } from '@chronos/capture/core/config.ts';
import type { TokenRecord } from '../core/mission-control/access.ts';
import { type Config, parseConfig } from './config.ts';
import { readTokens } from './mission-control/tokens-file.ts';

export interface Settings {
  readonly config: Config;
  /** Undefined: no tokens are asked for. */
  readonly tokens: readonly TokenRecord[] | undefined;
  /** Capture's; undefined: no request is replayed. */
  readonly maskingKey: string | undefined;
  /** Of the service accounts for replays, by the names that migration files give them. */
  readonly replaySecrets: ReadonlyMap<string, string>;
}

const replaySecretPrefix = 'CHRONOS_REPLAY_SECRET_';

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment and the files that it names, or every problem at once. */
export function readSettings(env: Environment): Settings | { readonly problems: readonly string[] } {
  const parsed = parseConfig(env);
  const read =
    'problems' in parsed || parsed.config.apiTokensFile === undefined
      ? { tokens: undefined }
      : readTokens(parsed.config.apiTokensFile);
  const masking = maskingKeyOf(env);
  const problems = [
    ...('problems' in parsed ? parsed.problems : []),
    ...('problems' in read ? read.problems : []),
    ...('error' in masking ? [masking.error] : []),
  ];
  if (problems.length > 0 || 'problems' in parsed || 'problems' in read || 'error' in masking)
    return { problems };
  return {
    config: parsed.config,
    tokens: read.tokens,
    maskingKey: masking.key,
    replaySecrets: replaySecretsOf(env),
  };
}

function replaySecretsOf(env: Environment): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(env).flatMap(([name, value]) =>
      value && name.startsWith(replaySecretPrefix) ? [[name.slice(replaySecretPrefix.length), value]] : [],
    ),
  );
}

function maskingKeyOf(env: Environment): { readonly key: string | undefined } | { readonly error: string } {
  if (!env.CHRONOS_MASKING_KEY && !env.CHRONOS_MASKING_KEY_FILE) return { key: undefined };
  return parseMaskingKey(env, (path) => readFileSync(path, 'utf8'));
}
