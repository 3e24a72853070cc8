import type { Message } from '@bufbuild/protobuf';

/** One resource of Envoy's, by its name. */
export interface NamedResource<M extends Message = Message> {
  readonly name: string;
  readonly typeUrl: string;
  readonly message: M;
}

export function resource<M extends Message>(name: string, message: M): NamedResource<M> {
  return { name, typeUrl: `type.googleapis.com/${message.$typeName}`, message };
}
