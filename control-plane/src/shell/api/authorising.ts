import { type DescMessage, type Message, ScalarType } from '@bufbuild/protobuf';
import { reflect } from '@bufbuild/protobuf/reflect';
import type { Interceptor } from '@connectrpc/connect';
import type { Caller } from '../../core/mission-control/access.ts';
import { type Access, callerKey } from '../mission-control/access.ts';

/**
 * Lets in who may call, and says who it is: in the context, and in the request's `actor`, so that the journal names the one who had the
 * token, whatever the request says. Where no tokens are asked for, the request's word is taken.
 */
export function authorising(access: Access): Interceptor {
  return (next) => async (request) => {
    const caller = access.admit(`${request.service.typeName}/${request.method.name}`, request.header);
    if (caller !== undefined) {
      request.contextValues.set(callerKey, caller);
      if (!request.stream) setActor(request.method.input, request.message, caller, access.tokensRequired);
    }
    return next(request);
  };
}

function setActor(schema: DescMessage, message: Message, caller: Caller, always: boolean): void {
  const field = schema.field.actor;
  if (field?.fieldKind !== 'scalar' || field.scalar !== ScalarType.STRING) return;
  const reflected = reflect(schema, message);
  if (always || reflected.get(field) === '') reflected.set(field, caller.name);
}
