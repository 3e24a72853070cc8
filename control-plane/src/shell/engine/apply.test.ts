import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { Format, MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { expect, test } from '@jest/globals';
import { rulesVersionOf } from './apply.ts';

type Spec = Exclude<MessageInitShape<typeof MigrationSchema>, { $typeName: string }>;

const versionOf = (more: Spec) => rulesVersionOf(create(MigrationSchema, { name: 'm', ...more }), []);

test.each<[string, Spec, Spec]>([
  [
    'what an approved correction expects',
    { approved: [{ name: 'fee', path: 'body.fee', expect: 'legacy / 3' }] },
    { approved: [{ name: 'fee', path: 'body.fee', expect: 'legacy / 2' }] },
  ],
  [
    'a mapping across formats',
    { formats: [{ legacy: { format: Format.XML }, map: [{ legacy: 'body.a', modern: 'body.b' }] }] },
    { formats: [{ legacy: { format: Format.XML }, map: [{ legacy: 'body.a', modern: 'body.c' }] }] },
  ],
])('%s is part of the rules: another one begins evidence anew', (_what, before, after) => {
  expect(versionOf(before)).not.toBe(versionOf({}));
  expect(versionOf(before)).not.toBe(versionOf(after));
  expect(versionOf(before)).toBe(versionOf(before));
});

test('what is accepted of overlapping ids decides no verdict', () => {
  const kind = (overlapAccepted: string): Spec => ({
    identifiers: { bijections: [{ name: 'orders', made: [{ at: 'body.id' }], overlapAccepted }] },
  });
  expect(versionOf(kind('why'))).toBe(versionOf(kind('')));
  expect(versionOf(kind(''))).not.toBe(versionOf({}));
});
