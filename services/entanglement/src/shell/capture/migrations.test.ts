import { create } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import {
  MigrationService,
  type MigrationState,
  MigrationStateSchema,
  Stage,
} from '@chronos/proto/chronos/v1/migration_service_pb.js';
import { createClient, createRouterTransport } from '@connectrpc/connect';
import { expect, test } from '@jest/globals';
import { FollowedMigration } from './migrations.ts';

const client = createClient(
  MigrationService,
  createRouterTransport(() => {}),
);

/** A migration after these looks at it, one a second: how often people have given their word. */
function wordsAfter(...looks: readonly Partial<MigrationState>[]): number {
  const states = looks.map((look, n) =>
    create(MigrationStateSchema, { observedAt: timestampFromMs(n * 1_000), ...look } as MigrationState),
  );
  const [first, ...later] = states;
  if (first === undefined) throw new Error('no look');
  const followed = new FollowedMigration(client, first);
  for (const state of later) followed.take(state);
  return followed.resumed;
}

const group = (stage: Stage, paused = false) => ({ groups: [{ stage, paused }] }) as Partial<MigrationState>;
const starting = (atMs: number) => ({ ...group(Stage.DRAFT), startingSince: timestampFromMs(atMs) });

test.each<[string, readonly Partial<MigrationState>[], number]>([
  ['nothing', [group(Stage.DRAFT), group(Stage.DRAFT)], 0],
  ['a start of a draft, which waits', [group(Stage.DRAFT), starting(5), starting(5), group(Stage.SHADOW)], 1],
  [
    'another start after it was refused',
    [group(Stage.DRAFT), starting(5), group(Stage.DRAFT), starting(9)],
    2,
  ],
  ['one right after the other', [starting(5), starting(9)], 1],
  ['a resume', [group(Stage.SHADOW, true), group(Stage.SHADOW)], 1],
  ['a resume of what was killed', [group(Stage.KILLED, true), group(Stage.KILLED)], 1],
  ['a kill of what is paused', [group(Stage.SHADOW, true), group(Stage.KILLED, true)], 0],
  ['another file', [{ revision: 1n }, { revision: 2n }], 1],
])('whether a capture that waits for people goes on: %s', (_what, looks, words) => {
  expect(wordsAfter(...looks)).toBe(words);
});
