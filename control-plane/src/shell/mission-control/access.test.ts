import { createHash } from 'node:crypto';
import { Code, ConnectError } from '@connectrpc/connect';
import { describe, expect, test } from '@jest/globals';
import type { Role } from '../../core/mission-control/access.ts';
import { Access } from './access.ts';
import { sessionMs } from './session.ts';

const record = (name: string, role: Role, token: string) => ({
  name,
  role,
  sha256: createHash('sha256').update(token).digest('hex'),
});
const tokens = [record('ada', 'operator', 'ada-token'), record('bob', 'viewer', 'bob-token')];
const secret = Buffer.alloc(32, 1);
const kill = 'chronos.v1.MigrationService/KillMigration';
const list = 'chronos.v1.MigrationService/ListMigrations';

function scene(known = tokens, key = secret) {
  let nowMs = 1_000_000;
  return { access: new Access(known, key, () => nowMs), wait: (ms: number) => (nowMs += ms) };
}
const bearer = (token: string) => new Headers({ authorization: `Bearer ${token}` });
const withCookie = (cookie: string) => new Headers({ cookie: `theme=dark; ${cookie.split(';')[0]}` });
const codeOf = (call: () => unknown) => {
  try {
    call();
  } catch (error) {
    return error instanceof ConnectError ? error.code : error;
  }
  return undefined;
};

test.each<[string, string, Headers, Code | undefined]>([
  ['an operator kills', kill, bearer('ada-token'), undefined],
  ['an operator looks', list, bearer('ada-token'), undefined],
  ['a viewer looks', list, bearer('bob-token'), undefined],
  ['a viewer does not kill', kill, bearer('bob-token'), Code.PermissionDenied],
  ['a wrong token is nobody', list, bearer('eve-token'), Code.Unauthenticated],
  ['no token is nobody', list, new Headers(), Code.Unauthenticated],
  ['nobody may ask who it is', 'chronos.v1.MissionControlService/GetSession', new Headers(), undefined],
])('%s', (_, method, headers, code) => {
  expect(codeOf(() => scene().access.admit(method, headers))).toBe(code);
});

test('what is refused names the role that is needed', () => {
  expect(() => scene().access.admit(kill, bearer('bob-token'))).toThrow(
    'bob is a viewer; this needs the role operator',
  );
});

test('without tokens everybody is operator local', () => {
  const access = new Access(undefined, secret, () => 0);
  expect(access.admit(kill, new Headers())).toEqual({ name: 'local', role: 'operator' });
});

describe('a session', () => {
  const loggedIn = () => {
    const s = scene();
    return { ...s, ...s.access.logIn('bob-token', false) };
  };

  test('holds in place of the token, with its role, for its time', () => {
    const { access, cookie, wait } = loggedIn();
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict$/);
    expect(cookie).not.toContain('bob-token');
    expect(access.admit(list, withCookie(cookie))).toMatchObject({ name: 'bob' });
    expect(codeOf(() => access.admit(kill, withCookie(cookie)))).toBe(Code.PermissionDenied);
    wait(sessionMs);
    expect(codeOf(() => access.admit(list, withCookie(cookie)))).toBe(Code.Unauthenticated);
  });

  test('holds after a restart, and on another replica', () => {
    const { cookie } = loggedIn();
    expect(scene().access.admit(list, withCookie(cookie))).toMatchObject({ name: 'bob' });
  });

  test.each<[string, ReturnType<typeof scene>]>([
    ['its token is taken out of the file', scene(tokens.slice(0, 1))],
    ['its role changes', scene([record('bob', 'operator', 'bob-token')])],
    ['the secret is another', scene(tokens, Buffer.alloc(32, 2))],
  ])('ends when %s', (_, { access }) => {
    const { cookie } = loggedIn();
    expect(access.session(withCookie(cookie))).toBeUndefined();
  });

  test('cannot be made longer, nor be made another’s', () => {
    const { access, cookie, expiresAtMs } = loggedIn();
    const later = cookie.replace(String(expiresAtMs), String(expiresAtMs + 1));
    const ada = tokens[0]?.sha256.slice(0, 16) ?? '';
    const bob = tokens[1]?.sha256.slice(0, 16) ?? '';
    expect(access.session(withCookie(later))).toBeUndefined();
    expect(access.session(withCookie(cookie.replace(bob, ada)))).toBeUndefined();
  });

  test('is not given for a wrong token', () => {
    expect(codeOf(() => scene().access.logIn('eve-token', false))).toBe(Code.Unauthenticated);
  });
});
