import {
  type DescriptorProto,
  type EnumDescriptorProto,
  type FieldDescriptorProto,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  type FileDescriptorProto,
} from '@bufbuild/protobuf/wkt';

/**
 * Writes a file descriptor as proto2/proto3 source that compiles to the same messages, fields, numbers and extensions. Options are left
 * out: they do not change the wire format. Needed because the published package of protovalidate holds its descriptor, not its source.
 */
export function printProto(file: FileDescriptorProto): string {
  const syntax = file.syntax === '' ? 'proto2' : file.syntax;
  const lines = [`syntax = "${syntax}";`, `package ${file.package};`];
  for (const dependency of file.dependency) lines.push(`import "${dependency}";`);
  const proto2 = syntax === 'proto2';
  for (const extension of file.extension) lines.push(...printExtension(extension, proto2));
  for (const type of file.enumType) lines.push(...printEnum(type));
  for (const message of file.messageType) lines.push(...printMessage(message, proto2));
  return `${lines.join('\n')}\n`;
}

function printMessage(message: DescriptorProto, proto2: boolean): string[] {
  const body: string[] = [];
  for (const type of message.enumType) body.push(...printEnum(type));
  for (const nested of message.nestedType) {
    if (!nested.options?.mapEntry) body.push(...printMessage(nested, proto2));
  }
  const fieldsOf = (index: number) =>
    message.field.filter((f) => !f.proto3Optional && inOneof(f) && f.oneofIndex === index);
  message.oneofDecl.forEach((oneof, index) => {
    const fields = fieldsOf(index);
    if (fields.length === 0) return;
    body.push(`oneof ${oneof.name} {`, ...fields.map((f) => `${fieldDeclaration(f, message)};`), '}');
  });
  for (const field of message.field) {
    if (inOneof(field) && !field.proto3Optional) continue;
    body.push(`${label(field, message, proto2)}${fieldDeclaration(field, message)};`);
  }
  for (const range of message.extensionRange) body.push(`extensions ${range.start} to ${range.end - 1};`);
  for (const extension of message.extension) body.push(...printExtension(extension, proto2));
  return [`message ${message.name} {`, ...body.map((line) => `  ${line}`), '}'];
}

function inOneof(field: FieldDescriptorProto): boolean {
  return Object.hasOwn(field, 'oneofIndex');
}

function mapEntry(field: FieldDescriptorProto, message: DescriptorProto): DescriptorProto | undefined {
  return message.nestedType.find(
    (n) => n.options?.mapEntry && field.typeName.endsWith(`.${message.name}.${n.name}`),
  );
}

function label(field: FieldDescriptorProto, message: DescriptorProto, proto2: boolean): string {
  if (mapEntry(field, message)) return '';
  if (field.label === FieldDescriptorProto_Label.REPEATED) return 'repeated ';
  if (field.label === FieldDescriptorProto_Label.REQUIRED) return 'required ';
  return proto2 || field.proto3Optional ? 'optional ' : '';
}

function fieldDeclaration(field: FieldDescriptorProto, message?: DescriptorProto): string {
  const entry = message && mapEntry(field, message);
  const type = entry ? `map<${typeName(entry.field[0])}, ${typeName(entry.field[1])}>` : typeName(field);
  return `${type} ${field.name} = ${field.number}`;
}

function typeName(field: FieldDescriptorProto | undefined): string {
  if (field === undefined) throw new Error('a map entry without key or value');
  return field.typeName === '' ? FieldDescriptorProto_Type[field.type].toLowerCase() : field.typeName;
}

function printEnum(type: EnumDescriptorProto): string[] {
  const alias = new Set(type.value.map((v) => v.number)).size < type.value.length;
  const values = type.value.map((v) => `  ${v.name} = ${v.number};`);
  return [`enum ${type.name} {`, ...(alias ? ['  option allow_alias = true;'] : []), ...values, '}'];
}

function printExtension(field: FieldDescriptorProto, proto2: boolean): string[] {
  const prefix =
    field.label === FieldDescriptorProto_Label.REPEATED
      ? 'repeated '
      : proto2 || field.proto3Optional
        ? 'optional '
        : '';
  return [`extend ${field.extendee} {`, `  ${prefix}${fieldDeclaration(field)};`, '}'];
}
