import { describe, expect, test } from '@jest/globals';
import { BUILDS } from './builds.ts';
import { parseConfig } from './config.ts';

const env = {
  PORT: '8080',
  DATABASE_URL: 'postgres://u:p@127.0.0.1:5432/bank',
  BANK_JWT_KEY: 'k'.repeat(32),
};

describe('parseConfig', () => {
  test('takes a build and an environment', () => {
    expect(parseConfig(['--build', 'v2'], env)).toEqual({
      ok: true,
      config: {
        build: BUILDS.v2,
        port: 8080,
        databaseUrl: env.DATABASE_URL,
        jwtKey: env.BANK_JWT_KEY,
        auditToken: undefined,
      },
    });
  });

  test('reports everything that is wrong at once', () => {
    const parsed = parseConfig(['--build', 'v3'], {
      PORT: '99999',
      BANK_JWT_KEY: 'short',
      BANK_AUDIT_TOKEN: 'no',
    });
    expect(parsed).toEqual({
      ok: false,
      errors: [
        'arguments "--build v3": expected --build v1 or --build v2',
        'PORT "99999": expected a port from 0 to 65535',
        'DATABASE_URL: expected postgres://user:password@host:port/database',
        'BANK_JWT_KEY: expected at least 32 characters',
        'BANK_AUDIT_TOKEN: expected at least 32 characters',
      ],
    });
  });
});
