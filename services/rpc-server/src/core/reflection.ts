import { create, type DescFile, type MessageInitShape } from '@bufbuild/protobuf';
import {
  type ServerReflectionRequest,
  type ServerReflectionResponse,
  ServerReflectionResponseSchema,
} from '@chronos/proto/grpc/reflection/v1/reflection_pb.js';
import { Code } from '@connectrpc/connect';
import type { DescriptorIndex } from './descriptor-index.ts';

type Answer = NonNullable<MessageInitShape<typeof ServerReflectionResponseSchema>['messageResponse']>;

/**
 * One reflection stream: answers each request from the index. A file already sent on this stream is not sent again (the protocol allows
 * that, and `grpcurl describe` asks for overlapping closures). Errors are answers, as the protocol wants it; the stream goes on.
 */
export class ReflectionSession {
  readonly #index: DescriptorIndex;
  readonly #services: readonly string[];
  readonly #sent = new Set<DescFile>();

  /** @param services full names of the services that the server really serves; what `list` answers. */
  constructor(index: DescriptorIndex, services: readonly string[]) {
    this.#index = index;
    this.#services = services;
  }

  answer(request: ServerReflectionRequest): ServerReflectionResponse {
    return create(ServerReflectionResponseSchema, {
      validHost: request.host,
      originalRequest: request,
      messageResponse: this.#answer(request.messageRequest),
    });
  }

  #answer(asked: ServerReflectionRequest['messageRequest']): Answer {
    switch (asked.case) {
      case 'listServices':
        return {
          case: 'listServicesResponse',
          value: { service: this.#services.map((name) => ({ name })) },
        };
      case 'fileByFilename':
        return this.#file(this.#index.fileByName(asked.value), `file "${asked.value}"`);
      case 'fileContainingSymbol':
        return this.#file(this.#index.fileBySymbol(asked.value), `symbol "${asked.value}"`);
      case 'fileContainingExtension': {
        const { containingType, extensionNumber } = asked.value;
        return this.#file(
          this.#index.fileByExtension(containingType, extensionNumber),
          `extension ${extensionNumber} of "${containingType}"`,
        );
      }
      case 'allExtensionNumbersOfType': {
        const numbers = this.#index.extensionNumbers(asked.value);
        if (numbers === undefined) return failure(Code.NotFound, `type "${asked.value}" is not known here`);
        return {
          case: 'allExtensionNumbersResponse',
          value: { baseTypeName: asked.value, extensionNumber: [...numbers] },
        };
      }
      case undefined:
        return failure(
          Code.InvalidArgument,
          'the request asks for nothing: set one field of message_request',
        );
    }
  }

  #file(file: DescFile | undefined, what: string): Answer {
    if (file === undefined) return failure(Code.NotFound, `${what} is not known here`);
    const files = this.#index.closure(file, this.#sent);
    // A repeated question is answered again with the file itself: clients expect at least that one.
    if (files.length === 0) files.push(file);
    for (const one of files) this.#sent.add(one);
    return {
      case: 'fileDescriptorResponse',
      value: { fileDescriptorProto: files.map((one) => this.#index.encode(one)) },
    };
  }
}

function failure(code: Code, message: string): Answer {
  return { case: 'errorResponse', value: { errorCode: code, errorMessage: message } };
}
