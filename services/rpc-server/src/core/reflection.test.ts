import { create, type DescFile, fromBinary, type MessageInitShape } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { file_chronos_v1_migration } from '@chronos/proto/chronos/v1/migration_pb.js';
import { ServerReflectionRequestSchema } from '@chronos/proto/grpc/reflection/v1/reflection_pb.js';
import { Code } from '@connectrpc/connect';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { DescriptorIndex } from './descriptor-index.ts';
import { ReflectionSession } from './reflection.ts';

type Asked = NonNullable<MessageInitShape<typeof ServerReflectionRequestSchema>['messageRequest']>;

const index = new DescriptorIndex([file_chronos_v1_migration]);
let session: ReflectionSession;

function ask(messageRequest: Asked) {
  const request = create(ServerReflectionRequestSchema, { host: 'here', messageRequest });
  const answer = session.answer(request);
  expect(answer.originalRequest).toBe(request);
  return answer.messageResponse;
}

function fileNames(messageRequest: Asked): string[] {
  const answer = ask(messageRequest);
  if (answer.case !== 'fileDescriptorResponse') throw new Error(`answered ${answer.case}`);
  return answer.value.fileDescriptorProto.map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes).name);
}

/** Names of a file and of all it imports, however far. */
function withImports(file: DescFile, names = new Set<string>()): Set<string> {
  names.add(`${file.name}.proto`);
  for (const other of file.dependencies) withImports(other, names);
  return names;
}

beforeEach(() => {
  session = new ReflectionSession(index, ['a.B', 'c.D']);
});

describe('reflection', () => {
  test('lists the services that are served', () => {
    expect(ask({ case: 'listServices', value: '' })).toMatchObject({
      case: 'listServicesResponse',
      value: { service: [{ name: 'a.B' }, { name: 'c.D' }] },
    });
  });

  test('sends a file with all it imports, then only what this stream has not had', () => {
    const first = fileNames({ case: 'fileByFilename', value: 'chronos/v1/migration.proto' });
    expect(first[0]).toBe('chronos/v1/migration.proto');
    expect(new Set(first)).toEqual(withImports(file_chronos_v1_migration));
    expect(first).toHaveLength(new Set(first).size);
    expect(fileNames({ case: 'fileContainingSymbol', value: 'chronos.v1.Policy' })).toEqual([
      'chronos/v1/migration.proto',
    ]);
  });

  test.each([
    ['message', 'chronos.v1.Migration', 'chronos/v1/migration.proto'],
    ['field', 'chronos.v1.Migration.name', 'chronos/v1/migration.proto'],
    ['oneof', 'chronos.v1.Customer.source', 'chronos/v1/migration.proto'],
    ['enum', 'chronos.v1.Protocol', 'chronos/v1/migration.proto'],
    ['enum value, in the scope around the enum', 'chronos.v1.PROTOCOL_HTTP1', 'chronos/v1/migration.proto'],
    [
      'nested type of an import',
      'google.protobuf.FieldDescriptorProto.Type',
      'google/protobuf/descriptor.proto',
    ],
    ['extension', 'buf.validate.field', 'buf/validate/validate.proto'],
  ])('finds the file of a %s', (_kind, symbol, file) => {
    expect(fileNames({ case: 'fileContainingSymbol', value: symbol })[0]).toBe(file);
  });

  test('finds extensions by number and lists their numbers', () => {
    const fieldOptions = 'google.protobuf.FieldOptions';
    const numbers = ask({ case: 'allExtensionNumbersOfType', value: fieldOptions });
    expect(numbers).toMatchObject({
      case: 'allExtensionNumbersResponse',
      value: { extensionNumber: [1159, 1160] },
    });
    const byNumber: Asked = {
      case: 'fileContainingExtension',
      value: { containingType: fieldOptions, extensionNumber: 1159 },
    };
    expect(fileNames(byNumber)[0]).toBe('buf/validate/validate.proto');
    expect(ask({ case: 'allExtensionNumbersOfType', value: 'chronos.v1.Policy' })).toMatchObject({
      value: { extensionNumber: [] },
    });
  });

  test.each<Asked>([
    { case: 'fileByFilename', value: 'no.proto' },
    { case: 'fileContainingSymbol', value: 'chronos.v1.Protocol.PROTOCOL_HTTP1' },
    { case: 'allExtensionNumbersOfType', value: 'no.Type' },
    { case: 'fileContainingExtension', value: { containingType: 'chronos.v1.Policy', extensionNumber: 1 } },
  ])('what is not known is an error answer: %j', (asked) => {
    expect(ask(asked)).toMatchObject({ case: 'errorResponse', value: { errorCode: Code.NotFound } });
  });

  test('an empty question is an error answer', () => {
    expect(session.answer(create(ServerReflectionRequestSchema)).messageResponse).toMatchObject({
      case: 'errorResponse',
      value: { errorCode: Code.InvalidArgument },
    });
  });
});
