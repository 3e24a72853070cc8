export interface Config {
  readonly port: number;
  readonly databaseUrl: string;
  readonly jwtKey: string;
  /** Whoever shows it may read everybody's books, and change none; undefined: there are no auditors. */
  readonly auditToken?: string | undefined;
}

export const HELP = `legacy-bank: the demo's bank as it has always been

usage: node main.ts

environment
  PORT                         port to listen on at 127.0.0.1 (0: any free one)
  DATABASE_URL                 postgres:// URL of an empty database or of this bank's own
  BANK_JWT_KEY                 key that signs tokens, at least 32 characters
  BANK_AUDIT_TOKEN             bearer token of the auditors, who read only, at least 32 characters (optional)
  OTEL_EXPORTER_OTLP_ENDPOINT  where spans go (optional)
`;

/** Parses arguments and environment; returns every error at once. */
export function parseConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): { ok: true; config: Config } | { ok: false; errors: string[] } {
  const errors: string[] = [];
  if (args.length > 0) errors.push(`arguments "${args.join(' ')}": expected none`);
  const { PORT = '', DATABASE_URL: databaseUrl = '', BANK_JWT_KEY: jwtKey = '', BANK_AUDIT_TOKEN } = env;
  const auditToken = BANK_AUDIT_TOKEN || undefined;
  if (!/^\d{1,5}$/.test(PORT) || Number(PORT) > 65_535)
    errors.push(`PORT "${PORT}": expected a port from 0 to 65535`);
  if (!/^postgres(ql)?:\/\//.test(databaseUrl))
    errors.push('DATABASE_URL: expected postgres://user:password@host:port/database');
  if (jwtKey.length < 32) errors.push('BANK_JWT_KEY: expected at least 32 characters');
  if (auditToken !== undefined && auditToken.length < 32)
    errors.push('BANK_AUDIT_TOKEN: expected at least 32 characters');
  return errors.length > 0
    ? { ok: false, errors }
    : { ok: true, config: { port: Number(PORT), databaseUrl, jwtKey, auditToken } };
}
