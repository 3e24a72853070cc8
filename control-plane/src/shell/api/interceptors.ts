import type { DescMessage, Message, MessageShape } from '@bufbuild/protobuf';
import { createValidator, violationsToProto } from '@bufbuild/protovalidate';
import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import { toConnectError } from './errors.ts';

/** Checks a message against the rules in its .proto file. @throws ConnectError `invalid_argument` with every field path. */
export function validator(): (schema: DescMessage, message: Message) => void {
  const validator = createValidator();
  return (schema, message) => {
    const result = validator.validate(schema, message);
    if (result.kind === 'valid') return;
    if (result.kind === 'error') throw result.error;
    const words = result.violations.map((violation) => violation.toString()).join('; ');
    const [value, desc] = violationsToProto(result.violations);
    const details = [{ desc, value }];
    throw new ConnectError(words, Code.InvalidArgument, undefined, details, result.error);
  };
}

/** Checks each request message; what is wrong is answered with every field path. */
export function validating(): Interceptor {
  const check = validator();
  async function* checked<Desc extends DescMessage>(
    schema: Desc,
    messages: AsyncIterable<MessageShape<Desc>>,
  ) {
    for await (const message of messages) {
      check(schema, message);
      yield message;
    }
  }
  return (next) => (request) => {
    if (!request.stream) {
      check(request.method.input, request.message as Message);
      return next(request);
    }
    return next({
      ...request,
      message: checked(request.method.input, request.message as AsyncIterable<Message>),
    });
  };
}

/** Any error as callers may see it; the unexpected ones, and what was not there to be asked, are logged with what caused them. */
export function shownError(method: string, error: unknown, log: (line: string) => void): ConnectError {
  const shown = toConnectError(error);
  const cause = error instanceof Error ? error.cause : undefined;
  const unexpected = shown.code === Code.Internal || shown.code === Code.Unknown;
  if (unexpected || (shown.code === Code.Unavailable && cause !== undefined)) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log(`${method} failed: ${words}${cause === undefined ? '' : `; ${String(cause)}`}`);
  }
  return shown;
}

/** Turns every error into one that callers may see. */
export function errorBoundary(log: (line: string) => void): Interceptor {
  return (next) => async (request) => {
    const method = `${request.service.typeName}/${request.method.name}`;
    try {
      const response = await next(request);
      if (!response.stream) return response;
      return { ...response, message: guarded(response.message, (error) => shownError(method, error, log)) };
    } catch (error) {
      throw shownError(method, error, log);
    }
  };
}

async function* guarded<T>(
  messages: AsyncIterable<T>,
  convert: (error: unknown) => ConnectError,
): AsyncIterable<T> {
  try {
    yield* messages;
  } catch (error) {
    throw convert(error);
  }
}
