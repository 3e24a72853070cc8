import { createFileRegistry, type DescMethod, fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';

/** Methods by the path of their calls: `/bank.v1.BankService/Transfer`. */
export type Methods = ReadonlyMap<string, DescMethod>;

export interface DescriptorsResult {
  readonly methods: Methods;
  /** Sets that cannot be read; their methods are compared byte by byte. */
  readonly problems: readonly string[];
}

export function readDescriptors(sets: readonly Uint8Array[]): DescriptorsResult {
  const methods = new Map<string, DescMethod>();
  const problems: string[] = [];
  for (const [i, bytes] of sets.entries()) {
    try {
      const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, bytes));
      for (const type of registry) {
        if (type.kind !== 'service') continue;
        for (const method of type.methods) methods.set(`/${type.typeName}/${method.name}`, method);
      }
    } catch (error) {
      problems.push(`descriptor set ${i + 1}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { methods, problems };
}
