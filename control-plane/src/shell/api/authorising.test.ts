import { createHash } from 'node:crypto';
import { MigrationService } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { Code, ConnectError, createClient, createRouterTransport } from '@connectrpc/connect';
import { expect, test } from '@jest/globals';
import { Access, callerKey } from '../mission-control/access.ts';
import { authorising } from './authorising.ts';

const record = (name: string, role: 'viewer' | 'operator') => ({
  name,
  role,
  sha256: createHash('sha256').update(`${name}-token`).digest('hex'),
});
const tokens = [record('ada', 'operator'), record('bob', 'viewer')];

/** Who paused, as the handler's request and context say; undefined: it was not let in. */
function scene(known?: typeof tokens) {
  const access = new Access(known, new Uint8Array(32), () => 0);
  const seen: string[] = [];
  const transport = createRouterTransport(
    (router) =>
      router.service(MigrationService, {
        pauseMigration(request, { values }) {
          seen.push(request.actor, values.get(callerKey).name);
          return {};
        },
      }),
    { router: { interceptors: [authorising(access)] } },
  );
  const { pauseMigration } = createClient(MigrationService, transport);
  return async (actor: string, token?: string) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    await pauseMigration({ name: 'a', actor }, { headers });
    return seen;
  };
}

test('the journal names the one who had the token, whatever the request says', async () => {
  expect(await scene(tokens)('eve', 'ada-token')).toEqual(['ada', 'ada']);
});

test('without tokens the request’s word is taken, and local where it has none', async () => {
  expect(await scene()('eve')).toEqual(['eve', 'local']);
  expect(await scene()('')).toEqual(['local', 'local']);
});

test.each([
  ['bob-token', Code.PermissionDenied],
  [undefined, Code.Unauthenticated],
])('with %s the handler is not reached', async (token, code) => {
  const error = await scene(tokens)('', token).catch((cause: unknown) => cause);
  expect(ConnectError.from(error).code).toBe(code);
});
