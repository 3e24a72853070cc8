import { type DescFile, type DescService, toBinary } from '@bufbuild/protobuf';
import { nestedTypes } from '@bufbuild/protobuf/reflect';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';

/**
 * What server reflection needs to know about a set of protobuf files and all they import: which file declares a symbol, and each file's
 * serialized `FileDescriptorProto`, encoded once.
 */
export class DescriptorIndex {
  readonly #fileByName = new Map<string, DescFile>();
  readonly #fileBySymbol = new Map<string, DescFile>();
  /** Extended message → field number → file that declares the extension. */
  readonly #extensions = new Map<string, Map<number, DescFile>>();
  readonly #services = new Map<string, DescService>();
  readonly #encoded = new Map<DescFile, Uint8Array>();

  constructor(files: Iterable<DescFile>) {
    for (const file of files) this.#add(file);
  }

  /** Whether the index knows a service of this full name. */
  hasService(typeName: string): boolean {
    return this.#services.has(typeName);
  }

  /** File by its import path, `bank/v1/bank.proto`. */
  fileByName(name: string): DescFile | undefined {
    return this.#fileByName.get(name);
  }

  /** File that declares a message, field, oneof, enum, enum value, extension, service or method, by its full name. */
  fileBySymbol(symbol: string): DescFile | undefined {
    return this.#fileBySymbol.get(symbol);
  }

  /** File that declares the extension of a message with this field number. */
  fileByExtension(extendee: string, number: number): DescFile | undefined {
    return this.#extensions.get(extendee)?.get(number);
  }

  /** Numbers of all known extensions of a message, ascending; undefined if the message itself is unknown. */
  extensionNumbers(extendee: string): readonly number[] | undefined {
    const known = this.#extensions.get(extendee);
    if (known === undefined && !this.#fileBySymbol.has(extendee)) return undefined;
    return [...(known?.keys() ?? [])].sort((a, b) => a - b);
  }

  /** The file and all it imports, dependencies after what needs them, without those in `skip`. */
  closure(file: DescFile, skip: ReadonlySet<DescFile>): DescFile[] {
    const found = new Set<DescFile>();
    const queue = [file];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (found.has(next) || skip.has(next)) continue;
      found.add(next);
      queue.push(...next.dependencies);
    }
    return [...found];
  }

  /** The file's serialized `google.protobuf.FileDescriptorProto`. */
  encode(file: DescFile): Uint8Array {
    let bytes = this.#encoded.get(file);
    if (bytes === undefined) {
      bytes = toBinary(FileDescriptorProtoSchema, file.proto);
      this.#encoded.set(file, bytes);
    }
    return bytes;
  }

  #add(file: DescFile): void {
    if (this.#fileByName.has(file.proto.name)) return;
    this.#fileByName.set(file.proto.name, file);
    for (const dependency of file.dependencies) this.#add(dependency);
    for (const type of nestedTypes(file)) {
      this.#fileBySymbol.set(type.typeName, file);
      switch (type.kind) {
        case 'message':
          for (const member of [...type.fields, ...type.oneofs]) {
            this.#fileBySymbol.set(`${type.typeName}.${member.name}`, file);
          }
          break;
        case 'enum':
          for (const value of type.values)
            this.#fileBySymbol.set(enumValueName(type.typeName, value.name), file);
          break;
        case 'service':
          this.#services.set(type.typeName, type);
          for (const method of type.methods) this.#fileBySymbol.set(`${type.typeName}.${method.name}`, file);
          break;
        case 'extension':
          this.#addExtension(type.extendee.typeName, type.number, file);
          break;
      }
    }
  }

  #addExtension(extendee: string, number: number, file: DescFile): void {
    const known = this.#extensions.get(extendee) ?? new Map<number, DescFile>();
    known.set(number, file);
    this.#extensions.set(extendee, known);
  }
}

/** Enum values live in the scope around their enum (C++ scoping): `pkg.Color` has the value `pkg.RED`, not `pkg.Color.RED`. */
function enumValueName(enumTypeName: string, value: string): string {
  const scopeEnd = enumTypeName.lastIndexOf('.');
  return scopeEnd < 0 ? value : `${enumTypeName.slice(0, scopeEnd)}.${value}`;
}
