import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { ProcessingRequestSchema } from '@chronos/envoy/api/envoy/service/ext_proc/v3/external_processor_pb.js';
import type { Half, HeaderField, Observation } from './observation.ts';

const utf8 = new TextEncoder();

export type Fields = readonly (readonly [name: string, value: string])[];

export const bytes = (text: string): Uint8Array => utf8.encode(text);

export const headers = (half: Half, fields: Fields, end = false): Observation => ({
  kind: 'headers',
  half,
  fields: headerFields(fields),
  end,
});
export const body = (half: Half, text: string, end = false): Observation => ({
  kind: 'body',
  half,
  data: bytes(text),
  end,
});
export const trailers = (half: Half, fields: Fields): Observation => ({
  kind: 'trailers',
  half,
  fields: headerFields(fields),
  end: true,
});

/** The message in which Envoy reports an observation. */
export function processingRequest(observation: Observation): Uint8Array {
  return toBinary(
    ProcessingRequestSchema,
    create(ProcessingRequestSchema, { request: requestOf(observation), observabilityMode: true }),
  );
}

/** A gRPC message's frame. */
export function frame(message: Uint8Array): Uint8Array {
  const framed = new Uint8Array(5 + message.length);
  new DataView(framed.buffer).setUint32(1, message.length);
  framed.set(message, 5);
  return framed;
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

function headerFields(fields: Fields): HeaderField[] {
  return fields.map(([name, value]) => ({ name, value: bytes(value) }));
}

type RequestInit = NonNullable<MessageInitShape<typeof ProcessingRequestSchema>['request']>;

function requestOf(observation: Observation): RequestInit {
  const of = <K extends 'Headers' | 'Body' | 'Trailers'>(kind: K) => `${observation.half}${kind}` as const;
  switch (observation.kind) {
    case 'headers':
      return {
        case: of('Headers'),
        value: { headers: headerMap(observation.fields), endOfStream: observation.end },
      };
    case 'body':
      return { case: of('Body'), value: { body: observation.data, endOfStream: observation.end } };
    case 'trailers':
      return { case: of('Trailers'), value: { trailers: headerMap(observation.fields) } };
  }
}

function headerMap(fields: readonly HeaderField[]) {
  return { headers: fields.map(({ name, value }) => ({ key: name, rawValue: value })) };
}
