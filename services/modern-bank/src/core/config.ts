import { BUILDS, type Build } from './builds.ts';

export interface Config {
  readonly build: Build;
  readonly port: number;
  readonly databaseUrl: string;
  readonly jwtKey: string;
  /** Whoever shows it may read what customers read of themselves, and change nothing; undefined: there are no auditors. */
  readonly auditToken?: string | undefined;
}

const KEY_LENGTH_MIN = 32;

export const HELP = `modern-bank: the demo's bank as it should be

usage: node main.ts --build v1|v2

  v1  books compound interest wrongly for VIP customers, fails on loans longer than ten years
  v2  is right, and corrects what v1 has booked

environment
  PORT                         port to listen on at 127.0.0.1 (0: any free one)
  DATABASE_URL                 postgres:// URL of an empty database or of this bank's own
  BANK_JWT_KEY                 key that signs tokens, at least ${KEY_LENGTH_MIN} characters
  BANK_AUDIT_TOKEN             bearer token of the auditors, who read only, at least ${KEY_LENGTH_MIN} characters (optional)
  OTEL_EXPORTER_OTLP_ENDPOINT  where spans go (optional)
`;

/** Parses arguments and environment; returns every error at once. */
export function parseConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): { ok: true; config: Config } | { ok: false; errors: string[] } {
  const errors: string[] = [];
  const [flag, name, ...rest] = args;
  const build =
    flag === '--build' && rest.length === 0 && (name === 'v1' || name === 'v2') ? BUILDS[name] : undefined;
  if (build === undefined) errors.push(`arguments "${args.join(' ')}": expected --build v1 or --build v2`);
  const port = /^\d{1,5}$/.test(env.PORT ?? '') ? Number(env.PORT) : Number.NaN;
  if (!(port <= 65_535)) errors.push(`PORT "${env.PORT ?? ''}": expected a port from 0 to 65535`);
  const databaseUrl = env.DATABASE_URL ?? '';
  if (!/^postgres(ql)?:\/\//.test(databaseUrl))
    errors.push('DATABASE_URL: expected postgres://user:password@host:port/database');
  const jwtKey = env.BANK_JWT_KEY ?? '';
  if (jwtKey.length < KEY_LENGTH_MIN)
    errors.push(`BANK_JWT_KEY: expected at least ${KEY_LENGTH_MIN} characters`);
  const auditToken = env.BANK_AUDIT_TOKEN || undefined;
  if (auditToken !== undefined && auditToken.length < KEY_LENGTH_MIN)
    errors.push(`BANK_AUDIT_TOKEN: expected at least ${KEY_LENGTH_MIN} characters`);
  if (build === undefined || errors.length > 0) return { ok: false, errors };
  return { ok: true, config: { build, port, databaseUrl, jwtKey, auditToken } };
}
