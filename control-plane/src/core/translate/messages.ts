import { create, type DescMessage, type MessageInitShape, type MessageShape } from '@bufbuild/protobuf';
import { type Any, anyPack } from '@bufbuild/protobuf/wkt';

/** The plain object from which a message is made; unlike MessageInitShape never the message itself, so that it can be spread. */
export type Init<Desc extends DescMessage> = Exclude<MessageInitShape<Desc>, MessageShape<Desc>>;

/** A message packed as google.protobuf.Any, the way Envoy's extension points take their configuration. */
export function packed<Desc extends DescMessage>(schema: Desc, init: MessageInitShape<Desc>): Any {
  return anyPack(schema, create(schema, init));
}

/** A named extension, as newer fields take it. */
export function extension<Desc extends DescMessage>(
  name: string,
  schema: Desc,
  init: MessageInitShape<Desc>,
): { name: string; typedConfig: Any } {
  return { name, typedConfig: packed(schema, init) };
}

/** A named extension, as filters, access logs and tracers take it: there the configuration is one of several kinds. */
export function plugin<Desc extends DescMessage>(
  name: string,
  schema: Desc,
  init: MessageInitShape<Desc>,
): { name: string; configType: { case: 'typedConfig'; value: Any } } {
  return { name, configType: { case: 'typedConfig', value: packed(schema, init) } };
}
