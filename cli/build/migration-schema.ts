/**
 * Writes docs/migration.schema.json from proto/chronos/v1/migration.proto: `node cli/build/migration-schema.ts`. A unit test fails while
 * the committed copy is not what this writes.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createFileRegistry, type DescField, type DescMessage, fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { MigrationSchema } from '@chronos/proto/chronos/v1/migration_pb.js';
import { migrationJsonSchema } from '../src/core/migration-file/json-schema.ts';

const root = resolve(import.meta.dirname, '../..');
export const schemaFile = resolve(root, 'docs/migration.schema.json');

/** The schema as text. The generated code holds no comments, so they are read from the .proto by buf. */
export function buildMigrationSchema(): string {
  const image = execFileSync(
    resolve(root, 'node_modules/.bin/buf'),
    ['build', '--path', 'proto/chronos/v1/migration.proto', '-o', '-#format=binpb'],
    { cwd: root, maxBuffer: 16 * 1024 * 1024 },
  );
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, image));
  // Field numbers of descriptor.proto: 4 = FileDescriptorProto.message_type, 2 = DescriptorProto.field.
  const commentOf = (message: DescMessage, field?: DescField): string => {
    const file = registry.getMessage(message.typeName)?.file;
    const at = file?.messages.findIndex((candidate) => candidate.typeName === message.typeName);
    const path = field === undefined ? `4.${at}` : `4.${at}.2.${message.fields.indexOf(field)}`;
    const location = file?.proto.sourceCodeInfo?.location.find(
      (candidate) => candidate.path.join('.') === path,
    );
    return (location?.leadingComments ?? '').replaceAll(/\s+/g, ' ').trim();
  };
  return execFileSync(
    resolve(root, 'node_modules/.bin/biome'),
    ['format', '--stdin-file-path=docs/migration.schema.json'],
    {
      cwd: root,
      input: JSON.stringify(migrationJsonSchema(MigrationSchema, commentOf)),
      encoding: 'utf8',
    },
  );
}

if (import.meta.main) writeFileSync(schemaFile, buildMigrationSchema());
